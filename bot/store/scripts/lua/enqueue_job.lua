-- lib: clock, schedule, lease, thread, job
-- Leave a job to a worker, unless it is here already. A job that was refused may be enqueued again, and with
-- `rerun` one that is done, which then finds what it saved the first time. With `asks` it stands for a question of its user.
local stage = stage_of(job_key)
if stage and stage ~= Stage.REFUSED and not (rerun and stage == Stage.DONE) then
    return EnqueueResult.ALREADY
end
if not rerun then
    local ts = redis.call('HGET', job_key, 'ts')
    redis.call('DEL', job_key)
    if ts then
        redis.call('HSET', job_key, 'ts', ts) -- the message that said so is edited
    end
end
put_job(job_key, due_key, job_id, job)
if asks then
    note_asked(asked_key, job_id)
end
return EnqueueResult.ACCEPTED
