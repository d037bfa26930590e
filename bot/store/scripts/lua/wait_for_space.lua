-- lib: clock, schedule, lease, line
-- A question leaves the line and waits until its space is chosen, or the wait is over. It has 'choosing_at', unless
-- somebody has chosen since.
local now_owned_by, withdrawn, since = unpack(redis.call('HMGET', question_key, 'owner', 'withdrawn', 'choosing_at'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
if withdrawn then
    return NOT_WANTED
end
line_leave(line_key, own_key, question_id)
redis.call('HSET', question_key, 'state', State.ANNOUNCED, unpack(fields))
redis.call('HDEL', question_key, 'asking_at')
begin_step(question_key)
end_lease(question_key)
local now = now_ms()
schedule(due_key, since and math.max(now, tonumber(since) + SPACE_WAIT_LIFETIME) or now, question_id)
return 1
