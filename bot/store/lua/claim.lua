-- lib: clock, bucket, schedule, line, lease
-- Lease what is to be done now. A question at the head of the line and a token leave together.
-- Returns {now, ms until there may be more or -1, how many have left the line and not ended,
-- {{id, 1 if granted, owner, fields}, ...}}.
local ANNOUNCING_MS = 3000 -- for which the line waits for a question that is just being announced
local now = now_ms()
local leases = {}

local function lease(id, granted)
    local key = record_prefix .. id
    if redis.call('HEXISTS', key, 'owner') == 1 then -- the lease before expired, or its attempt failed
        redis.call('HINCRBY', key, 'attempts', 1)
    end
    local owner = worker .. ':' .. redis.call('HINCRBY', key, 'holds', 1)
    redis.call('HSET', key, 'owner', owner, 'held_until', now + lease_ms)
    schedule(due_key, now + lease_ms, id)
    leases[#leases + 1] = {id, granted, owner, redis.call('HGETALL', key)}
end

local function grant(id, score)
    local key = record_prefix .. id
    bucket_take(grants_key, capacity, window_ms, now)
    redis.call('ZREM', line_key, id)
    redis.call('HSET', clock_key, 'served', math.max(0, math.floor(score / TURN)))
    redis.call('PEXPIRE', clock_key, LINE_LIFETIME)
    end_lease(key)
    begin_step(key)
    redis.call('HSET', key, 'state', State.ASKING, 'asking_at', now)
    lease(id, 1)
end

local waiting = redis.call('ZRANGE', line_key, 0, 199, 'WITHSCORES')
local token_wait = bucket_wait(grants_key, closed_key, capacity, window_ms, now)
for i = 1, #waiting, 2 do
    if token_wait > 0 or #leases >= most then
        break
    end
    local state, until_ms, received_at, withdrawn = unpack(
        redis.call('HMGET', record_prefix .. waiting[i], 'state', 'held_until', 'received_at', 'withdrawn'))
    local age = now - tonumber(received_at or 0)
    if not state then
        redis.call('ZREM', line_key, waiting[i]) -- the record has expired
    elseif withdrawn then
        -- It is about to leave the line, or to hand its place over.
    elseif age < settle_ms then
        token_wait = settle_ms - age
    elseif state == State.ANNOUNCED and tonumber(until_ms or 0) <= now then
        grant(waiting[i], tonumber(waiting[i + 1]))
        token_wait = bucket_wait(grants_key, closed_key, capacity, window_ms, now)
    elseif state == State.RECEIVED and age < ANNOUNCING_MS then
        break
    end
end

if #leases < most then
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', due_key, '-inf', now, 'LIMIT', 0, most - #leases)) do
        if redis.call('EXISTS', record_prefix .. id) == 1 then
            lease(id, 0)
        else
            redis.call('ZREM', due_key, id)
        end
    end
end

local next_due = redis.call('ZRANGE', due_key, 0, 0, 'WITHSCORES')
local wait = next_due[2] and math.max(0, tonumber(next_due[2]) - now) or -1
if token_wait > 0 and redis.call('ZCARD', line_key) > 0 and (wait < 0 or token_wait < wait) then
    wait = token_wait
end
local in_flight = redis.call('ZCARD', due_key) - redis.call('ZCARD', line_key)
return {now, wait, in_flight, leases}
