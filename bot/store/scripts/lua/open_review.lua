-- lib: clock, figures
-- Put a question before the experts, once.
if redis.call('EXISTS', review_key) == 0 then
    redis.call('HSET', review_key, 'asked', asked, 'asker', asker, 'state', opened, 'at', now_ms())
    count(figures_key, 'review ' .. opened, 1)
end
redis.call('PEXPIRE', review_key, REVIEW_LIFETIME)
return redis.call('HGET', review_key, 'card') or ''
