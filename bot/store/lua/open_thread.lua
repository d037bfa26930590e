-- The root message of a slash command stands: its thread is ours now. KEYS: question, thread, thread_line,
-- latest, latest where it was asked privately. ARGV: id, owner, thread, lifetime of a question, lifetime of a
-- thread, asker, the channel in which it was asked privately or '', its own channel. Returns 1, or 0 if overtaken.
if redis.call('HGET', KEYS[1], 'owner') ~= ARGV[2] then
    return 0
end
redis.call('HSET', KEYS[1], 'thread', ARGV[3], 'tries', 1) -- still held, now for the next part
belongs(KEYS[2], KEYS[4], ARGV[1], ARGV[6], ARGV[3], ARGV[5])
if ARGV[7] ~= '' then
    redis.call('HSET', KEYS[2], 'asked_in', ARGV[7])
    redis.call('SET', KEYS[5], ARGV[8] .. ' ' .. ARGV[3], 'PX', ARGV[5])
end
redis.call('LREM', KEYS[3], 0, ARGV[1])
redis.call('RPUSH', KEYS[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
return 1
