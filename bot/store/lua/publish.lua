-- The root message of an answer that was private stands: its thread is ours now, and takes the conversation over
-- if nothing else was asked in it; otherwise what was said in private stays there, and a new one begins.
-- KEYS: order, public thread, latest, private thread. ARGV: id, owner, thread, lifetime of a thread, asker,
-- space, conversation. Returns 1, or 0 if overtaken.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return 0
end
redis.call('HSET', KEYS[1], 'thread', ARGV[3], 'tries', 1) -- still held, now for the next part
belongs(KEYS[2], KEYS[3], ARGV[1], ARGV[5], ARGV[3], ARGV[4])
if asked_in(KEYS[4]) <= 1 and redis.call('HGET', KEYS[4], 'conversation') == ARGV[7] then
    redis.call('HSET', KEYS[2], 'space', ARGV[6], 'conversation', ARGV[7], 'conversation:' .. ARGV[7], ARGV[6])
    begin_anew(KEYS[4], ARGV[4])
end
local chart = redis.call('HGET', KEYS[4], 'chart')
if chart then
    redis.call('HSET', KEYS[2], 'chart', chart) -- what is shared looks as whoever shares it sees it
end
return 1
