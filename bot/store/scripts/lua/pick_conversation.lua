-- lib: clock, thread
-- Save in which conversation a question is about to be asked.
-- Returns {conversation or '' for a new one, 1 if the space is known to refuse charts}.
if redis.call('HGET', question_key, 'owner') ~= owner then
    return LEASE_LOST
end
if fresh then
    begin_anew(thread_key)
end
local conversation, epoch = unpack(redis.call('HMGET', thread_key, 'conversation', 'epoch'))
redis.call('HSET', question_key, 'into', conversation or '', 'epoch', epoch or '0')
return {conversation or '', redis.call('PEXPIRE', no_charts_key, NO_CHARTS_LIFETIME)}
