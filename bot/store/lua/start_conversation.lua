-- lib: clock, schedule, thread
-- Let a thread's next question begin a new conversation, and leave a job to say so in the thread.
if redis.call('EXISTS', thread_key) == 0 then
    return EnqueueResult.UNKNOWN_THREAD
end
if redis.call('EXISTS', job_key) == 1 or redis.call('HEXISTS', thread_key, 'fresh') == 1 then
    return EnqueueResult.ALREADY -- nothing was asked since
end
begin_anew(thread_key)
redis.call('HSET', thread_key, 'fresh', '1')
local now = now_ms()
redis.call('HSET', job_key, 'question', job, 'state', State.TELLING, 'received_at', now)
redis.call('PEXPIRE', job_key, QUESTION_LIFETIME)
schedule(due_key, now, job_id)
return EnqueueResult.ACCEPTED
