-- lib: clock, schedule, lease, job
-- Leave a job to a worker that tells a person something, once until the next answer of the thread; about a message, once.
if redis.call('EXISTS', job_key) == 1 or redis.call('HSETNX', talk_key, 'told:' .. told, '1') == 0 then
    return EnqueueResult.ALREADY
end
redis.call('PEXPIRE', talk_key, THREAD_LIFETIME)
put_job(job_key, due_key, job_id, job)
return EnqueueResult.ACCEPTED
