-- lib: clock, schedule, lease
-- Give back, as it was before the claim, a record that this process cannot read: another version may take it at once.
-- Returns 1, and keeps the lease, for one that no process has read for minutes, twice.
if redis.call('HGET', record_key, 'owner') ~= owner then
    return LEASE_LOST
end
local is_new = redis.call('HSETNX', record_key, 'unread:' .. worker, 1) == 1
if not is_new and redis.call('HINCRBY', record_key, 'unread', 1) >= 2 then
    return 1
end
if turn ~= '' then
    redis.call('LREM', grants_key, 1, granted_at)
    redis.call('HSET', record_key, 'state', State.ANNOUNCED)
    redis.call('HDEL', record_key, 'asking_at')
    redis.call('ZADD', line_key, turn, record_id)
    redis.call('PEXPIRE', line_key, LINE_LIFETIME)
end
end_lease(record_key)
schedule(due_key, now_ms(), record_id)
return 0
