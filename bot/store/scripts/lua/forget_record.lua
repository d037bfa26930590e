-- Forget what a question or a job said and whose it was. What stays keeps Slack from handing it in again.
local question, state = unpack(redis.call('HMGET', record_key, 'question', 'state'))
-- One that waits for the question before it in its thread, as a result of research does for the one before, or for what its
-- message asked first, is not due.
local waits = question and (state == State.RECEIVED or state == State.ANNOUNCED or state == State.ANSWERED)
if waits or redis.call('ZSCORE', due_key, record_id) then
    return 0
end
if question then
    redis.call('HSET', record_key, 'state', State.DELIVERED)
end
redis.call('HDEL', record_key, 'question', 'job', 'text', 'note', 'files', 'space', 'conversation', 'message',
    'into', 'response', 'content', 'asked_as', 'left', 'audited', 'after', 'reused', 'reused_at')
return 1
