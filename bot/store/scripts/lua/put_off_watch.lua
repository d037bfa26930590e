-- Make a watch due later, if it is still due at `due_at`.
if tonumber(redis.call('ZSCORE', watches_key, watch_id) or -1) ~= due_at then
    return 0
end
redis.call('ZADD', watches_key, later, watch_id)
return 1
