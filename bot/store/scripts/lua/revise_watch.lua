-- Keep a watch as its owner has it now, and make it due by that, unless it is gone; a paused one stays paused.
if redis.call('EXISTS', watch_key) == 0 then
    return 0
end
redis.call('HSET', watch_key, 'watch', watch)
redis.call('ZADD', watches_key, 'XX', due, watch_id)
return 1
