-- lib: clock, schedule, sign_in
-- A person has signed in: keep the new grant, in place of any other, and let what waits for it go on. In one step, so
-- that nothing goes on before the grant is there, and nothing waits on where a process is killed after it.
redis.call('HSET', grant_key, 'sign_in', sign_in, 'encrypted', encrypted)
redis.call('PEXPIRE', grant_key, GRANT_LIFETIME)
redis.call('DEL', signed_out_key)
return make_due(waiting_key, due_key, question_prefix, true)
