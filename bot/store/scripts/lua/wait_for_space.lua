-- lib: clock, schedule, lease, line
-- A question leaves the line and waits until its space is chosen, or the wait is over, which begins as soon as its
-- placeholder offers spaces. Until then it is due again soon. It has 'choosing_at', unless somebody has chosen since.
local now_owned_by, withdrawn, since, before =
    unpack(redis.call('HMGET', question_key, 'owner', 'withdrawn', 'choosing_at', 'placeholder'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
-- Also of what was withdrawn: its message is to be taken away.
redis.call('HSET', question_key, 'state', State.ANNOUNCED, unpack(fields))
if withdrawn then
    return NOT_WANTED
end
line_leave(line_key, own_key, question_id)
redis.call('HDEL', question_key, 'asking_at')
begin_step(question_key)
end_lease(question_key)
local now, at = now_ms(), nil
if not since then
    at = now
elseif redis.call('HGET', question_key, 'placeholder') ~= Placeholder.CHOOSING_SPACE then
    at = now + offer_again_ms
else
    if before ~= Placeholder.CHOOSING_SPACE then
        since = now
        redis.call('HSET', question_key, 'choosing_at', since)
    end
    at = math.max(now, tonumber(since) + SPACE_WAIT_LIFETIME)
end
schedule(due_key, at, question_id)
return 1
