-- Leave an order to a worker. KEYS: order, due. ARGV: id of the order, order as JSON, state, lifetime.
-- Returns 'accepted'; 'already' if it is here.
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 'already'
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', ARGV[3], 'received_at', now)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
schedule(KEYS[2], now, ARGV[1])
return 'accepted'
