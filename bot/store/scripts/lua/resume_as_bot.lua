-- lib: clock, schedule, sign_in
-- The bot asks for everybody: nothing waits for a sign-in any more.
return make_all_due(due_key, due_key, question_prefix, true)
