-- What a thread remembers, as a hash: its 'owner', who asked first; its 'space' with the current 'conversation' there,
-- 'beside:<space>' with that in another one, which a question of it named, 'research:<space>' with that in agent mode, as
-- Genie goes on in no conversation in another mode, and
-- whose rights that is 'asked_as' (nobody's where the bot asks for everybody); the 'chart' that people want in it,
-- the channel in which it was 'asked_in' and the 'asked_thread' there if it is private, and for each of its questions
-- 'question:<id>' (with the one that it was edited from), 'asker:<team>.<user>' and 'conversation:<id>', with
-- 'rights:<id>' where that is a person's. 'reused' is its question with the answer of another one: it has no conversation
-- until somebody goes on from that.
-- 'private:<team>.<user>' is the thread in direct messages to which that person's questions go, and
-- 'opener:<team>.<user>' the question that opens it; 'watch:<id>' are the watches that were set in it.
-- It has 'research' if it began with that: then replies are research, too.
-- 'begun_at' is when its first question was written. A new beginning raises its 'epoch', so that a question on its way
-- does not bring the old conversation back.

local function begin_anew(thread)
    redis.call('HINCRBY', thread, 'epoch', 1)
    redis.call('HDEL', thread, 'conversation', 'reused')
    for _, field in ipairs(redis.call('HKEYS', thread)) do
        if string.sub(field, 1, 7) == 'beside:' or string.sub(field, 1, 9) == 'research:' then
            redis.call('HDEL', thread, field)
        end
    end
    redis.call('PEXPIRE', thread, THREAD_LIFETIME)
end

-- Let a thread go on in a space; its conversation in another one, which it had before, ends.
local function take_space(thread, space)
    local before = redis.call('HGET', thread, 'space')
    if before and before ~= space then
        begin_anew(thread)
    end
    redis.call('HSET', thread, 'space', space)
    redis.call('PEXPIRE', thread, THREAD_LIFETIME)
end

-- Where a thread keeps its conversation in a space.
local function conversation_field(thread, space, research)
    if research then
        return 'research:' .. space
    end
    local own = redis.call('HGET', thread, 'space')
    return own and own ~= space and 'beside:' .. space or 'conversation'
end

-- Add a question, or the words that one was edited into, to a thread, which becomes its asker's `latest` one: without that
-- key it does not, as a schedule has asked.
local function add_question(thread, latest, id, asker, ts, edited_from, research)
    local is_opened = redis.call('HSETNX', thread, 'opened_at', now_ms()) == 1
    if (redis.call('HDEL', thread, 'forgotten') == 1 or is_opened) and research then
        redis.call('HSET', thread, 'research', 1)
    end
    redis.call('HSET', thread, 'question:' .. id, edited_from or '', 'asker:' .. asker, '')
    redis.call('PEXPIRE', thread, THREAD_LIFETIME)
    if latest then
        redis.call('SET', latest, ts, 'PX', THREAD_LIFETIME)
    end
end

-- What was first asked of Genie in a thread says whose it is.
local function note_owner(thread, asker)
    redis.call('HSETNX', thread, 'owner', asker)
end

-- Let a thread go on in a conversation of a space, with the rights of whom it was asked.
local function go_on_in(thread, conversation, space, asked_as, research)
    local field = conversation_field(thread, space, research)
    redis.call('HSET', thread, field, conversation)
    if field == 'conversation' then
        redis.call('HSET', thread, 'space', space, 'asked_as', asked_as)
    end
end

-- Keep a conversation of the thread, to be deleted with it.
local function note_conversation(thread, conversation, space, asked_as)
    redis.call('HSET', thread, 'conversation:' .. conversation, space)
    if asked_as ~= '' then
        redis.call('HSET', thread, 'rights:' .. conversation, asked_as)
    end
end

-- Whether a question that is asked with a person's rights stands in a thread that belongs to those of another one.
local function is_apart(thread, asked_as)
    return asked_as ~= '' and redis.call('HGET', thread, 'owner') ~= asked_as
end

-- Keep a question among those that its asker asked last in a channel.
local function note_asked(asked, id)
    redis.call('LREM', asked, 0, id)
    redis.call('LPUSH', asked, id)
    redis.call('LTRIM', asked, 0, 49)
    redis.call('PEXPIRE', asked, ASKED_LIFETIME)
end

-- Keep a question among those that its asker asked last anywhere; a call for help or thanks is none.
local function note_recent(recent, id, question)
    if cjson.decode(question).notice then
        return
    end
    redis.call('LREM', recent, 0, id)
    redis.call('LPUSH', recent, id)
    redis.call('LTRIM', recent, 0, 19)
    redis.call('PEXPIRE', recent, QUESTION_LIFETIME)
end

-- One that was edited counts once.
local function count_questions(thread)
    local stored, questions = redis.call('HGETALL', thread), 0
    for i = 1, #stored, 2 do
        questions = questions + (string.sub(stored[i], 1, 9) == 'question:' and stored[i + 1] == '' and 1 or 0)
    end
    return questions
end
