-- lib: watches
-- Save how a run ended, if the watch is still there and that run is its last one; with `paused` it is the last for now, and
-- with `again_at` one more is due by then, as this one was not made. The job's record is needed for a short while alone.
redis.call('PEXPIRE', job_key, WATCH_RUN_LIFETIME)
if tonumber(redis.call('HGET', watch_key, 'run') or 0) ~= run then
    return 0
end
redis.call('HSET', watch_key, 'done', run, 'failures', failures)
if #fields > 0 then
    redis.call('HSET', watch_key, unpack(fields))
end
if paused ~= '' then
    redis.call('HSET', watch_key, 'paused', paused)
    redis.call('ZREM', watches_key, watch_id)
end
local due = tonumber(redis.call('ZSCORE', watches_key, watch_id) or 0)
if again_at > 0 and due > again_at then
    redis.call('ZADD', watches_key, again_at, watch_id)
end
keep(watch_key)
return 1
