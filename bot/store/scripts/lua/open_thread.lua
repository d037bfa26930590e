-- lib: clock, lease, thread
-- The message that opens a thread for a question is posted: its thread is ours now.
local now_owned_by, question, scheduled = unpack(redis.call('HMGET', question_key, 'owner', 'question', 'scheduled'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
redis.call('HSET', question_key, 'thread', thread)
begin_step(question_key) -- still leased, now for the next part
add_question(thread_key, not scheduled and latest_key, question_id, asker, thread, nil, cjson.decode(question).research)
note_owner(thread_key, asker)
if asked_in ~= '' then -- it was asked privately, in another channel
    redis.call('HSET', thread_key, 'asked_in', asked_in, 'asked_thread', asked_thread)
    if not scheduled then
        redis.call('SET', latest_there_key, channel .. ' ' .. thread, 'PX', THREAD_LIFETIME)
    end
    if asked_thread ~= '' then
        redis.call('HSET', asked_thread_key, 'private:' .. asker, thread)
        redis.call('PEXPIRE', asked_thread_key, THREAD_LIFETIME)
    end
end
redis.call('LREM', thread_line_key, 0, question_id)
redis.call('RPUSH', thread_line_key, question_id)
redis.call('PEXPIRE', thread_line_key, QUESTION_LIFETIME)
return 1
