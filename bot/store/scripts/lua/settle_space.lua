-- lib: clock, thread
-- Save in which space a question is asked; its thread goes on there if it is the thread's own.
if redis.call('HGET', question_key, 'owner') ~= owner then
    return LEASE_LOST
end
redis.call('HSET', question_key, 'space', space)
if own then
    take_space(thread_key, space)
end
return 1
