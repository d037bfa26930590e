-- lib: clock, schedule, lease, job, figures
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
if before ~= rating then -- a rating that is changed or taken back counts no more
    for name, by in pairs({[before] = -1, [rating] = 1}) do
        if name ~= 'NONE' then
            count(figures_key, name, by)
        end
    end
end
put_job(job_key, due_key, job_id, job)
return before == 'NONE' and FeedbackResult.RECORDED or FeedbackResult.CHANGED
