-- lib: clock, line
-- Figures of the line, the work and the limit of questions, at one moment; times are in milliseconds.
local OLDEST_OF = 500 -- questions at the head of the line among which the oldest is sought
local now = now_ms()
local oldest = now
local people = string.format('(%.0f', SCHEDULED) -- what a schedule asks may wait
for _, id in ipairs(redis.call('ZRANGEBYSCORE', line_key, '-inf', people, 'LIMIT', 0, OLDEST_OF)) do
    oldest = math.min(oldest, tonumber(redis.call('HGET', record_prefix .. id, 'received_at') or now))
end
local used = 0
for _, taken in ipairs(redis.call('LRANGE', grants_key, 0, -1)) do
    used = used + (tonumber(taken) + window_ms > now and 1 or 0)
end
local function first(key)
    return tonumber(redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2] or now)
end
return {
    redis.call('ZCARD', line_key),
    now - oldest,
    redis.call('ZCARD', due_key),
    now - math.min(now, first(due_key)),
    used,
    math.max(0, tonumber(redis.call('GET', closed_key) or 0) - now),
    redis.call('ZCOUNT', processes_key, now - alive_ms, '+inf'),
    redis.call('ZCARD', watches_key) + redis.call('ZCARD', schedules_key),
    now - math.min(now, first(watches_key), first(schedules_key)),
}
