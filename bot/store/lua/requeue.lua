-- lib: clock, schedule
-- Run a job once more whose lease `owner` has lost, as that worker may have been the last to act. Nothing happens
-- if `owner` has the lease after all, or the job is forgotten.
local job, now_owned_by = unpack(redis.call('HMGET', job_key, 'question', 'owner'))
if job and now_owned_by ~= owner then
    redis.call('HDEL', job_key, 'owner', 'held_until')
    redis.call('HSET', job_key, 'state', State.REDRAWING, 'tries', 0)
    schedule(due_key, now_ms() + wait_ms, job_id)
end
return 1
