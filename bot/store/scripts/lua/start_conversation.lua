-- lib: clock, schedule, lease, job, thread
-- Let a thread's next question begin a new conversation, and leave a job to say so in the thread.
local owner = redis.call('HGET', thread_key, 'owner')
if redis.call('EXISTS', thread_key) == 0 or (owned and owner and owner ~= asker) then
    return EnqueueResult.UNKNOWN_THREAD
end
if redis.call('EXISTS', job_key) == 1 or redis.call('HEXISTS', thread_key, 'fresh') == 1 then
    return EnqueueResult.ALREADY -- nothing was asked since
end
begin_anew(thread_key)
redis.call('HSET', thread_key, 'fresh', '1')
put_job(job_key, due_key, job_id, job)
return EnqueueResult.ACCEPTED
