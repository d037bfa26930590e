-- lib: clock, schedule, lease, thread
-- Genie has the question: save where. With `found` its message was looked up in Genie's lists. Research has a response in
-- place of a message as long as it runs, and keeps its lease.
-- Returns 1, 0 if that message belongs to another question or to an earlier attempt of this one, and whether the person
-- who asked looks at the Home tab.
local id_field = research and 'response' or 'message'
local now_owned_by, earlier, epoch, plain, asked_as =
    unpack(redis.call('HMGET', question_key, 'owner', id_field, 'epoch', 'plain', 'asked_as'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
if found then
    if earlier == message then
        return {0, 0}
    end
    redis.call('SET', message_key, question_id, 'NX', 'PX', QUESTION_LIFETIME)
    if redis.call('GET', message_key) ~= question_id then
        return {0, 0}
    end
else
    redis.call('SET', message_key, question_id, 'PX', QUESTION_LIFETIME)
end
redis.call('SET', conversation_key, question_id, 'PX', QUESTION_LIFETIME)
local now = now_ms()
redis.call('HSET', question_key, 'state', State.ASKED, 'space', space, 'conversation', conversation,
    id_field, message, 'asked_at', now, 'polls', 0, 'failures_in_a_row', 0, 'lost_at', 0)
if research then
    redis.call('HSET', question_key, 'held_until', now + poll_in_ms)
else
    end_lease(question_key)
end
begin_step(question_key)
if not is_apart(thread_key, asked_as or '') then
    note_conversation(thread_key, conversation, space, asked_as or '')
    -- A thread that began anew meanwhile does not get the old conversation back.
    if (redis.call('HGET', thread_key, 'epoch') or '0') == (epoch or '0') then
        go_on_in(thread_key, conversation, space, asked_as or '', research)
        redis.call('HDEL', thread_key, 'fresh')
        if redis.call('HGET', thread_key, 'reused') == question_id then -- it was asked by itself after all
            redis.call('HDEL', thread_key, 'reused')
        end
    end
end
redis.call('PEXPIRE', thread_key, THREAD_LIFETIME)
if plain == '1' and not found then
    -- The question was refused with the wish for a chart, and taken without.
    redis.call('SET', no_charts_key, 1, 'PX', NO_CHARTS_LIFETIME)
end
redis.call('ZREM', line_key, question_id) -- a worker may have died on the way back into the line
schedule(due_key, now + poll_in_ms, question_id)
return {1, redis.call('EXISTS', home_key)}
