-- Free a lock, unless it has become another one's.
if redis.call('GET', lock_key) ~= owner then
    return 0
end
return redis.call('DEL', lock_key)
