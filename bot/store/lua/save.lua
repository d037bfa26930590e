-- lib: clock, schedule
-- Save fields of a leased record, then keep the lease, give it back or park the question.
if redis.call('HGET', record_key, 'owner') ~= owner then
    return LEASE_LOST
end
if #fields > 0 then
    redis.call('HSET', record_key, unpack(fields))
end
local now = now_ms()
if how == Then.KEEP then
    redis.call('HSET', record_key, 'held_until', now + ms)
else
    redis.call('HDEL', record_key, 'owner', 'held_until')
end
-- A question that became first of its thread in the meantime must not be parked: nothing would wake it.
if how == Then.PARK and redis.call('LINDEX', thread_line_key, 0) ~= record_id then
    redis.call('ZREM', due_key, record_id)
else
    schedule(due_key, now + ms, record_id)
end
return 1
