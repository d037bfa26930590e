-- The fair line: each person's n-th waiting question stands before anybody's n+1-th. Equal turns go by the time
-- since which the person waits: as that stays the same, nobody is passed twice between two questions of one's own.
-- A person's own questions in line are in a sorted set, `own`, by the same scores, with some that have left the line.
-- Questions that a schedule asks, whose record has 'scheduled', stand behind those of all people, in the order of their
-- times, and take nobody's turn.
local TURN = 2 ^ 41 -- a score is turn * TURN + the microseconds (of 25 days) since which the person waits
local SCHEDULED = 2 ^ 60 -- the score at which those of schedules begin, beyond any turn

local function keep_line(...)
    for _, key in ipairs({...}) do
        redis.call('PEXPIRE', key, LINE_LIFETIME) -- an emptied set is a new key to Redis
    end
end

-- The score of a person's first or last question in line, by ZRANGE or ZREVRANGE; those before it that left are removed.
local function first_standing(range, line, own)
    while true do
        local id = redis.call(range, own, 0, 0)[1]
        local score = id and redis.call('ZSCORE', line, id)
        if not id or score then
            return tonumber(score or 0)
        end
        redis.call('ZREM', own, id)
    end
end

-- The score of a person's last question in line, 0 without any. A replica of the version before wrote that into `turns`
-- alone, and one before that no more than its turn.
local function last_score(line, turns, own, asker)
    first_standing('ZRANGE', line, own)
    local turn, last = unpack(redis.call('HMGET', turns, asker, asker .. ':last'))
    local written = last and redis.call('ZSCORE', line, last)
    return math.max(first_standing('ZREVRANGE', line, own), tonumber(written or 0)), not last and turn
end

-- Stand in line, at its head if `first`. A question that stands there already keeps its place.
local function line_join(line, turns, own, clock, id, asker, written_at, first, scheduled)
    if redis.call('ZSCORE', line, id) then
        return
    end
    if redis.call('ZCARD', line) == 0 then
        redis.call('DEL', turns, clock)
    end
    local score
    if scheduled then
        score = SCHEDULED + (first and 0 or written_at % TURN)
    elseif first then
        local head = redis.call('ZRANGE', line, 0, 0, 'WITHSCORES')
        score = (tonumber(head[2]) or 0) - 1
    else
        local served = tonumber(redis.call('HGET', clock, 'served') or 0)
        local last, turn_alone = last_score(line, turns, own, asker)
        local since = last > 0 and last % TURN or written_at
        local turn = math.max(served, math.floor(last / TURN), tonumber(turn_alone or 0)) + 1
        redis.call('HSET', turns, asker, turn, asker .. ':since', since, asker .. ':last', id)
        score = turn * TURN + since % TURN
        redis.call('ZADD', own, string.format('%.0f', score), id)
    end
    redis.call('ZADD', line, string.format('%.0f', score), id)
    keep_line(line, turns, own, clock)
end

-- The wait for a token has ended: a question that is asked once more waits again, and both waits count.
local function end_wait(key, now)
    local since = redis.call('HGET', key, 'in_line_at')
    if since then
        redis.call('HINCRBY', key, 'waited', string.format('%.0f', now - since))
        redis.call('HDEL', key, 'in_line_at')
    end
end

-- Hand a place in line over, if there is one.
local function line_replace(line, own, id, next_id)
    for _, key in ipairs({line, own}) do
        local score = redis.call('ZSCORE', key, id)
        if score then
            redis.call('ZREM', key, id)
            redis.call('ZADD', key, score, next_id)
        end
    end
    keep_line(line, own)
end

-- Leave the line without a token: each later question of the person moves up to the place of the one before.
local function line_leave(line, own, id)
    local place, mine = redis.call('ZSCORE', line, id), redis.call('ZSCORE', own, id)
    redis.call('ZREM', line, id)
    if not (place and mine) then
        return
    end
    for _, later in ipairs(redis.call('ZRANGEBYSCORE', own, '(' .. mine, '+inf')) do
        local score = redis.call('ZSCORE', line, later)
        if score then
            redis.call('ZADD', line, place, later)
            redis.call('ZADD', own, place, later)
            place = score
        end
    end
    redis.call('ZREM', own, id)
    keep_line(line, own)
end
