-- lib: clock, schedule, lease, thread
-- The root message of an answer that was private is posted: its thread is ours now, and the job's record becomes
-- that of the question which shows the answer there. The thread takes the conversation over if it may and nothing else was
-- asked in private; otherwise what was said in private stays there, and a new one begins. It stands in the line of its
-- thread, so that the results of a report follow in their order.
if redis.call('HGET', job_key, 'owner') ~= owner then
    return LEASE_LOST
end
redis.call('HDEL', job_key, 'job', 'stage')
redis.call('HSET', job_key, 'question', question, 'state', State.ANSWERED, 'thread', thread, 'text', text,
    'space', space, 'conversation', conversation, 'message', message, 'asked_as', asked_as, 'into', into,
    'after', after, 'response', response, 'content', content, 'status', status)
end_lease(job_key)
begin_step(job_key)
add_question(thread_key, latest_key, job_id, asker, thread, nil, research)
redis.call('RPUSH', thread_line_key, job_id)
redis.call('PEXPIRE', thread_line_key, QUESTION_LIFETIME)
note_owner(thread_key, asker)
if may_move and count_questions(private_thread_key) <= 1
    and redis.call('HGET', private_thread_key, conversation_field(private_thread_key, space, research)) == conversation then
    go_on_in(thread_key, conversation, space, asked_as, research)
    note_conversation(thread_key, conversation, space, asked_as)
    begin_anew(private_thread_key)
end
if redis.call('HEXISTS', private_thread_key, 'reused') == 1 then -- its conversation is another thread's
    redis.call('HSET', thread_key, 'reused', job_id)
end
redis.call('HSETNX', thread_key, 'space', space) -- what is asked below the answer goes on there
local chart = redis.call('HGET', private_thread_key, 'chart')
if chart then
    redis.call('HSET', thread_key, 'chart', chart) -- the shared answer looks as its asker sees it
end
schedule(due_key, now_ms(), job_id)
return 1
