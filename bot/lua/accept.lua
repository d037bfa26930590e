-- Take in a question once. KEYS: question, due, thread, thread_line.
-- ARGV: id, question as JSON, '1' if only threads that we know count, '1' if the thread exists already,
-- lifetime of a question, lifetime of a thread. Returns 'accepted', 'duplicate' or 'stranger'.
local id = ARGV[1]
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 'duplicate'
end
if ARGV[3] == '1' and redis.call('EXISTS', KEYS[3]) == 0 then
    return 'stranger'
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', 'received')
redis.call('PEXPIRE', KEYS[1], ARGV[5])
if ARGV[4] == '1' then
    redis.call('HSETNX', KEYS[3], 'opened_at', now)
    redis.call('PEXPIRE', KEYS[3], ARGV[6])
    redis.call('RPUSH', KEYS[4], id)
    redis.call('PEXPIRE', KEYS[4], ARGV[5])
end
schedule(KEYS[2], now, id)
return 'accepted'
