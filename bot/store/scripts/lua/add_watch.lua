-- lib: watches
-- Keep a watch that is due at a time, unless its owner has as many as a person may have, paused ones among them. A thread
-- that is forgotten takes its watches along.
if redis.call('EXISTS', watch_key) == 1 then
    return WatchAdded.ALREADY
end
for _, other in ipairs(redis.call('ZRANGE', own_key, 0, -1)) do
    if redis.call('EXISTS', watch_prefix .. other) == 0 then
        redis.call('ZREM', own_key, other)
    end
end
if redis.call('ZCARD', own_key) >= most then
    return WatchAdded.TOO_MANY
end
redis.call('HSET', watch_key, 'watch', watch)
redis.call('ZADD', watches_key, due, watch_id)
redis.call('ZADD', own_key, created_at, watch_id)
keep(watch_key, watches_key, own_key)
if redis.call('EXISTS', thread_key) == 1 then
    redis.call('HSET', thread_key, 'watch:' .. watch_id, '')
end
return WatchAdded.ADDED
