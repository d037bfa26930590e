-- lib: clock, schedule, lease, line
-- A question or a job leaves the line and waits until its person has signed in, or the wait is over.
local now_owned_by, withdrawn, recalled, received_at, since = unpack(
    redis.call('HMGET', record_key, 'owner', 'withdrawn', 'recalled', 'received_at', 'signing_in_at'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
if withdrawn then
    return NOT_WANTED
end
if granted_at > 0 then -- nothing was asked with it
    redis.call('LREM', grants_key, 1, granted_at)
    redis.call('HSET', record_key, 'state', State.ANNOUNCED)
    redis.call('HDEL', record_key, 'asking_at')
end
line_leave(line_key, own_key, record_id)
local now = now_ms()
if tonumber(redis.call('GET', signed_out_key) or -1) >= tonumber(received_at or 0) then
    return SignInWait.SIGNED_OUT
end
local ends = tonumber(since or now) + SIGN_IN_WAIT_LIFETIME
if ends <= now then
    return SignInWait.OVER
end
redis.call('HSETNX', record_key, 'signing_in_at', now)
begin_step(record_key)
end_lease(record_key)
redis.call('ZADD', waiting_key, ends, record_id)
redis.call('PEXPIRE', waiting_key, QUESTION_LIFETIME)
if recalled or redis.call('EXISTS', grant_key) == 1 then
    ends = now + 1000 -- the sign-in was quicker
end
schedule(due_key, ends, record_id)
return SignInWait.WAITING
