-- lib: clock, line
-- Stand in the fair line, or find the place in it.
-- Returns {place, wait in ms, ms for which the place may still change by events that are on their way}: place 0 is
-- the head, -1 is behind an earlier question of the thread.
if redis.call('HGET', question_key, 'owner') ~= owner then
    return LEASE_LOST
end
local first_of_thread, stands = nil, false
for _, each in ipairs(redis.call('LRANGE', thread_line_key, 0, -1)) do
    first_of_thread, stands = first_of_thread or each, stands or each == question_id
end
if not stands and redis.call('HEXISTS', question_key, 'asked_at') == 1 then
    -- It had ended, was polled again, and is to be asked once more: now it waits its turn.
    redis.call('RPUSH', thread_line_key, question_id)
    redis.call('PEXPIRE', thread_line_key, QUESTION_LIFETIME)
end
if first_of_thread and first_of_thread ~= question_id then
    line_leave(line_key, own_key, question_id) -- where it stood as the first of its thread
    redis.call('HDEL', question_key, 'in_line_at')
    return {-1, 0, 0}
end

local scheduled = redis.call('HEXISTS', question_key, 'scheduled') == 1
line_join(line_key, turns_key, own_key, clock_key, question_id, asker, written_at, first, scheduled)

local now = now_ms()
redis.call('HSETNX', question_key, 'in_line_at', now)
local place = redis.call('ZRANK', line_key, question_id)
local taken = redis.call('LRANGE', grants_key, 0, capacity - 1)
local returns = {} -- when each taken token is free again, soonest first
for i = #taken, 1, -1 do
    local back = tonumber(taken[i]) + window_ms
    if back > now then
        returns[#returns + 1] = back
    end
end
-- Each token serves every capacity-th place, and the first time not before the bucket is open.
local free, token = capacity - #returns, place % capacity
local opens = tonumber(redis.call('GET', closed_key) or 0)
local first = math.max(now, opens, token >= free and returns[token - free + 1] or 0)
local wait = first - now + math.floor(place / capacity) * window_ms
local age = now - tonumber(redis.call('HGET', question_key, 'received_at') or 0)
return {place, wait, math.max(0, settle_ms - age)}
