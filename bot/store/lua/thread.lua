-- What a thread remembers, as a hash: its current 'conversation' with its 'space', the 'chart' that people want
-- in it, the channel in which it was 'asked_in' if it is private, and for each of its
-- questions 'question:<id>', 'asker:<team>.<user>' and 'conversation:<id>'. Whoever begins anew raises its
-- 'epoch', so that a question on its way does not bring the old conversation back. Prefixed to every script.

local function begin_anew(thread, lifetime)
    redis.call('HINCRBY', thread, 'epoch', 1)
    redis.call('HDEL', thread, 'conversation')
    redis.call('PEXPIRE', thread, lifetime)
end

-- A question belongs to a thread, which is its asker's latest one.
local function belongs(thread, latest, id, asker, ts, lifetime)
    redis.call('HSETNX', thread, 'opened_at', now_ms())
    redis.call('HDEL', thread, 'forgotten')
    redis.call('HSET', thread, 'question:' .. id, '', 'asker:' .. asker, '')
    redis.call('PEXPIRE', thread, lifetime)
    redis.call('SET', latest, ts, 'PX', lifetime)
end

-- How many questions a thread has had.
local function asked_in(thread)
    local questions = 0
    for _, field in ipairs(redis.call('HKEYS', thread)) do
        questions = questions + (string.sub(field, 1, 9) == 'question:' and 1 or 0)
    end
    return questions
end
