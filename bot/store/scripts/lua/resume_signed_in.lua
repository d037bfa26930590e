-- lib: clock, schedule, sign_in
-- A person has signed in: what waits for that goes on.
redis.call('DEL', signed_out_key)
return make_due(waiting_key, due_key, question_prefix, true)
