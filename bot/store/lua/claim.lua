-- Hold what is to be done now. A question at the head of the line and a token leave together.
-- KEYS: due, line, clock, grants, closed.
-- ARGV: prefix of question keys, worker, how many at most, hold ms, capacity, window.
-- Returns {now, ms until there may be more, {{id, '1' if granted, owner, fields}, ...}}.
local prefix, worker = ARGV[1], ARGV[2]
local most, hold = tonumber(ARGV[3]), tonumber(ARGV[4])
local capacity, window = tonumber(ARGV[5]), tonumber(ARGV[6])
local ANNOUNCING = 3000 -- ms that the line waits for somebody who is just being told about it
local now = now_ms()
local held = {}

local function take(id, granted)
    local key = prefix .. id
    redis.call('HINCRBY', key, 'tries', 1)
    local owner = worker .. ':' .. redis.call('HINCRBY', key, 'holds', 1)
    redis.call('HSET', key, 'owner', owner, 'held_until', now + hold)
    schedule(KEYS[1], now + hold, id)
    held[#held + 1] = {id, granted, owner, redis.call('HGETALL', key)}
end

local function grant(id, score)
    local key = prefix .. id
    bucket_take(KEYS[4], capacity, window, now)
    redis.call('ZREM', KEYS[2], id)
    redis.call('HSET', KEYS[3], 'served', math.max(0, math.floor(score / TURN)))
    redis.call('PEXPIRE', KEYS[3], 24 * 3600 * 1000)
    redis.call('HSET', key, 'state', 'asking', 'asking_at', now, 'tries', 0)
    take(id, '1')
end

local waiting = redis.call('ZRANGE', KEYS[2], 0, 199, 'WITHSCORES')
local token_wait = bucket_wait(KEYS[4], KEYS[5], capacity, window, now)
for i = 1, #waiting, 2 do
    if token_wait > 0 or #held >= most then
        break
    end
    local state, until_ms, received_at =
        unpack(redis.call('HMGET', prefix .. waiting[i], 'state', 'held_until', 'received_at'))
    if not state then
        redis.call('ZREM', KEYS[2], waiting[i]) -- the record has expired
    elseif now - tonumber(received_at or 0) < SETTLING then
        token_wait = SETTLING - (now - tonumber(received_at or 0))
    elseif state == 'announced' and tonumber(until_ms or 0) <= now then
        grant(waiting[i], tonumber(waiting[i + 1]))
        token_wait = bucket_wait(KEYS[4], KEYS[5], capacity, window, now)
    elseif state == 'received' and now - tonumber(received_at or 0) < ANNOUNCING then
        break
    end
end

if #held < most then
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, most - #held)) do
        if redis.call('EXISTS', prefix .. id) == 1 then
            take(id, '0')
        else
            redis.call('ZREM', KEYS[1], id)
        end
    end
end

local next_due = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local wait = next_due[2] and math.max(0, tonumber(next_due[2]) - now) or -1
if token_wait > 0 and redis.call('ZCARD', KEYS[2]) > 0 and (wait < 0 or token_wait < wait) then
    wait = token_wait
end
return {now, wait, held}
