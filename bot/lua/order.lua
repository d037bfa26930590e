-- Leave an order to a worker. KEYS: order, due. ARGV: id of the order, order as JSON, state, lifetime.
-- Returns 'accepted'; 'already' if it is here, unless it came to nothing before.
local before = redis.call('HGET', KEYS[1], 'state')
if before and before ~= 'refused' then
    return 'already'
end
redis.call('DEL', KEYS[1])
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', ARGV[3], 'received_at', now)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
schedule(KEYS[2], now, ARGV[1])
return 'accepted'
