-- lib: clock, schedule
-- Leave a job to a worker, unless it is here already. A job that was refused may be enqueued again, and with
-- `rerun` one that has ended, which then finds what it saved the first time.
local before = redis.call('HGET', job_key, 'state')
if before and before ~= State.REFUSED and not (rerun and before == State.DELIVERED) then
    return EnqueueResult.ALREADY
end
if not rerun then
    local ts = redis.call('HGET', job_key, 'ts')
    redis.call('DEL', job_key)
    if ts then
        redis.call('HSET', job_key, 'ts', ts) -- the message that said so is edited
    end
end
local now = now_ms()
redis.call('HSET', job_key, 'question', job, 'state', state, 'received_at', now, 'tries', 0)
redis.call('PEXPIRE', job_key, QUESTION_LIFETIME)
schedule(due_key, now, job_id)
return EnqueueResult.ACCEPTED
