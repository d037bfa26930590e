-- Delete the ratings of a user, whose name begins their fields, and what Genie was told if that was one of them.
local stored = redis.call('HGETALL', ratings_key)
local times, theirs = {}, {}
for i = 1, #stored, 2 do
    if string.sub(stored[i], 1, #user) == user then
        theirs[#theirs + 1] = stored[i]
        times[string.match(stored[i + 1], '^%d+')] = true
    end
end
if #theirs == 0 then
    return 0
end
local told = redis.call('HGET', told_key, 'told')
if told and times[string.match(told, '^%d+')] then
    redis.call('HDEL', told_key, 'told')
end
redis.call('HDEL', ratings_key, unpack(theirs))
return 1
