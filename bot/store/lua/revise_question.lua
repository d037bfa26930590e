-- lib: clock, schedule, thread, waiting, withdraw
-- The message of a question was edited: its new words are a question that takes the place of the old one.
local revision, edited_before = unpack(redis.call('HMGET', origin_key, 'revision', 'edited_at'))
local old_id = revision or origin_id
local old_key = question_prefix .. old_id
local old, asked, ts, state = unpack(redis.call('HMGET', old_key, 'question', 'message', 'ts', 'state'))
if redis.call('EXISTS', origin_key) == 0 then
    return Revised.UNKNOWN
end
-- Slack sends events again, and not always in order.
if edited_at < tonumber(edited_before or 0) then
    return Revised.UNCHANGED
end
if not old then
    if state ~= State.WITHDRAWN or edited_at == tonumber(edited_before or 0) then
        return Revised.UNCHANGED -- it is forgotten
    end
    -- All that is known is an edit by which it was no question any more.
    redis.call('DEL', origin_key)
    return Revised.UNKNOWN
end
redis.call('HSET', origin_key, 'edited_at', edited_at)
if cjson.decode(old).text == cjson.decode(question).text then
    return Revised.UNCHANGED
end
local waited = withdraw(question_prefix, due_key, old_id) ~= Withdrawn.ENDED
if not waited and (state ~= State.DELIVERED or asked) then
    if cjson.decode(question).notice then
        return Revised.ANSWERED
    end
    local since = edited_at - tonumber(redis.call('HGET', origin_key, 'offered_at') or 0)
    if since ~= 0 and since < OFFER_LIFETIME * 1000 then
        return Revised.OFFERED
    end
    redis.call('HSET', origin_key, 'offered_at', edited_at)
    return Revised.ANSWERED
end
local now = now_ms()
redis.call('HSET', question_key, 'question', question, 'state', State.RECEIVED, 'received_at', now,
    'written_at', written_at)
redis.call('PEXPIRE', question_key, QUESTION_LIFETIME)
redis.call('HSET', origin_key, 'revision', question_id)
add_question(thread_key, latest_key, question_id, asker, thread, origin_id)
note_asked(asked_key, question_id)
add_waiting(by_person_key, question_id) -- in place of the old words, which do not count any more
add_waiting(in_channel_key, question_id)
if waited then -- its turn comes with what the old words pass on
    redis.call('HSET', question_key, 'awaits', 1)
    if redis.call('LINSERT', thread_line_key, 'AFTER', old_id, question_id) < 1 then
        redis.call('RPUSH', thread_line_key, question_id)
    end
else -- Genie was not asked: the words that explain why are replaced
    redis.call('RPUSH', thread_line_key, question_id)
    if ts then
        redis.call('HSET', question_key, 'ts', ts)
    end
    schedule(due_key, now, question_id)
end
redis.call('PEXPIRE', thread_line_key, QUESTION_LIFETIME)
return Revised.REVISED
