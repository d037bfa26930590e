-- The schedule: a sorted set of ids of questions and jobs by the time (ms) of their next step.

-- Make `id` due at a time. An emptied set is a new key to Redis, so its lifetime is set each time.
local function schedule(due, at, id)
    redis.call('ZADD', due, at, id)
    redis.call('PEXPIRE', due, QUESTION_LIFETIME)
end

-- Make `id` due at once or, while a worker has its lease, as soon as that is given back.
local function recall(due, key, id)
    if tonumber(redis.call('HGET', key, 'held_until') or 0) > now_ms() then
        redis.call('HSET', key, 'recalled', 1)
    else
        schedule(due, now_ms(), id)
    end
end
