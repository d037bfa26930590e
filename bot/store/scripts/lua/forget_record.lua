-- Forget what a question or a job said and whose it was. What stays keeps Slack from handing it in again.
if redis.call('ZSCORE', due_key, record_id) then
    return 0
end
if redis.call('HDEL', record_key, 'question') == 1 then
    redis.call('HSET', record_key, 'state', State.DELIVERED)
end
redis.call('HDEL', record_key, 'job', 'text', 'note', 'files', 'space', 'conversation', 'message', 'into', 'asked_as',
    'left', 'audited')
return 1
