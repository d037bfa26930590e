-- lib: clock, schedule, lease, job, watches
-- Start the run of a watch that is due at `due_at`, and make it due again: whatever number of processes try, one does.
-- `recurring` work is no person's, and has no hash. No more than `most` runs of a kind are on their way at one time: what
-- people ask needs workers, too, and questions that wait in line hold up no watch. A run that is on its way stands in the
-- schedule of jobs.
if tonumber(redis.call('ZSCORE', watches_key, watch_id) or -1) ~= due_at then
    return Started.TAKEN
end
local stored, paused, run, done = unpack(redis.call('HMGET', watch_key, 'watch', 'paused', 'run', 'done'))
if not recurring and (not stored or paused) then
    redis.call('ZREM', watches_key, watch_id)
    return Started.GONE
end
if run and redis.call('ZSCORE', due_key, watch_id .. '.' .. run) then
    return Started.RUNNING
end
for _, other in ipairs(redis.call('ZRANGE', running_key, 0, -1)) do
    if not redis.call('ZSCORE', due_key, other) then
        redis.call('ZREM', running_key, other)
    end
end
if redis.call('ZCARD', running_key) >= most then
    return Started.FULL
end
redis.call('ZADD', watches_key, next_due, watch_id)
keep(watches_key)
redis.call('ZADD', running_key, now, job_id)
redis.call('PEXPIRE', running_key, QUESTION_LIFETIME)
if not recurring then
    if run and run ~= (done or '0') then
        redis.call('HINCRBY', watch_key, 'failures', 1) -- the run before crashed, and could not say so
    end
    redis.call('HSET', watch_key, 'run', due_at)
    keep(watch_key, own_key)
    redis.call('PEXPIRE', thread_key, THREAD_LIFETIME) -- people go on below what it tells
end
put_job(job_key, due_key, job_id, job)
return Started.STARTED
