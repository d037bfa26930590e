-- Look again for an answer that missed its deadline. KEYS: question, due. ARGV: id.
-- Returns 1, or 0 if the question is not waiting for that.
if redis.call('HGET', KEYS[1], 'state') ~= 'overdue' then
    return 0
end
local now = now_ms()
-- Whoever is still about to end it is overtaken.
redis.call('HDEL', KEYS[1], 'owner', 'held_until')
redis.call('HSET', KEYS[1], 'state', 'asked', 'asked_at', now, 'looks', 0, 'tries', 0)
schedule(KEYS[2], now, ARGV[1])
return 1
