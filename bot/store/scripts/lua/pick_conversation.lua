-- lib: clock, thread
-- Save in which conversation of its space a question is about to be asked, and `asked_as` whom: empty for the bot itself. It goes on
-- with what was asked with the same rights alone, and a person's question changes nothing in the thread of another one.
-- Returns {conversation or '' for a new one, 1 if the space is known to refuse charts, the question that goes before it to
-- Genie or ''}: that is one of its thread whose answer was another's, where it is the first to go on from that.
if redis.call('HGET', question_key, 'owner') ~= owner then
    return LEASE_LOST
end
if asked_as ~= '' then
    note_owner(thread_key, asked_as)
end
local apart = is_apart(thread_key, asked_as)
local field = conversation_field(thread_key, space, research)
if fresh and research and not apart then
    redis.call('HDEL', thread_key, field) -- what was said in chat mode goes on
elseif fresh and not apart then
    begin_anew(thread_key)
end
local conversation, epoch, before = unpack(redis.call('HMGET', thread_key, field, 'epoch', 'asked_as'))
if conversation and field ~= 'conversation' then
    before = redis.call('HGET', thread_key, 'rights:' .. conversation)
end
local goes_on = conversation and not apart and (before or '') == asked_as
local into = goes_on and conversation or ''
local reused = into == '' and not apart and field == 'conversation' and redis.call('HGET', thread_key, 'reused')
local after = ''
if reused and reused ~= question_id then
    local text, withdrawn = unpack(redis.call('HMGET', question_prefix .. reused, 'text', 'withdrawn'))
    after = not withdrawn and text or ''
end
redis.call('HSET', question_key, 'into', into, 'epoch', epoch or '0', 'asked_as', asked_as)
if after == '' then
    redis.call('HDEL', question_key, 'after')
else
    redis.call('HSET', question_key, 'after', after)
end
return {into, redis.call('PEXPIRE', no_charts_key, NO_CHARTS_LIFETIME), after}
