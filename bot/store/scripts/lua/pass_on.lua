-- lib: clock, schedule, line, withdraw
-- A question is withdrawn: the words that its message was edited into get its message and its place in line, once.
-- Returns the ts of a message that nobody takes over, or ''.
local function is_research(words)
    return words and cjson.decode(words).research or false
end

local now_owned_by, ts, placeholder, place, message, response, into, fresh, awaits, passed, old_words = unpack(
    redis.call('HMGET', question_key, 'owner', 'ts', 'placeholder', 'place', 'message', 'response', 'into', 'fresh',
        'awaits', 'passed', 'question'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
local next_id = redis.call('HGET', origin_key, 'revision')
if not next_id or next_id == question_id then
    line_leave(line_key, own_key, question_id)
    return ts or ''
end
local next_key = question_prefix .. next_id
local withdrawn, state, new_words = unpack(redis.call('HMGET', next_key, 'withdrawn', 'state', 'question'))
if state and opened_for_nothing(message or response, into, fresh) then
    redis.call('HSET', next_key, 'fresh', 1)
end
-- Of several edits, words in between pass on only what has come to them. Words that were asked after a withdrawal
-- wait for nothing, and may be posting a message of their own.
if passed or awaits or withdrawn or state ~= State.RECEIVED or redis.call('HEXISTS', next_key, 'owner') == 1 then
    line_leave(line_key, own_key, question_id)
    return ts or ''
end
redis.call('HSET', question_key, 'passed', 1)
redis.call('HDEL', next_key, 'awaits')
if is_research(new_words) == is_research(old_words) then
    line_replace(line_key, own_key, question_id, next_id)
else -- they wait for a token of another limit
    line_leave(line_key, own_key, question_id)
end
if ts and ts ~= '' then
    if placeholder == Placeholder.CHOOSING_SPACE then
        placeholder = '' -- its buttons are those of the old words
    end
    redis.call('HSET', next_key, 'ts', ts, 'placeholder', placeholder or '', 'place', place or 0)
    redis.call('HDEL', question_key, 'ts')
end
schedule(due_key, now_ms(), next_id)
return ''
