-- Save fields of a thread, if it is known.
if redis.call('EXISTS', thread_key) == 0 then
    return 0
end
redis.call('HSET', thread_key, unpack(fields))
redis.call('PEXPIRE', thread_key, THREAD_LIFETIME)
return 1
