-- Take in a question once. KEYS: question, due, thread, thread_line, line, turns, clock.
-- ARGV: id, question as JSON, '1' if only threads that we know count, '1' if the thread exists already,
-- asker, lifetimes of a question, of a thread, of the line, time of
-- asking. Returns 'accepted', 'duplicate' or 'stranger'.
local id = ARGV[1]
if redis.call('EXISTS', KEYS[1]) == 1 then
    return 'duplicate'
end
if ARGV[3] == '1' and redis.call('EXISTS', KEYS[3]) == 0 then
    return 'stranger'
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', 'received', 'received_at', now)
redis.call('PEXPIRE', KEYS[1], ARGV[6])
local first_of_thread = true
if ARGV[4] == '1' then
    redis.call('HSETNX', KEYS[3], 'opened_at', now)
    redis.call('PEXPIRE', KEYS[3], ARGV[7])
    first_of_thread = redis.call('RPUSH', KEYS[4], id) == 1
    redis.call('PEXPIRE', KEYS[4], ARGV[6])
end
if first_of_thread then
    line_join(KEYS[5], KEYS[6], KEYS[7], id, ARGV[5], ARGV[9], false, ARGV[8])
end
schedule(KEYS[2], now, id)
return 'accepted'
