-- lib: clock, schedule, lease
-- Save fields of a leased record, then go on with the lease as `how` says.
-- Returns whether its person looks at the Home tab.
local now_owned_by, recalled, withdrawn = unpack(redis.call('HMGET', record_key, 'owner', 'recalled', 'withdrawn'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
if withdrawn and how == Then.ADVANCE then
    return NOT_WANTED
end
if #fields > 0 then
    redis.call('HSET', record_key, unpack(fields))
end
local now = now_ms()
if how ~= Then.KEEP and how ~= Then.POSTPONE and how ~= Then.FAIL then
    begin_step(record_key)
end
if how == Then.KEEP or how == Then.ADVANCE then
    redis.call('HSET', record_key, 'held_until', now + ms)
else
    end_lease(record_key)
    ms = recalled and 0 or ms
end
local stopping, state = unpack(redis.call('HMGET', record_key, 'stopping', 'state'))
if stopping and (state == State.ANNOUNCED or state == State.BLOCKED) then
    -- It was stopped as it was sent, and Genie has not got it: it is not sent again.
    redis.call('HSET', record_key, 'withdrawn', 1)
    ms = 0
end
if how == Then.FAIL then
    redis.call('HSET', record_key, 'owner', '') -- the next claim counts this attempt
end
-- A question that became first of its thread in the meantime must not be parked: nothing would wake it.
if how == Then.PARK and not recalled and redis.call('LINDEX', thread_line_key, 0) ~= record_id then
    redis.call('ZREM', due_key, record_id)
else
    schedule(due_key, now + ms, record_id)
end
return redis.call('EXISTS', home_key)
