-- Delete a grant and return it.
local taken = redis.call('HMGET', grant_key, 'sign_in', 'encrypted')
if redis.call('DEL', grant_key) == 0 then
    return {}
end
return taken
