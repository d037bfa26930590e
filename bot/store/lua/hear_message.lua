-- Return what decides whether a message in a thread is a question, and keep that its writer has written.
-- Returns nothing for a thread in which the bot has no part, else {1 if the message is a question already, which
-- replies the thread takes, the writer's choice, 1 if the writer has asked here, 1 if the message is the first that
-- may answer a question of Genie's, 1 if others have written since the last answer}.
if redis.call('EXISTS', thread_key) == 0 then
    return {}
end
local replies, choice, has_asked =
    unpack(redis.call('HMGET', thread_key, 'replies', 'choice:' .. writer, 'asker:' .. writer))
local asked_back, answered_by, one, other =
    unpack(redis.call('HMGET', talk_key, 'asked_back', 'answered_by', 'one', 'other'))
if asked_back and has_asked and may_answer and not answered_by then
    answered_by = ts
    redis.call('HSET', talk_key, 'answered_by', ts)
end
local others_wrote = (one and one ~= writer) or (other and other ~= writer)
-- Two names are enough: then for everybody somebody else has written.
if to_people and one ~= writer and other ~= writer and not (one and other) then
    redis.call('HSET', talk_key, one and 'other' or 'one', writer)
    redis.call('PEXPIRE', talk_key, THREAD_LIFETIME)
end
return {
    redis.call('EXISTS', question_key), replies or '', choice or '', has_asked and 1 or 0,
    asked_back and answered_by == ts and 1 or 0, others_wrote and 1 or 0,
}
