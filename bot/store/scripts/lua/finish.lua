-- lib: clock, schedule, lease, line, thread_line, figures, audit
-- A question or a job has ended; the next question of its thread begins. Its entry in the audit trail is written with it.
-- Returns whether its person looks at the Home tab.
local now_owned_by, withdrawn = unpack(redis.call('HMGET', record_key, 'owner', 'withdrawn'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
if withdrawn and value ~= State.WITHDRAWN then
    return NOT_WANTED -- it was shown a moment ago, and has to be taken away again
end
redis.call('HSET', record_key, field, value, 'ended_at', now_ms())
if outcome ~= '' then
    redis.call('HSET', record_key, 'outcome', outcome)
    count(figures_key, outcome, 1)
end
end_lease(record_key)
redis.call('ZREM', due_key, record_id)
line_leave(line_key, own_key, record_id)
leave_thread_line(thread_line_key, due_key, record_id)
if #entry > 0 then
    add_to_audit(record_key, audit_prefix, record_id, audit_days, entry, content)
end
return redis.call('EXISTS', home_key)
