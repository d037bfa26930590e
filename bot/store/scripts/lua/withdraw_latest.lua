-- lib: clock, schedule, lease, job, withdraw
-- Withdraw the newest of a user's questions in a channel, or in one of its threads, that has not ended.
-- Returns {result, its id}: ENDED if the same wish was heard before, as Slack sends events again.
if redis.call('EXISTS', wish_key) == 1 then
    return {Withdrawn.ENDED, ''}
end
redis.call('HSET', wish_key, 'state', State.WITHDRAWN)
redis.call('PEXPIRE', wish_key, DELETED_LIFETIME)

-- Return the question that a job asks privately. One that the job has not asked yet is stored as withdrawn, so that
-- it never is; true with it then.
local function asked_by(key, job)
    local id, payload = cjson.decode(job).about, cjson.decode(job).payload
    local unasked = redis.call('EXISTS', question_prefix .. id) == 0 and stage_of(key) == Stage.QUEUED
    if unasked then
        redis.call('HSET', question_prefix .. id, 'question', payload, 'state', State.WITHDRAWN)
        redis.call('PEXPIRE', question_prefix .. id, QUESTION_LIFETIME)
    end
    return id, unasked
end

for _, id in ipairs(redis.call('LRANGE', asked_key, 0, -1)) do
    local job, unasked = redis.call('HGET', question_prefix .. id, 'job'), false
    if job and thread == '' then
        id, unasked = asked_by(question_prefix .. id, job)
    end
    if unasked then
        return {Withdrawn.WAITING, id}
    end
    local stored, opened = unpack(redis.call('HMGET', question_prefix .. id, 'question', 'thread'))
    local question = stored and cjson.decode(stored)
    if stored and (thread == '' or (opened or question.place.thread) == thread or question.asked_thread == thread) then
        local result = withdraw(question_prefix, due_key, id)
        if result ~= Withdrawn.ENDED then
            return {result, id}
        end
    end
end
return {Withdrawn.UNKNOWN, ''}
