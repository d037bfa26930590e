-- Return what Slack said about a channel and for how many ms that is still kept, the same of what was counted in it,
-- the guests that were there before, and the marks of changes.
local told, counted, guests, channel_changed, guests_changed =
    unpack(redis.call('MGET', channel_key, members_key, guests_key, channel_changed_key, guests_changed_key))
local marks = {}
for _, mark in ipairs({channel_changed or '', guests_changed or ''}) do
    if mark ~= '' then
        marks[#marks + 1] = mark
    end
end
local told_left, counted_left = redis.call('PTTL', channel_key), redis.call('PTTL', members_key)
return {told, told_left, counted, counted_left, guests, table.concat(marks, ' ')}
