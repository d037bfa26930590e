-- A worker's lease of a question or a job is the field 'owner', which a worker that dies leaves behind.
-- With 'recalled' the next step is due as soon as the lease is given back.

local function end_lease(key)
    redis.call('HDEL', key, 'owner', 'held_until', 'recalled')
end

-- The next step begins: earlier attempts at this one do not count any more.
local function begin_step(key)
    redis.call('HDEL', key, 'attempts', 'tries')
end
