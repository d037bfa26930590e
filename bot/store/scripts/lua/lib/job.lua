-- Older records have the stage of a job in 'state'; bot/store/old_records.py says until when.
local function stage_of(job)
    local stage, state = unpack(redis.call('HMGET', job, 'stage', 'state'))
    return stage or (state == State.DELIVERED and Stage.DONE) or state
end

-- Store a job and leave it to a worker at once.
local function put_job(key, due, id, job)
    redis.call('HDEL', key, 'audited', 'question', 'state')
    begin_step(key)
    redis.call('HSET', key, 'job', job, 'stage', Stage.QUEUED, 'received_at', now_ms())
    redis.call('PEXPIRE', key, QUESTION_LIFETIME)
    schedule(due, now_ms(), id)
end
