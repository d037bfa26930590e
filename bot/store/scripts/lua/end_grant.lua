-- Delete a grant, unless it is another one by now.
if redis.call('HGET', grant_key, 'encrypted') ~= tried then
    return 0
end
return redis.call('DEL', grant_key)
