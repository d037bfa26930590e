-- lib: clock, schedule, lease, line, thread, thread_line
-- A question leaves the channel in which it was asked for the direct messages of its asker, before anything of it is
-- shown. The first one of a person in a thread opens a thread there, and later ones join that. So does one that was asked by
-- a click, and is in direct messages already.
-- Returns {0, ''} as long as an earlier one is still to move or to open it, else {1, the thread that is joined or ''}.
local now_owned_by, withdrawn = unpack(redis.call('HMGET', question_key, 'owner', 'withdrawn'))
if now_owned_by ~= owner then
    return LEASE_LOST
elseif withdrawn then
    return NOT_WANTED
end

local function is_behind_own()
    local has_own = false
    for _, id in ipairs(redis.call('LRANGE', asked_line_key, 0, -1)) do
        if id == question_id then
            return has_own
        end
        local stored = redis.call('HGET', question_prefix .. id, 'question')
        local earlier = stored and cjson.decode(stored)
        has_own = has_own or (earlier and earlier.place.team .. '.' .. earlier.asker == asker)
    end
    return false -- it does not stand there, as it was asked by a click
end

local function is_opening(id)
    local thread, gone, state = unpack(redis.call('HMGET', question_prefix .. id, 'thread', 'withdrawn', 'state'))
    return state == State.RECEIVED and not thread and not gone
end

local joined = false
if asked_thread ~= '' then
    local opener
    opener, joined = unpack(redis.call('HMGET', asked_thread_key, 'opener:' .. asker, 'private:' .. asker))
    -- Without the field its first message is gone, or all of it was forgotten.
    joined = joined and redis.call('HEXISTS', private_thread_prefix .. joined, 'asked_in') == 1 and joined
    local is_opened = joined or not opener or opener == question_id or not is_opening(opener)
    if is_behind_own() or not is_opened then
        return {0, ''}
    elseif not joined then
        redis.call('HSET', asked_thread_key, 'opener:' .. asker, question_id)
        redis.call('PEXPIRE', asked_thread_key, THREAD_LIFETIME)
    end
    redis.call('HDEL', asked_thread_key, 'question:' .. question_id)
    leave_thread_line(asked_line_key, due_key, question_id)
end
redis.call('HSET', question_key, 'question', question)
redis.call('HDEL', question_key, 'thread') -- that of the channel, which a slash command may have opened
if joined then
    redis.call('HSET', question_key, 'thread', joined, 'joined', 1)
    local thread_key = private_thread_prefix .. joined
    add_question(thread_key, latest_key, question_id, asker, joined, edited_from)
    redis.call('SET', latest_there_key, channel .. ' ' .. joined, 'PX', THREAD_LIFETIME)
    local first_of_thread = stand_in_thread(thread_key .. ':line', due_key, line_key, own_key, question_prefix,
        question_id, written_at, settle_ms, redis.call('HEXISTS', question_key, 'scheduled') == 1)
    if not first_of_thread then
        line_leave(line_key, own_key, question_id)
    end
end
note_asked(asked_key, question_id)
if not is_there then -- else an earlier attempt at the next part may have posted its first message
    begin_step(question_key) -- still leased, now for the next part
end
return {1, joined or ''}
