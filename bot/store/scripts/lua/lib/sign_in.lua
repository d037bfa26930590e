-- A question or a job that waits for a sign-in has 'signing_in_at', when it began to. It is due when the wait is over,
-- and is in a set of all that wait for its person.

-- Make due what waits among all that is in a sorted set; return how much that is. It goes on, or is to end.
local function make_all_due(ids_key, due, prefix, goes_on)
    local found = 0
    for _, id in ipairs(redis.call('ZRANGE', ids_key, 0, -1)) do
        local key = prefix .. id
        if redis.call('HEXISTS', key, 'signing_in_at') == 1 and redis.call('ZSCORE', due, id) then
            if goes_on then
                redis.call('HDEL', key, 'signing_in_at')
            end
            recall(due, key, id)
            found = found + 1
        end
    end
    return found
end

-- Make due what waits for a person; return how much that is.
local function make_due(waiting, due, prefix, signed_in)
    local found = make_all_due(waiting, due, prefix, signed_in)
    redis.call('DEL', waiting)
    return found
end
