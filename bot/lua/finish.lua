-- A question has ended; the next one of its thread begins. KEYS: question, due, line, thread_line.
-- ARGV: id, owner, state. Returns 1, or 0 if overtaken.
local id = ARGV[1]
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return 0
end
redis.call('HSET', KEYS[1], 'state', ARGV[3])
redis.call('HDEL', KEYS[1], 'owner', 'held_until')
redis.call('ZREM', KEYS[2], id)
redis.call('ZREM', KEYS[3], id)
local was_first = redis.call('LINDEX', KEYS[4], 0) == id
redis.call('LREM', KEYS[4], 0, id)
local next_id = redis.call('LINDEX', KEYS[4], 0)
if was_first and next_id then
    -- Wakes a parked question; one that is due already, or held, keeps its time.
    redis.call('ZADD', KEYS[2], 'NX', now_ms(), next_id)
end
return 1
