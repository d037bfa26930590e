-- lib: clock, schedule, sign_in
-- A person has signed out: what waits for a sign-in, and what runs into the want of one, ends.
redis.call('SET', signed_out_key, now_ms(), 'PX', SIGNED_OUT_LIFETIME)
return make_due(waiting_key, due_key, question_prefix, false)
