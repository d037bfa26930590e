-- Keep what a grant has become, unless it is another one by now. A repetition finds its own work done.
local kept = redis.call('HGET', grant_key, 'encrypted')
if kept ~= old and kept ~= new then
    return 0
end
redis.call('HSET', grant_key, 'encrypted', new)
redis.call('PEXPIRE', grant_key, GRANT_LIFETIME)
return 1
