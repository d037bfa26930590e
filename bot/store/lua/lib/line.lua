-- The fair line: each person's n-th waiting question stands before anybody's n+1-th, and equal turns go by
-- the time of asking.
local TURN = 2 ^ 41 -- a score is turn * TURN + the microseconds (of 25 days) at which the question was asked

-- Stand in line, at its head if `first`. A question that stands there already keeps its place.
local function line_join(line, turns, clock, id, asker, written_at, first)
    if redis.call('ZSCORE', line, id) then
        return
    end
    if redis.call('ZCARD', line) == 0 then
        redis.call('DEL', turns, clock)
    end
    local score
    if first then
        local head = redis.call('ZRANGE', line, 0, 0, 'WITHSCORES')
        score = (tonumber(head[2]) or 0) - 1
    else
        local served = tonumber(redis.call('HGET', clock, 'served') or 0)
        local turn = math.max(served, tonumber(redis.call('HGET', turns, asker) or 0)) + 1
        redis.call('HSET', turns, asker, turn)
        score = turn * TURN + written_at % TURN
    end
    redis.call('ZADD', line, string.format('%.0f', score), id)
    for _, key in ipairs({line, turns, clock}) do
        redis.call('PEXPIRE', key, LINE_LIFETIME)
    end
end
