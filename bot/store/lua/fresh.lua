-- Let a thread's next question begin a new conversation, and say so in the thread.
-- KEYS: order, due, thread. ARGV: id of the order, order as JSON, lifetimes of a question and of a thread.
-- Returns 'accepted'; 'already' if nothing was asked since; 'stranger' if the thread is unknown.
if redis.call('EXISTS', KEYS[3]) == 0 then
    return 'stranger'
end
if redis.call('EXISTS', KEYS[1]) == 1 or redis.call('HEXISTS', KEYS[3], 'fresh') == 1 then
    return 'already'
end
begin_anew(KEYS[3], ARGV[4])
redis.call('HSET', KEYS[3], 'fresh', '1')
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', 'telling', 'received_at', now)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
schedule(KEYS[2], now, ARGV[1])
return 'accepted'
