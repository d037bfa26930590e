-- Leave the order to draw another chart to a worker, and remember the wish for the thread: the last one counts.
-- KEYS: order, due, thread. ARGV: id of the order, order as JSON, state, lifetimes of a question and of a thread,
-- what is wanted, '' for the automatic choice. Returns 'accepted'.
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', ARGV[3], 'received_at', now, 'tries', 0)
redis.call('HDEL', KEYS[1], 'owner', 'held_until') -- whoever draws what was wanted before is overtaken
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if ARGV[6] == '' then
    redis.call('HDEL', KEYS[3], 'chart')
elseif redis.call('EXISTS', KEYS[3]) == 1 then
    redis.call('HSET', KEYS[3], 'chart', ARGV[6])
    redis.call('PEXPIRE', KEYS[3], ARGV[5])
end
schedule(KEYS[2], now, ARGV[1])
return 'accepted'
