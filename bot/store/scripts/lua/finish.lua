-- lib: clock, schedule, lease, line
-- A question or a job has ended; the next question of its thread begins.
local now_owned_by, withdrawn = unpack(redis.call('HMGET', record_key, 'owner', 'withdrawn'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
if withdrawn and value ~= State.WITHDRAWN then
    return NOT_WANTED -- it was shown a moment ago, and has to be taken away again
end
redis.call('HSET', record_key, field, value)
end_lease(record_key)
redis.call('ZREM', due_key, record_id)
line_leave(line_key, own_key, record_id)
local was_first = redis.call('LINDEX', thread_line_key, 0) == record_id
redis.call('LREM', thread_line_key, 0, record_id)
local next_id = redis.call('LINDEX', thread_line_key, 0)
if was_first and next_id and not redis.call('ZSCORE', due_key, next_id) then
    schedule(due_key, now_ms(), next_id) -- it was parked
end
return 1
