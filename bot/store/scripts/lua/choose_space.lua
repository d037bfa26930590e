-- lib: clock, schedule, thread
-- Somebody has chosen the space of a question that waits for that: it goes on there, and so does its thread.
-- By a press or by a reply, whose event comes again, or as a mention, too: it is no question then either.
local stored, since, withdrawn = unpack(redis.call('HMGET', question_key, 'question', 'choosing_at', 'withdrawn'))
if not stored then
    return SpaceChoice.GONE
end
if not since or withdrawn or not redis.call('ZSCORE', due_key, question_id) then
    return SpaceChoice.ALREADY
end
redis.call('HSET', question_key, 'space', space)
redis.call('HDEL', question_key, 'choosing_at')
take_space(thread_key, space)
if reply ~= '' then
    redis.call('HSET', question_prefix .. reply, 'state', State.WITHDRAWN)
    redis.call('PEXPIRE', question_prefix .. reply, DELETED_LIFETIME)
end
recall(due_key, question_key, question_id)
return SpaceChoice.CHOSEN
