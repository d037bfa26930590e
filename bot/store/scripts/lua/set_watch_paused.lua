-- lib: watches
-- Pause a watch, or with an empty `paused` let it go on, due at a time. Returns 0 for one that is gone.
if redis.call('EXISTS', watch_key) == 0 then
    return 0
end
if paused ~= '' then
    redis.call('HSET', watch_key, 'paused', paused)
    redis.call('ZREM', watches_key, watch_id)
elseif redis.call('HDEL', watch_key, 'paused') == 1 then
    redis.call('HSET', watch_key, 'failures', 0, 'done', redis.call('HGET', watch_key, 'run') or 0)
    redis.call('ZADD', watches_key, due, watch_id)
end
keep(watch_key, watches_key, own_key)
return 1
