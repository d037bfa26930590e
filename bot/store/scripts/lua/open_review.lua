-- lib: clock, figures
-- Put a question before the experts, once; not one that was forgotten while its answer was read.
if redis.call('EXISTS', question_key) == 1 and redis.call('HEXISTS', question_key, 'question') == 0 then
    return {0, ''}
end
if redis.call('EXISTS', review_key) == 0 then
    redis.call('HSET', review_key, 'asked', asked, 'asker', asker, 'state', opened, 'at', now_ms())
    count(figures_key, 'review ' .. opened, 1)
end
redis.call('PEXPIRE', review_key, REVIEW_LIFETIME)
return {1, redis.call('HGET', review_key, 'card') or ''}
