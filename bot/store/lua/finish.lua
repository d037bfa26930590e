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
if was_first and next_id and not redis.call('ZSCORE', KEYS[2], next_id) then
    schedule(KEYS[2], now_ms(), next_id) -- it was parked
end
return 1
