-- lib: clock
-- Count the processes that live, this one among them.
local now = now_ms()
redis.call('ZADD', processes_key, now, name)
redis.call('ZREMRANGEBYSCORE', processes_key, '-inf', now - lifetime_ms)
redis.call('PEXPIRE', processes_key, lifetime_ms)
return redis.call('ZCARD', processes_key)
