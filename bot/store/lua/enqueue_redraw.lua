-- lib: clock, schedule
-- Leave the job to draw another chart to a worker, and remember the choice for the thread: the last one counts.
local now = now_ms()
redis.call('HSET', job_key, 'question', job, 'state', State.REDRAWING, 'received_at', now, 'tries', 0)
redis.call('HDEL', job_key, 'owner', 'held_until') -- a worker that draws the choice before loses its lease
redis.call('PEXPIRE', job_key, QUESTION_LIFETIME)
if chart == '' then -- the automatic choice
    redis.call('HDEL', thread_key, 'chart')
elseif redis.call('EXISTS', thread_key) == 1 then
    redis.call('HSET', thread_key, 'chart', chart)
    redis.call('PEXPIRE', thread_key, THREAD_LIFETIME)
end
schedule(due_key, now, job_id)
return EnqueueResult.ACCEPTED
