-- lib: clock, schedule, lease, job, audit
-- Forget a thread: the texts of its questions at once, its conversations in Databricks as soon as a worker can.
-- With `only_check` nothing changes and the result says whether it may be.
local stored = redis.call('HGETALL', thread_key)
local questions, conversations, watches, seen = {}, {}, {}, {}
for i = 1, #stored, 2 do
    seen[stored[i]] = stored[i + 1]
    local kind, of = string.match(stored[i], '^(%l+):(.+)$')
    if kind == 'question' then
        questions[#questions + 1] = of
    elseif kind == 'conversation' then
        conversations[#conversations + 1] = {stored[i + 1], of}
    elseif kind == 'watch' then
        watches[#watches + 1] = of
    end
end
if seen['forgotten'] then
    return EnqueueResult.ALREADY
end
if not seen['asker:' .. asker] or (owned and (seen['owner'] or asker) ~= asker) then
    return EnqueueResult.UNKNOWN_THREAD
end
local busy = redis.call('LLEN', thread_line_key) > 0
for _, question in ipairs(questions) do
    busy = busy or redis.call('ZSCORE', due_key, question)
end
if busy then
    return EnqueueResult.BUSY
end
if only_check then
    return EnqueueResult.ACCEPTED
end
for _, question in ipairs(questions) do
    local key = question_prefix .. question
    if redis.call('EXISTS', key) == 1 then -- what stays keeps Slack from handing the question in again
        forget_audit_content(key, audit_prefix, question)
        redis.call('HDEL', key, 'question', 'text', 'note', 'files', 'space', 'conversation', 'message',
            'into', 'response', 'content', 'after', 'reused', 'reused_at')
        redis.call('HSET', key, 'state', State.DELIVERED)
        redis.call('DEL', key .. ':ratings', key .. ':review')
    end
end
for _, watch in ipairs(watches) do
    redis.call('DEL', watch_prefix .. watch) -- it is due no more: without it an id is nothing
end
for _, each in ipairs(conversations) do
    if (seen['rights:' .. each[2]] or '') ~= (owned and asker or '') then
        each[3] = 'others' -- asked before it was changed as whom the bot asks: it may not be seen now
    end
end
local now = now_ms()
redis.call('DEL', thread_key, talk_key)
redis.call('HSET', thread_key, 'opened_at', now, 'epoch', (tonumber(seen['epoch']) or 0) + 1, 'forgotten', now)
redis.call('PEXPIRE', thread_key, THREAD_LIFETIME)
local left = #conversations > 0 and cjson.encode(conversations) or '[]'
redis.call('HSET', job_key, 'left', left, 'reused', seen['reused'] and 1 or 0)
put_job(job_key, due_key, job_id, job)
return EnqueueResult.ACCEPTED
