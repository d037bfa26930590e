-- Stand in the fair line, or learn one's place in it.
-- KEYS: question, line, turns, clock, grants, closed, thread_line.
-- ARGV: id, owner, asker, capacity, window, '1' to stand at the head, lifetime of the line, time of asking,
-- lifetime of a question.
-- Returns {place, wait ms}: place 0 is the head; -1 behind an earlier question of the thread; -2 overtaken.
local id = ARGV[1]
local capacity, window = tonumber(ARGV[4]), tonumber(ARGV[5])

if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return {-2, 0}
end
local first, stands = nil, false
for _, each in ipairs(redis.call('LRANGE', KEYS[7], 0, -1)) do
    first, stands = first or each, stands or each == id
end
if not stands and redis.call('HEXISTS', KEYS[1], 'asked_at') == 1 then
    -- It had ended, was looked at again, and is to be asked once more: now it waits its turn.
    redis.call('RPUSH', KEYS[7], id)
    redis.call('PEXPIRE', KEYS[7], ARGV[9])
end
if first and first ~= id then
    return {-1, 0}
end

line_join(KEYS[2], KEYS[3], KEYS[4], id, ARGV[3], ARGV[8], ARGV[6] == '1', ARGV[7])

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
