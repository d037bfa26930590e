-- Stand in the fair line, or learn one's place in it.
-- KEYS: question, line, turns, clock, grants, closed, thread_line.
-- ARGV: id, owner, asker, capacity, window, '1' to stand at the head, lifetime.
-- Returns {place, wait ms}: place 0 is the head; -1 behind an earlier question of the thread; -2 overtaken.
--
-- Fair: everybody's n-th waiting question stands before anybody's n+1-th; equal turns go by arrival.
local id, asker = ARGV[1], ARGV[3]
local capacity, window = tonumber(ARGV[4]), tonumber(ARGV[5])
local ARRIVALS = 2 ^ 31

if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return {-2, 0}
end
local first = redis.call('LINDEX', KEYS[7], 0)
if first and first ~= id then
    return {-1, 0}
end

if not redis.call('ZSCORE', KEYS[2], id) then
    if redis.call('ZCARD', KEYS[2]) == 0 then
        redis.call('DEL', KEYS[3], KEYS[4])
    end
    local score
    if ARGV[6] == '1' then
        local head = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        score = (tonumber(head[2]) or 0) - 1
    else
        local served = tonumber(redis.call('HGET', KEYS[4], 'served') or 0)
        local turn = math.max(served, tonumber(redis.call('HGET', KEYS[3], asker) or 0)) + 1
        redis.call('HSET', KEYS[3], asker, turn)
        score = turn * ARRIVALS + redis.call('HINCRBY', KEYS[4], 'arrivals', 1)
    end
    redis.call('ZADD', KEYS[2], string.format('%.0f', score), id)
    for i = 2, 4 do
        redis.call('PEXPIRE', KEYS[i], ARGV[7])
    end
end

local now = now_ms()
local place = redis.call('ZRANK', KEYS[2], id)
local taken = redis.call('LRANGE', KEYS[5], 0, capacity - 1)
local returns = {} -- when each taken token is free again, soonest first
for i = #taken, 1, -1 do
    local back = tonumber(taken[i]) + window
    if back > now then
        returns[#returns + 1] = back
    end
end
local free = capacity - #returns
local wait = math.max(0, tonumber(redis.call('GET', KEYS[6]) or 0) - now)
if place >= free then
    local later = place - free
    local back = returns[later % capacity + 1] or now + window
    wait = math.max(wait, back - now + math.floor(later / capacity) * window)
end
return {place, wait}
