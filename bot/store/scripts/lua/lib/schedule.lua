-- The schedule: a sorted set of ids of questions and jobs by the time (ms) of their next step.

-- Make `id` due at a time. An emptied set is a new key to Redis, so its lifetime is set each time.
local function schedule(due, at, id)
    redis.call('ZADD', due, at, id)
    redis.call('PEXPIRE', due, QUESTION_LIFETIME)
end
