-- lib: clock
-- Write something, as scripts over several keys do, of which some are not there.
redis.call('SET', probe_key, now_ms(), 'PX', 60000)
return redis.call('EXISTS', absent_key)
