-- lib: clock, schedule, withdraw
-- Withdraw the newest of a user's questions in a channel, or in one of its threads, that has not ended.
-- Returns {result, its id}: ENDED if the same wish was heard before, as Slack sends events again.
if redis.call('EXISTS', wish_key) == 1 then
    return {Withdrawn.ENDED, ''}
end
redis.call('HSET', wish_key, 'state', State.WITHDRAWN)
redis.call('PEXPIRE', wish_key, DELETED_LIFETIME)
for _, id in ipairs(redis.call('LRANGE', asked_key, 0, -1)) do
    local stored, opened = unpack(redis.call('HMGET', question_prefix .. id, 'question', 'thread'))
    if stored and (thread == '' or (opened or cjson.decode(stored).place.thread) == thread) then
        local result = withdraw(question_prefix, due_key, id)
        if result ~= Withdrawn.ENDED then
            return {result, id}
        end
    end
end
return {Withdrawn.UNKNOWN, ''}
