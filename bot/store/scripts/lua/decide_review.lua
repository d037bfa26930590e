-- lib: clock, schedule, lease, job, figures
-- Keep what an expert says about a question: the first one has it, for a day or until it is decided.
-- In one step with the job that tells of it, and with what is kept for those who ask the same.
local has, since, asker, state = unpack(redis.call('HMGET', review_key, 'expert', 'at', 'asker', 'state'))
if not state then
    return Decided.UNKNOWN
elseif asker == expert then
    return Decided.OWN
elseif state ~= ReviewState.OPEN and state ~= ReviewState.TAKEN then
    return Decided.ALREADY
end
local now = now_ms()
local is_held = state == ReviewState.TAKEN and now < tonumber(since) + REVIEW_TAKEN_LIFETIME
if is_held and (has ~= expert or to == ReviewState.TAKEN) then
    return Decided.HELD
end
redis.call('HSET', review_key, 'state', to, 'expert', expert, 'at', now, 'card', card, 'words', words, 'sql', sql)
redis.call('PEXPIRE', review_key, REVIEW_LIFETIME)
count(figures_key, 'review ' .. to, 1)
if confirmed ~= '' then
    redis.call('HSET', confirmed_key, 'confirmed', confirmed, 'by', expert, 'at', now)
    redis.call('PEXPIRE', confirmed_key, CONFIRMED_LIFETIME)
    redis.call('HSET', words_key, confirmed_id, same_words)
    redis.call('PEXPIRE', words_key, CONFIRMED_LIFETIME)
    redis.call('SADD', spaces_key, space)
    redis.call('PEXPIRE', spaces_key, CONFIRMED_LIFETIME)
end
redis.call('DEL', job_key) -- the same expert may have taken it before, and was told of then
put_job(job_key, due_key, job_id, job)
return Decided.DONE
