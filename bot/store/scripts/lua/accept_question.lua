-- lib: clock, schedule, line, thread, bucket, waiting
-- Store a question once and let it stand in the line of its thread. With `again` one that was withdrawn is another one.

-- Stand in the thread's order of asking; true if first. Events may overtake each other on their way, so
-- a question that was written later and has not left for Genie yet lets the earlier one pass.
local function stand_in_thread()
    local order = redis.call('LRANGE', thread_line_key, 0, -1)
    local place = #order
    while place > 0 do
        local state, other = unpack(redis.call('HMGET', question_prefix .. order[place], 'state', 'written_at'))
        if (state ~= State.RECEIVED and state ~= State.ANNOUNCED) or tonumber(other or 0) <= written_at then
            break
        end
        place = place - 1
    end
    if place == #order then
        redis.call('RPUSH', thread_line_key, question_id)
    else
        local passed = order[place + 1]
        redis.call('LINSERT', thread_line_key, 'BEFORE', passed, question_id)
        line_replace(line_key, own_key, passed, question_id) -- the thread keeps its place in line
        if redis.call('ZSCORE', due_key, passed)
            and redis.call('HEXISTS', question_prefix .. passed, 'owner') == 0 then
            -- Soon parked, so that the question before it can wake it.
            schedule(due_key, now_ms() + settle_ms, passed)
        end
    end
    redis.call('PEXPIRE', thread_line_key, QUESTION_LIFETIME)
    return place == 0
end

if redis.call('EXISTS', question_key) == 1 then
    if not again or redis.call('HGET', question_key, 'state') ~= State.WITHDRAWN then
        return Receipt.DUPLICATE
    end
    redis.call('DEL', question_key)
end
if only_known_thread and redis.call('EXISTS', thread_key) == 0 then
    return Receipt.UNKNOWN_THREAD
end
local now = now_ms()
local function free()
    return bucket_free(grants_key, closed_key, capacity, window_ms, now)
end
if is_full(by_person_key, most_by_person, question_prefix, free) then
    return Receipt.TOO_MANY_BY_PERSON
elseif is_full(in_channel_key, most_in_channel, question_prefix, free) then
    return Receipt.TOO_MANY_IN_CHANNEL
end
add_waiting(by_person_key, question_id)
add_waiting(in_channel_key, question_id)
redis.call('HSET', question_key, 'question', question, 'state', State.RECEIVED, 'received_at', now,
    'written_at', written_at)
redis.call('PEXPIRE', question_key, QUESTION_LIFETIME)
note_asked(asked_key, question_id)
local first_of_thread = true
if thread ~= '' then
    if redis.call('EXISTS', thread_key) == 0 then
        redis.call('HSET', thread_key, 'begun_at', written_at) -- what was written before was for others
    end
    add_question(thread_key, latest_key, question_id, asker, thread)
    if for_genie then
        note_owner(thread_key, asker)
    end
    first_of_thread = stand_in_thread()
end
if first_of_thread then
    line_join(line_key, turns_key, own_key, clock_key, question_id, asker, written_at, false)
end
schedule(due_key, now, question_id)
return Receipt.ACCEPTED
