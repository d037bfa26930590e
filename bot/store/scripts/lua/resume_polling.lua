-- lib: clock, schedule, lease
-- Poll again for an answer that missed its deadline.
local state, question = unpack(redis.call('HMGET', question_key, 'state', 'question'))
if not question then
    return Resumed.GONE
end
if state ~= State.OVERDUE then
    return Resumed.RUNNING
end
local now = now_ms()
-- A worker that is still about to end the question loses its lease.
end_lease(question_key)
begin_step(question_key)
redis.call('HSET', question_key, 'state', State.ASKED, 'asked_at', now, 'polls', 0, 'placeholder', '')
schedule(due_key, now, question_id)
return Resumed.RESUMED
