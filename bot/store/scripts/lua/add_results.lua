-- lib: clock, schedule
-- The report of research is shown: each of its results is a question of its own that only has to be shown. It stands
-- behind the one before it in the line of the thread, and before what was asked there meanwhile.
-- Returns how many were added, none if they are there already.
if redis.call('HGET', question_key, 'owner') ~= owner then
    return LEASE_LOST
end
local names = {'thread', 'space', 'conversation', 'message', 'asked_as'}
local values = redis.call('HMGET', question_key, unpack(names))
local before, added = question_id, 0
for i = 1, #fields, 2 do
    local id, question = fields[i], fields[i + 1]
    local key = question_prefix .. id
    if redis.call('EXISTS', key) == 0 then
        redis.call('HSET', key, 'question', question, 'text', cjson.decode(question).text, 'state', State.ANSWERED,
            'received_at', now_ms())
        for n, name in ipairs(names) do
            redis.call('HSET', key, name, values[n] or '')
        end
        redis.call('PEXPIRE', key, QUESTION_LIFETIME)
        redis.call('HSET', thread_key, 'question:' .. id, question_id) -- as what is edited, it counts once with its research
        if redis.call('LINSERT', thread_line_key, 'AFTER', before, id) <= 0 then
            schedule(due_key, now_ms(), id) -- the research missed its deadline, and stands in no line any more
        end
        added = added + 1
    end
    before = id
end
return added
