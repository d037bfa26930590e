-- Keep what somebody thinks of an answer, and leave an order to tell Genie. KEYS: question, ratings, order, due.
-- ARGV: who and by what means, Slack's time of it, the rating, a comment, lifetime, id of the order, order as JSON.
-- A rating that was taken back stays as NONE, so that an event that comes late does not bring it back.
-- Returns 'taken'; 'changed' if another rating stood there; 'already' if that changes nothing; 'unknown' if
-- there is no such answer (any more).
local voice, at, rating, comment = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('HEXISTS', KEYS[1], 'question') == 0 or redis.call('HEXISTS', KEYS[1], 'message') == 0 then
    return 'unknown'
end
local stood_at, stood, words = string.match(redis.call('HGET', KEYS[2], voice) or '0 NONE ', '^(%d+) (%u+) (.*)$')
if tonumber(at) <= tonumber(stood_at) then
    return 'already'
end
local same = stood == rating and (comment == '' or comment == words)
if not same or rating == 'NONE' then
    redis.call('HSET', KEYS[2], voice, at .. ' ' .. rating .. ' ' .. comment)
    redis.call('PEXPIRE', KEYS[2], ARGV[5])
end
if same then
    return 'already'
end
redis.call('HSET', KEYS[3], 'question', ARGV[7], 'state', 'rated', 'received_at', now_ms())
redis.call('PEXPIRE', KEYS[3], ARGV[5])
schedule(KEYS[4], now_ms(), ARGV[6])
return stood == 'NONE' and 'taken' or 'changed'
