-- lib: clock, schedule
-- A question is withdrawn: the words that its message was edited into get its message and its place in line.
-- Returns the ts of a message that nobody takes over, or ''.
local now_owned_by, ts, placeholder, place, message, into, awaits = unpack(
    redis.call('HMGET', question_key, 'owner', 'ts', 'placeholder', 'place', 'message', 'into', 'awaits'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
local score = redis.call('ZSCORE', line_key, question_id)
redis.call('ZREM', line_key, question_id)
local next_id = redis.call('HGET', origin_key, 'revision')
if not next_id or next_id == question_id then
    return ts or ''
end
local next_key = question_prefix .. next_id
local has_ts, withdrawn, state = unpack(redis.call('HMGET', next_key, 'ts', 'withdrawn', 'state'))
if message and into == '' and state then
    redis.call('HSET', next_key, 'fresh', 1) -- the conversation holds nothing but the old words
end
if state ~= State.RECEIVED or withdrawn then
    return ts or ''
end
if awaits and not ts then
    return '' -- words in between: the first ones pass on to the last ones
end
redis.call('HDEL', next_key, 'awaits')
if score and not redis.call('ZSCORE', line_key, next_id) then
    redis.call('ZADD', line_key, score, next_id)
    redis.call('PEXPIRE', line_key, LINE_LIFETIME) -- an emptied line is a new key to Redis
end
if not redis.call('ZSCORE', due_key, next_id) then
    schedule(due_key, now_ms(), next_id)
end
if not ts or ts == '' or has_ts then
    return ts or ''
end
redis.call('HSET', next_key, 'ts', ts, 'placeholder', placeholder or '', 'place', place or 0)
redis.call('HDEL', question_key, 'ts')
return ''
