-- Sets of the questions of a person or a channel that wait for Genie. Those that do not wait any more are still in them,
-- until a set seems to be full.

local function waits(key)
    local withdrawn, state = unpack(redis.call('HMGET', key, 'withdrawn', 'state'))
    return not withdrawn and (state == State.RECEIVED or state == State.ANNOUNCED)
end

-- Whether no more may wait than do: `most`, and those that can be asked at once.
local function is_full(set, most, prefix, free)
    if redis.call('ZCARD', set) < most then
        return false
    end
    for _, id in ipairs(redis.call('ZRANGE', set, 0, -1)) do
        if not waits(prefix .. id) then
            redis.call('ZREM', set, id)
        end
    end
    return redis.call('ZCARD', set) >= most + free()
end

local function add_waiting(set, id)
    redis.call('ZADD', set, 0, id) -- a small sorted set takes half of the memory of a set
    redis.call('PEXPIRE', set, QUESTION_LIFETIME)
end
