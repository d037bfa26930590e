-- Save progress and keep, give back or park a held question. KEYS: question, due, thread_line.
-- ARGV: id, owner, 'hold' | 'release' | 'park', ms, then fields and values. Returns 1, or 0 if overtaken.
local id, how, ms = ARGV[1], ARGV[3], tonumber(ARGV[4])
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return 0
end
if #ARGV > 4 then
    redis.call('HSET', KEYS[1], unpack(ARGV, 5))
end
local now = now_ms()
if how == 'hold' then
    redis.call('HSET', KEYS[1], 'held_until', now + ms)
else
    redis.call('HDEL', KEYS[1], 'owner', 'held_until')
end
-- Whoever became first of its thread in the meantime must not be parked: nobody would wake it.
if how == 'park' and redis.call('LINDEX', KEYS[3], 0) ~= id then
    redis.call('ZREM', KEYS[2], id)
else
    schedule(KEYS[2], now + ms, id)
end
return 1
