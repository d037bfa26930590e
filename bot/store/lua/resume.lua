-- Look again for an answer that missed its deadline. KEYS: question, due. ARGV: id.
-- Returns 'resumed'; 'running' if that, or more, has happened already; 'gone' if the question is forgotten.
local state, question = unpack(redis.call('HMGET', KEYS[1], 'state', 'question'))
if not question then
    return 'gone'
end
if state ~= 'overdue' then
    return 'running'
end
local now = now_ms()
-- Whoever is still about to end it is overtaken.
redis.call('HDEL', KEYS[1], 'owner', 'held_until')
redis.call('HSET', KEYS[1], 'state', 'asked', 'asked_at', now, 'looks', 0, 'tries', 0, 'said', '')
schedule(KEYS[2], now, ARGV[1])
return 'resumed'
