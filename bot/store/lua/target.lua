-- Save where a question is about to be asked. KEYS: question, thread, no_charts.
-- ARGV: id, owner, '1' to begin a new conversation, lifetime of a thread, lifetime of no_charts.
-- Returns {conversation or '' for a new one, 1 if the space is known to refuse charts}; nothing if overtaken.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return false
end
if ARGV[3] == '1' then
    begin_anew(KEYS[2], ARGV[4])
end
local conversation, epoch = unpack(redis.call('HMGET', KEYS[2], 'conversation', 'epoch'))
redis.call('HSET', KEYS[1], 'into', conversation or '', 'epoch', epoch or '0')
return {conversation or '', redis.call('PEXPIRE', KEYS[3], ARGV[5])}
