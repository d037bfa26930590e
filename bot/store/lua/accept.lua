-- Take in a question once. KEYS: question, due, thread, thread_line, line, turns, clock, latest.
-- ARGV: id, question as JSON, '1' if only threads that we know count, '1' if the thread exists already,
-- asker, lifetimes of a question, of a thread, of the line, time of writing, prefix of question keys, thread.
-- Returns 'accepted', 'duplicate' or 'stranger'.
local id, written_at = ARGV[1], tonumber(ARGV[9])

-- Stand in the thread's order of asking; true if first. Events may overtake each other on their way, so
-- whoever was asked later and has not left for Genie yet lets the earlier one pass.
local function stand_in_thread()
    local order = redis.call('LRANGE', KEYS[4], 0, -1)
    local place = #order
    while place > 0 do
        local state, other = unpack(redis.call('HMGET', ARGV[10] .. order[place], 'state', 'written_at'))
        if (state ~= 'received' and state ~= 'announced') or tonumber(other or 0) <= written_at then
            break
        end
        place = place - 1
    end
    if place == #order then
        redis.call('RPUSH', KEYS[4], id)
    else
        local passed = order[place + 1]
        redis.call('LINSERT', KEYS[4], 'BEFORE', passed, id)
        local score = redis.call('ZSCORE', KEYS[5], passed)
        if score then
            redis.call('ZADD', KEYS[5], score, id) -- the thread keeps its place in line
            redis.call('ZREM', KEYS[5], passed)
        end
        if redis.call('ZSCORE', KEYS[2], passed) and redis.call('HEXISTS', ARGV[10] .. passed, 'owner') == 0 then
            schedule(KEYS[2], now_ms() + SETTLING, passed) -- soon parked, so that whoever is before it can wake it
        end
    end
    redis.call('PEXPIRE', KEYS[4], ARGV[6])
    return place == 0
end

if redis.call('EXISTS', KEYS[1]) == 1 then
    return 'duplicate'
end
if ARGV[3] == '1' and redis.call('EXISTS', KEYS[3]) == 0 then
    return 'stranger'
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', 'received', 'received_at', now, 'written_at', written_at)
redis.call('PEXPIRE', KEYS[1], ARGV[6])
local first_of_thread = true
if ARGV[4] == '1' then
    belongs(KEYS[3], KEYS[8], id, ARGV[5], ARGV[11], ARGV[7])
    first_of_thread = stand_in_thread()
end
if first_of_thread then
    line_join(KEYS[5], KEYS[6], KEYS[7], id, ARGV[5], written_at, false, ARGV[8])
end
schedule(KEYS[2], now + SETTLING, id)
return 'accepted'
