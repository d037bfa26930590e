-- Genie has the question: save where. KEYS: question, due, message, thread.
-- ARGV: id, owner, space, conversation, message, '1' if found again and not answered by the POST itself,
-- ms until the first look, lifetime of a question, lifetime of a thread.
-- Returns 1; 0 if overtaken; -1 if that message belongs to another question.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return 0
end
if ARGV[6] == '1' then
    redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', ARGV[8])
    if redis.call('GET', KEYS[3]) ~= ARGV[1] then
        return -1
    end
else
    redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[8])
end
local now = now_ms()
redis.call('HSET', KEYS[1], 'state', 'asked', 'space', ARGV[3], 'conversation', ARGV[4], 'message', ARGV[5],
    'asked_at', now, 'looks', 0, 'tries', 0)
redis.call('HDEL', KEYS[1], 'owner', 'held_until')
redis.call('HSET', KEYS[4], 'space', ARGV[3], 'conversation', ARGV[4])
redis.call('PEXPIRE', KEYS[4], ARGV[9])
schedule(KEYS[2], now + tonumber(ARGV[7]), ARGV[1])
return 1
