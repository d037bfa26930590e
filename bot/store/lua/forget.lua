-- Forget a thread: the texts of its questions at once, its conversations in Databricks as soon as a worker can.
-- KEYS: order, due, thread, thread_line. ARGV: id of the order, order as JSON ('' only asks whether that may
-- be), asker, lifetimes of a question and of a thread, prefix of question keys.
-- Returns 'accepted'; 'busy' while a question is being answered; 'stranger' if the asker asked nothing here;
-- 'already' if it is forgotten.
local held = redis.call('HGETALL', KEYS[3])
local questions, conversations, seen = {}, {}, {}
for i = 1, #held, 2 do
    seen[held[i]] = held[i + 1]
    local kind, id = string.match(held[i], '^(%l+):(.+)$')
    if kind == 'question' then
        questions[#questions + 1] = id
    elseif kind == 'conversation' then
        conversations[#conversations + 1] = {held[i + 1], id}
    end
end
if seen['forgotten'] then
    return 'already'
end
if not seen['asker:' .. ARGV[3]] then
    return 'stranger'
end
local busy = redis.call('LLEN', KEYS[4]) > 0
for _, id in ipairs(questions) do
    busy = busy or redis.call('ZSCORE', KEYS[2], id)
end
if busy then
    return 'busy'
end
if ARGV[2] == '' then
    return 'accepted'
end
for _, id in ipairs(questions) do
    local key = ARGV[6] .. id
    if redis.call('EXISTS', key) == 1 then -- what stays keeps Slack from handing the question in again
        redis.call('HDEL', key, 'question', 'text', 'note', 'said', 'files', 'space', 'conversation', 'message',
            'into')
        redis.call('HSET', key, 'state', 'delivered')
        redis.call('DEL', key .. ':ratings')
    end
end
local now = now_ms()
redis.call('DEL', KEYS[3])
redis.call('HSET', KEYS[3], 'opened_at', now, 'epoch', (tonumber(seen['epoch']) or 0) + 1, 'forgotten', now)
redis.call('PEXPIRE', KEYS[3], ARGV[5])
local left = #conversations > 0 and cjson.encode(conversations) or '[]'
redis.call('HSET', KEYS[1], 'question', ARGV[2], 'state', 'forgetting', 'received_at', now, 'left', left)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
schedule(KEYS[2], now, ARGV[1])
return 'accepted'
