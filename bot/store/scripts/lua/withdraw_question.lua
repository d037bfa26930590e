-- lib: clock, schedule, withdraw
-- Withdraw a question, if `asker` asked it or it is withdrawn for everybody, as with a deleted message.
-- By a message that was changed at a time, unless it was changed again since. With `unasked` a question that is not
-- known is not asked any more either: its event may be on its way.
local revision, first, edited_at = unpack(redis.call('HMGET', origin_key, 'revision', 'question', 'edited_at'))
if not first then
    if unasked and redis.call('EXISTS', origin_key) == 0 then
        redis.call('HSET', origin_key, 'state', State.WITHDRAWN, 'edited_at', changed_at)
        redis.call('PEXPIRE', origin_key, DELETED_LIFETIME)
    end
    return Withdrawn.UNKNOWN
end
if asker ~= '' and cjson.decode(first).asker ~= asker then
    return Withdrawn.NOT_YOURS
end
if changed_at > 0 then
    if changed_at < tonumber(edited_at or 0) then
        return Withdrawn.ENDED
    end
    redis.call('HSET', origin_key, 'edited_at', changed_at, 'said_else', 1) -- the words may come back
end
return withdraw(question_prefix, due_key, revision or origin_id)
