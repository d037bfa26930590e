-- lib: clock, schedule, withdraw
-- Stop research for its asker. What Genie has, or may have, is cancelled there by a worker, and the thread is told how it
-- ended; what Genie has not got is withdrawn.
local stored, withdrawn, state = unpack(redis.call('HMGET', question_key, 'question', 'withdrawn', 'state'))
if not stored then
    return Withdrawn.UNKNOWN
end
local question = cjson.decode(stored)
if question.asker ~= asker then
    return Withdrawn.NOT_YOURS
end
if not question.research or withdrawn then
    return withdraw(question_prefix, due_key, question_id)
elseif state == State.ASKING or state == State.ASKED then
    redis.call('HSETNX', question_key, 'stopping', 1)
    recall(due_key, question_key, question_id)
    return Withdrawn.RUNNING
elseif state == State.ANSWERED then
    return Withdrawn.ENDED -- its end is known, and is about to be told
end
return withdraw(question_prefix, due_key, question_id)
