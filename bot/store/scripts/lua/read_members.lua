-- Return what was counted in a channel, for how many ms that is still kept, the guests that were there before, and the
-- marks of changes.
local marks = {}
for _, key in ipairs({channel_changed_key, guests_changed_key}) do
    marks[#marks + 1] = redis.call('GET', key) or nil
end
local kept, guests = unpack(redis.call('MGET', members_key, guests_key))
return {kept, redis.call('PTTL', members_key), guests, table.concat(marks, ' ')}
