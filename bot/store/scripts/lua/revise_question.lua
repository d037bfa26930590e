-- lib: clock, schedule, thread, bucket, waiting, withdraw
-- The message of a question was edited: its new words are a question that takes the place of the old one.
local revision, edited_before, said_else =
    unpack(redis.call('HMGET', origin_key, 'revision', 'edited_at', 'said_else'))
local old_id = revision or origin_id
local old_key = question_prefix .. old_id
local old, asked, response, ts, withdrawn, into, fresh, state =
    unpack(redis.call('HMGET', old_key, 'question', 'message', 'response', 'ts', 'withdrawn', 'into', 'fresh', 'state'))
if redis.call('EXISTS', origin_key) == 0 then
    return Revised.UNKNOWN
end
-- Slack sends events again, and not always in order.
if edited_at < tonumber(edited_before or 0) then
    return Revised.UNCHANGED
end
if not old then
    if state ~= State.WITHDRAWN or edited_at == tonumber(edited_before or 0) then
        return Revised.UNCHANGED -- it is forgotten
    end
    -- All that is known is an edit by which it was no question any more.
    redis.call('DEL', origin_key)
    return Revised.UNKNOWN
end
redis.call('HSET', origin_key, 'edited_at', edited_at)

-- A text with a blank for each mention and what sets it off. What stands before a mention is taken off the end of its own
-- part: a pattern that begins with blanks takes, in a long run of them, a time that grows with the square.
local function without(text, mention)
    local parts, from = {}, 1
    for begins, after in string.gmatch(text, '()' .. mention .. '[%s,:]*()') do
        table.insert(parts, string.match(string.sub(text, from, begins - 1), '^.*[^%s,:]') or '')
        from = after
    end
    table.insert(parts, string.sub(text, from))
    return table.concat(parts, ' ')
end

-- What Genie gets of a question, nearly: without the mention of the bot.
local function sent(stored)
    local text = without(cjson.decode(stored).text, '<@' .. bot_user .. '>')
    text = without(text, '<@' .. bot_user .. '|[^<>]*>')
    return string.match(string.gsub(text, '%s+', ' '), '^ ?(.-) ?$')
end

withdrawn = withdrawn or state == State.WITHDRAWN
local was, is = cjson.decode(old), cjson.decode(question)
local asks_the_same = was.space == is.space and (was.research or false) == (is.research or false)
if sent(old) == sent(question) and asks_the_same and not (withdrawn and said_else) then
    return Revised.UNCHANGED
end
local waited = withdraw(question_prefix, due_key, old_id) ~= Withdrawn.ENDED
if not waited and not withdrawn and (state ~= State.DELIVERED or asked or response) then
    if is.notice then
        return Revised.ANSWERED
    end
    local since = edited_at - tonumber(redis.call('HGET', origin_key, 'offered_at') or 0)
    if since ~= 0 and since < OFFER_LIFETIME * 1000 then
        return Revised.OFFERED
    end
    redis.call('HSET', origin_key, 'offered_at', edited_at)
    return Revised.ANSWERED
end
local now = now_ms()
local function free()
    return bucket_free(grants_key, closed_key, capacity, window_ms, now)
end
if not waited and is_full(by_person_key, most_by_person, question_prefix, free, true) then
    return Revised.TOO_MANY_BY_PERSON
elseif not waited and is_full(in_channel_key, most_in_channel, question_prefix, free, false) then
    return Revised.TOO_MANY_IN_CHANNEL
end
redis.call('HSET', question_key, 'question', question, 'state', State.RECEIVED, 'received_at', now,
    'written_at', written_at)
redis.call('PEXPIRE', question_key, QUESTION_LIFETIME)
redis.call('HSET', origin_key, 'revision', question_id)
redis.call('HDEL', origin_key, 'said_else')
local is_only = count_questions(thread_key) <= 1
add_question(thread_key, latest_key, question_id, asker, thread, origin_id)
if origin_id == is.place.team .. '.' .. is.place.channel .. '.' .. thread then -- its thread begins with these words now
    redis.call('HDEL', thread_key, 'research')
    if is.research then
        redis.call('HSET', thread_key, 'research', 1)
    end
end
if for_genie then
    note_owner(thread_key, asker)
end
note_asked(asked_key, question_id)
note_recent(recent_key, question_id, question)
add_waiting(by_person_key, question_id) -- in place of the old words, which do not count any more
add_waiting(in_channel_key, question_id)
local follows = redis.call('LINSERT', thread_line_key, 'AFTER', old_id, question_id) > 0
if not follows then
    redis.call('RPUSH', thread_line_key, question_id)
end
redis.call('PEXPIRE', thread_line_key, QUESTION_LIFETIME)
if waited then -- its turn comes with what the old words pass on
    redis.call('HSET', question_key, 'awaits', 1)
    return Revised.REVISED
end
if withdrawn and opened_for_nothing(asked or response, into, fresh) and (follows or is_only) then
    redis.call('HSET', question_key, 'fresh', 1)
elseif ts and not withdrawn then -- Genie was not asked: the words that explain why are replaced
    redis.call('HSET', question_key, 'ts', ts)
end
schedule(due_key, now, question_id)
return Revised.REVISED
