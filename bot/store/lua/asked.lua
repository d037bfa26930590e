-- Genie has the question: save where. KEYS: question, due, message, thread, no_charts,
-- conversation, line.
-- ARGV: id, owner, space, conversation, message, '1' if found again and not answered by the POST itself,
-- ms until the first look, lifetimes of a question, of a thread and of no_charts.
-- Returns 1; 0 if overtaken; -1 if that message belongs to another question, or to an earlier try of this one.
local owner, earlier, epoch, plain = unpack(redis.call('HMGET', KEYS[1], 'owner', 'message', 'epoch', 'plain'))
if owner ~= ARGV[2] then
    return 0
end
if ARGV[6] == '1' then
    if earlier == ARGV[5] then
        return -1
    end
    redis.call('SET', KEYS[3], ARGV[1], 'NX', 'PX', ARGV[8])
    if redis.call('GET', KEYS[3]) ~= ARGV[1] then
        return -1
    end
else
    redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[8])
end
redis.call('SET', KEYS[6], ARGV[1], 'PX', ARGV[8])
local now = now_ms()
redis.call('HSET', KEYS[1], 'state', 'asked', 'space', ARGV[3], 'conversation', ARGV[4], 'message', ARGV[5],
    'asked_at', now, 'looks', 0, 'tries', 0, 'setbacks', 0)
redis.call('HDEL', KEYS[1], 'owner', 'held_until')
redis.call('HSET', KEYS[4], 'conversation:' .. ARGV[4], ARGV[3])
-- Somebody who began anew meanwhile does not get the old conversation back.
if (redis.call('HGET', KEYS[4], 'epoch') or '0') == (epoch or '0') then
    redis.call('HSET', KEYS[4], 'space', ARGV[3], 'conversation', ARGV[4])
    redis.call('HDEL', KEYS[4], 'fresh')
end
redis.call('PEXPIRE', KEYS[4], ARGV[9])
if plain == '1' then
    redis.call('SET', KEYS[5], 1, 'PX', ARGV[10]) -- it was refused with the wish for a chart, and taken without
end
redis.call('ZREM', KEYS[7], ARGV[1]) -- a predecessor may have died on the way back into the line
schedule(KEYS[2], now + tonumber(ARGV[7]), ARGV[1])
return 1
