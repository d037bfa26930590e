-- Leave an order to a worker. KEYS: order, due.
-- ARGV: id of the order, order as JSON, state, lifetime, the state after which what was saved still counts or ''.
-- Returns 'accepted'; 'already' if it is here, unless it came to nothing before or has ended so.
local before = redis.call('HGET', KEYS[1], 'state')
if before and before ~= 'refused' and before ~= ARGV[5] then
    return 'already'
end
if ARGV[5] == '' then
    local ts = redis.call('HGET', KEYS[1], 'ts')
    redis.call('DEL', KEYS[1])
    if ts then
        redis.call('HSET', KEYS[1], 'ts', ts) -- the message that said so is edited
    end
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', ARGV[3], 'received_at', now, 'tries', 0)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
schedule(KEYS[2], now, ARGV[1])
return 'accepted'
