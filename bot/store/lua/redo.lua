-- Carry an order out once more, as whoever was overtaken may have been the last to act. KEYS: order, due.
-- ARGV: id, owner who was overtaken, state, ms until then. Returns 1, or 0 if that owner holds it, or it is forgotten.
local question, owner = unpack(redis.call('HMGET', KEYS[1], 'question', 'owner'))
if not question or owner == ARGV[2] then
    return 0
end
redis.call('HDEL', KEYS[1], 'owner', 'held_until')
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'tries', 0)
schedule(KEYS[2], now_ms() + ARGV[4], ARGV[1])
return 1
