-- lib: clock, schedule, lease
-- Run a job once more whose lease `owner` has lost, as that worker may have been the last to act. Nothing happens
-- if `owner` has the lease after all, or the job is forgotten.
if redis.call('EXISTS', job_key) == 1 and redis.call('HGET', job_key, 'owner') ~= owner then
    end_lease(job_key)
    begin_step(job_key)
    redis.call('HSET', job_key, 'stage', Stage.QUEUED)
    schedule(due_key, now_ms() + wait_ms, job_id)
end
return 1
