-- lib: clock, schedule, lease, job
-- Leave the job to draw another chart to a worker, and remember the choice for the thread: the last one counts.
end_lease(job_key) -- a worker that draws the choice before loses its lease
if chart == '' then -- the automatic choice
    redis.call('HDEL', thread_key, 'chart')
elseif redis.call('EXISTS', thread_key) == 1 then
    redis.call('HSET', thread_key, 'chart', chart)
    redis.call('PEXPIRE', thread_key, THREAD_LIFETIME)
end
put_job(job_key, due_key, job_id, job)
return EnqueueResult.ACCEPTED
