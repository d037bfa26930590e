-- lib: clock, thread
-- The root message of an answer that was private is posted: its thread is ours now. It takes the conversation over
-- if nothing else was asked there; otherwise what was said in private stays there, and a new one begins.
if redis.call('HGET', job_key, 'owner') ~= owner then
    return LEASE_LOST
end
redis.call('HSET', job_key, 'thread', thread, 'tries', 1) -- still leased, now for the next part
add_question(thread_key, latest_key, job_id, asker, thread)
if count_questions(private_thread_key) <= 1
    and redis.call('HGET', private_thread_key, 'conversation') == conversation then
    redis.call('HSET', thread_key, 'space', space, 'conversation', conversation,
        'conversation:' .. conversation, space)
    begin_anew(private_thread_key)
end
local chart = redis.call('HGET', private_thread_key, 'chart')
if chart then
    redis.call('HSET', thread_key, 'chart', chart) -- the shared answer looks as its asker sees it
end
return 1
