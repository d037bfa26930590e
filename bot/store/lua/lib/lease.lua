-- A worker's lease of a question or a job is the field 'owner', which a worker that dies leaves behind.

local function end_lease(key)
    redis.call('HDEL', key, 'owner', 'held_until')
end

-- The next step begins: earlier attempts at this one do not count any more.
local function begin_step(key)
    redis.call('HDEL', key, 'attempts', 'tries')
end
