-- The schedule: a sorted set of question ids by the time (ms) of their next step. Prefixed to every script.
local SCHEDULE_LIFETIME = 7 * 24 * 3600 * 1000

-- Make `id` due at a time. An emptied set is a new key to Redis, so its lifetime is set each time.
local function schedule(due, at, id)
    redis.call('ZADD', due, at, id)
    redis.call('PEXPIRE', due, SCHEDULE_LIFETIME)
end
