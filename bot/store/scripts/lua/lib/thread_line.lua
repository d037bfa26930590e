-- The line of a thread: its questions in the order in which Genie gets them; the first is being answered.

-- Stand in it; true if first. Events may overtake each other on their way, so a question that was written later and
-- has not left for Genie yet lets the earlier one pass, and is looked at again in `settle_ms`. What a schedule asks lets
-- every question of a person pass, and passes none.
local function stand_in_thread(thread_line, due, line, own, prefix, id, written_at, settle_ms, is_scheduled)
    local order = redis.call('LRANGE', thread_line, 0, -1)
    local place, passes_scheduled = #order, false
    while place > 0 and not is_scheduled do
        local state, other, scheduled =
            unpack(redis.call('HMGET', prefix .. order[place], 'state', 'written_at', 'scheduled'))
        if state ~= State.RECEIVED and state ~= State.ANNOUNCED then
            break
        elseif not scheduled and tonumber(other or 0) <= written_at then
            break
        end
        passes_scheduled = scheduled
        place = place - 1
    end
    if place == #order then
        redis.call('RPUSH', thread_line, id)
    else
        local passed = order[place + 1]
        redis.call('LINSERT', thread_line, 'BEFORE', passed, id)
        if passes_scheduled then
            redis.call('ZREM', line, passed) -- a person's question does not take over such a place
        else
            line_replace(line, own, passed, id) -- the thread keeps its place in line
        end
        if redis.call('ZSCORE', due, passed) and redis.call('HEXISTS', prefix .. passed, 'owner') == 0 then
            -- Soon parked, so that the question before it can wake it.
            schedule(due, now_ms() + settle_ms, passed)
        end
    end
    redis.call('PEXPIRE', thread_line, QUESTION_LIFETIME)
    return place == 0
end

-- Leave it; if that was its first question, the next one begins.
local function leave_thread_line(thread_line, due, id)
    local was_first = redis.call('LINDEX', thread_line, 0) == id
    redis.call('LREM', thread_line, 0, id)
    local next_id = redis.call('LINDEX', thread_line, 0)
    if was_first and next_id and not redis.call('ZSCORE', due, next_id) then
        schedule(due, now_ms(), next_id) -- it was parked
    end
end
