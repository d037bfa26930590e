-- lib: clock, schedule, withdraw
-- Withdraw a question, if `asker` asked it or it is withdrawn for everybody, as with a deleted message.
-- With `deleted` one that is not known is not asked any more either: its event may be on its way.
local revision, first = unpack(redis.call('HMGET', origin_key, 'revision', 'question'))
if not first then
    if deleted and redis.call('EXISTS', origin_key) == 0 then
        redis.call('HSET', origin_key, 'state', State.WITHDRAWN)
        redis.call('PEXPIRE', origin_key, DELETED_LIFETIME)
    end
    return Withdrawn.UNKNOWN
end
if asker ~= '' and cjson.decode(first).asker ~= asker then
    return Withdrawn.NOT_YOURS
end
return withdraw(question_prefix, due_key, revision or origin_id)
