-- Sets of the questions of a person or a channel that wait for Genie. Those that do not wait any more are still in them,
-- until a set seems to be full.

-- Whether no more may wait than do: `most`, and those that can be asked at once. One that waits for its person, to sign in
-- or to choose a space, keeps nobody from Genie: it is still in the set, and counts again when it goes on. `is_persons`
-- says whose set it is: as many as `most` of one person may wait for that person.
local function is_full(set, most, prefix, free, is_persons)
    local count, idle = redis.call('ZCARD', set), 0
    if count < most then
        return false
    end
    for _, id in ipairs(redis.call('ZRANGE', set, 0, -1)) do
        local withdrawn, state, signs_in, chooses =
            unpack(redis.call('HMGET', prefix .. id, 'withdrawn', 'state', 'signing_in_at', 'choosing_at'))
        if withdrawn or state ~= State.RECEIVED and state ~= State.ANNOUNCED then
            redis.call('ZREM', set, id)
            count = count - 1
        elseif signs_in or chooses then
            count, idle = count - 1, idle + 1
        end
    end
    return is_persons and idle >= most or count >= most + free()
end

local function add_waiting(set, id)
    redis.call('ZADD', set, 0, id) -- a small sorted set takes half of the memory of a set
    redis.call('PEXPIRE', set, QUESTION_LIFETIME)
end
