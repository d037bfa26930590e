-- The fair line: each person's n-th waiting question stands before anybody's n+1-th. Equal turns go by the time
-- since which the person waits: as that stays the same, nobody is passed twice between two questions of one's own.
local TURN = 2 ^ 41 -- a score is turn * TURN + the microseconds (of 25 days) since which the person waits

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
        local last_turn, since, last = unpack(redis.call('HMGET', turns, asker, asker .. ':since', asker .. ':last'))
        if not (since and last and redis.call('ZSCORE', line, last)) then
            since = written_at -- nothing else of this person waits
        end
        local turn = math.max(served, tonumber(last_turn or 0)) + 1
        redis.call('HSET', turns, asker, turn, asker .. ':since', since, asker .. ':last', id)
        score = turn * TURN + since % TURN
    end
    redis.call('ZADD', line, string.format('%.0f', score), id)
    for _, key in ipairs({line, turns, clock}) do
        redis.call('PEXPIRE', key, LINE_LIFETIME)
    end
end
