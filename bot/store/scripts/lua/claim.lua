-- lib: clock, bucket, schedule, line, lease
-- Lease what is to be done now. A question at the head of a line and a token of its bucket leave together.
-- Returns {now, ms until there may be more or -1, how many have left the line and not ended,
-- {{id, its turn in the line if granted, owner, fields, 1 if that was the line of research}, ...}}.
local ANNOUNCING_MS = 3000 -- for which the line waits for a question that is just being announced
local UNREAD_MS = 5 * 60 * 1000 -- for which a record is left to the processes whose version can read it
local IDLE_MS = 6 * 60 * 1000 -- longer than anything else waits for its next step
local UNREAD = 'unread:' .. worker -- the field of a record that this process could not read
local now = now_ms()
local leases = {}
local lines = {
    {line = line_key, clock = clock_key, grants = grants_key, closed = closed_key,
        capacity = capacity, window = window_ms, research = 0},
    {line = research_line_key, clock = research_clock_key, grants = research_grants_key,
        closed = research_closed_key, capacity = research_capacity, window = research_window_ms, research = 1},
}

local function lease(id, turn, research)
    local key = record_prefix .. id
    if redis.call('HEXISTS', key, 'owner') == 1 then -- the lease before expired, or its attempt failed
        redis.call('HINCRBY', key, 'attempts', 1)
    end
    local owner = worker .. ':' .. redis.call('HINCRBY', key, 'holds', 1)
    redis.call('HSET', key, 'owner', owner, 'held_until', now + lease_ms)
    schedule(due_key, now + lease_ms, id)
    leases[#leases + 1] = {id, turn, owner, redis.call('HGETALL', key), research}
end

local function grant(from, id, turn)
    local key, score = record_prefix .. id, tonumber(turn)
    bucket_take(from.grants, from.capacity, from.window, now)
    redis.call('ZREM', from.line, id)
    if score < SCHEDULED then
        redis.call('HSET', from.clock, 'served', math.max(0, math.floor(score / TURN)))
        redis.call('PEXPIRE', from.clock, LINE_LIFETIME)
    end
    end_lease(key)
    begin_step(key)
    end_wait(key, now)
    redis.call('HSET', key, 'state', State.ASKING, 'asking_at', now)
    lease(id, turn, from.research)
end

-- What a schedule asks leaves half of the tokens to people, who would wait a window for them.
local function wait_for_token(from, turn)
    local left = tonumber(turn or 0) >= SCHEDULED and math.floor(from.capacity / 2) or 0
    return bucket_wait(from.grants, from.closed, from.capacity - left, from.window, now)
end

-- Grant what may leave a line; return the time until more may.
local function grant_from(from)
    local waiting = redis.call('ZRANGE', from.line, 0, 199, 'WITHSCORES')
    local token_wait, people = wait_for_token(from, waiting[2]), true
    for i = 1, #waiting, 2 do
        if people and tonumber(waiting[i + 1]) >= SCHEDULED then
            people, token_wait = false, math.max(token_wait, wait_for_token(from, waiting[i + 1]))
        end
        if token_wait > 0 or #leases >= most then
            break
        end
        local state, until_ms, received_at, withdrawn, unread = unpack(redis.call('HMGET',
            record_prefix .. waiting[i], 'state', 'held_until', 'received_at', 'withdrawn', UNREAD))
        local age = now - tonumber(received_at or 0)
        if not state then
            redis.call('ZREM', from.line, waiting[i]) -- the record has expired
        elseif withdrawn or unread then
            -- It is about to leave the line, or to hand its place over; or it waits for another version.
        elseif age < settle_ms then
            token_wait = settle_ms - age
        elseif state == State.ANNOUNCED and tonumber(until_ms or 0) <= now then
            grant(from, waiting[i], waiting[i + 1])
            token_wait = wait_for_token(from, waiting[i + 1])
        elseif state == State.RECEIVED and age < ANNOUNCING_MS then
            break
        end
    end
    return token_wait
end

for _, each in ipairs(lines) do
    each.wait = grant_from(each)
end

local left = 0
while #leases < most do
    local due = redis.call(
        'ZRANGEBYSCORE', due_key, '-inf', now, 'WITHSCORES', 'LIMIT', left, most - #leases)
    if #due == 0 then
        break
    end
    for i = 1, #due, 2 do
        local key = record_prefix .. due[i]
        if redis.call('EXISTS', key) == 0 then
            redis.call('ZREM', due_key, due[i])
        elseif now - tonumber(due[i + 1]) < UNREAD_MS and redis.call('HEXISTS', key, UNREAD) == 1 then
            left = left + 1
        else
            lease(due[i], '', 0)
        end
    end
end

-- What is still due with leases to spare is not for this process.
local next_due = redis.call(
    'ZRANGEBYSCORE', due_key, #leases < most and now + 1 or '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
local wait = next_due[2] and math.max(0, tonumber(next_due[2]) - now) or -1
local in_line = 0
for _, each in ipairs(lines) do
    local length = redis.call('ZCARD', each.line)
    in_line = in_line + length
    if each.wait > 0 and length > 0 and (wait < 0 or each.wait < wait) then
        wait = each.wait
    end
end
-- What is not due for long waits for a sign-in, and needs nothing meanwhile.
local idle = redis.call('ZCOUNT', due_key, now + IDLE_MS, '+inf')
local in_flight = math.max(0, redis.call('ZCARD', due_key) - in_line - idle)
return {now, wait, in_flight, leases}
