-- lib: clock, schedule, line, thread, thread_line, bucket, waiting
-- Store a question once and let it stand in the line of its thread. With `again` one that was withdrawn is another one.

if redis.call('EXISTS', question_key) == 1 then
    if not again or redis.call('HGET', question_key, 'state') ~= State.WITHDRAWN then
        return Receipt.DUPLICATE
    end
    redis.call('DEL', question_key)
end
if only_known_thread and redis.call('EXISTS', thread_key) == 0 then
    return Receipt.UNKNOWN_THREAD
end
local now = now_ms()
local function free()
    return bucket_free(grants_key, closed_key, capacity, window_ms, now)
end
if scheduled then -- it takes no room from what people ask, and is none of that
    redis.call('HSET', question_key, 'scheduled', 1)
elseif is_full(by_person_key, most_by_person, question_prefix, free, true) then
    return Receipt.TOO_MANY_BY_PERSON
elseif is_full(in_channel_key, most_in_channel, question_prefix, free, false) then
    return Receipt.TOO_MANY_IN_CHANNEL
else
    add_waiting(by_person_key, question_id)
    add_waiting(in_channel_key, question_id)
    note_asked(asked_key, question_id)
    note_recent(recent_key, question_id, question)
end
redis.call('HSET', question_key, 'question', question, 'state', State.RECEIVED, 'received_at', now,
    'written_at', written_at)
redis.call('PEXPIRE', question_key, QUESTION_LIFETIME)
local first_of_thread = true
if thread ~= '' then
    if redis.call('EXISTS', thread_key) == 0 then
        redis.call('HSET', thread_key, 'begun_at', written_at) -- what was written before was for others
    end
    add_question(thread_key, not scheduled and latest_key, question_id, asker, thread, nil, research)
    if for_genie then
        note_owner(thread_key, asker)
    end
    first_of_thread = stand_in_thread(thread_line_key, due_key, line_key, own_key, question_prefix, question_id,
        written_at, settle_ms, scheduled)
end
if first_of_thread then
    line_join(line_key, turns_key, own_key, clock_key, question_id, asker, written_at, false, scheduled)
end
schedule(due_key, now, question_id)
return Receipt.ACCEPTED
