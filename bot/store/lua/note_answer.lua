-- A thread gets an answer: who writes from now on is noticed anew.
redis.call('DEL', talk_key)
if asked_back then
    redis.call('HSET', talk_key, 'asked_back', '1')
    redis.call('PEXPIRE', talk_key, THREAD_LIFETIME)
end
return 1
