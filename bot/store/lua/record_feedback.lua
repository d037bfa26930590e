-- lib: clock, schedule
-- Keep a rating of an answer, and leave a job to tell Genie.
-- A rating that was taken back stays as NONE, so that an event that comes late does not bring it back.
if redis.call('HEXISTS', question_key, 'question') == 0 or redis.call('HEXISTS', question_key, 'message') == 0 then
    return FeedbackResult.UNKNOWN
end
local before_at, before, words =
    string.match(redis.call('HGET', ratings_key, rater) or '0 NONE ', '^(%d+) (%u+) (.*)$')
if at <= tonumber(before_at) then
    return FeedbackResult.UNCHANGED
end
local same = before == rating and (comment == '' or comment == words)
if not same or rating == 'NONE' then
    redis.call('HSET', ratings_key, rater, string.format('%.0f', at) .. ' ' .. rating .. ' ' .. comment)
    redis.call('PEXPIRE', ratings_key, QUESTION_LIFETIME)
end
if same then
    return FeedbackResult.UNCHANGED
end
redis.call('HSET', job_key, 'question', job, 'state', State.RATED, 'received_at', now_ms())
redis.call('PEXPIRE', job_key, QUESTION_LIFETIME)
schedule(due_key, now_ms(), job_id)
return before == 'NONE' and FeedbackResult.RECORDED or FeedbackResult.CHANGED
