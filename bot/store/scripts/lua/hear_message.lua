-- Return what decides about a message in a thread, and keep that its writer has written.
-- Returns nothing for a thread in which the bot has no part, or had none when it was written, else {1 if the message is
-- a question already, which replies the thread takes, the writer's choice, 1 if the writer has asked here, 1 if the
-- message is the first that may answer a question of Genie's, 1 if others have written since the last answer, 1 if
-- another person is the thread's owner, 1 if its writer has been told something about the message, 1 if the thread began
-- with research}.
-- One that comes again, or is edited, may be older than the last answer. Then all count who wrote in the thread before.
local replies, choice, has_asked, begun_at, owner, research = unpack(redis.call('HMGET', thread_key,
    'replies', 'choice:' .. writer, 'asker:' .. writer, 'begun_at', 'owner', 'research'))
if redis.call('EXISTS', thread_key) == 0 or written_at < tonumber(begun_at or 0) then
    return {}
end
local asked_back, answered_by, heard, answered_after =
    unpack(redis.call('HMGET', talk_key, 'asked_back', 'answered_by', 'heard', 'answered_after'))
local is_anothers = owned and owner and owner ~= writer
local is_late = written_at <= tonumber(answered_after or -1)
if asked_back and has_asked and may_answer and not is_anothers and not answered_by and not is_late then
    answered_by = ts
    redis.call('HSET', talk_key, 'answered_by', ts)
end
local names = is_late and {'one_before', 'other_before'} or {'one', 'other'}
local one, other = unpack(redis.call('HMGET', talk_key, unpack(names)))
local others_wrote = (one and one ~= writer) or (other and other ~= writer)
-- Two names are enough: then for everybody somebody else has written.
if to_people and one ~= writer and other ~= writer and not (one and other) then
    redis.call('HSET', talk_key, names[one and 2 or 1], writer)
end
redis.call('HSET', talk_key, 'heard', math.max(written_at, tonumber(heard or 0)))
redis.call('PEXPIRE', talk_key, THREAD_LIFETIME)
return {
    redis.call('EXISTS', question_key), replies or '', choice or '', has_asked and 1 or 0,
    asked_back and answered_by == ts and 1 or 0, others_wrote and 1 or 0, is_anothers and 1 or 0,
    redis.call('EXISTS', aside_key), research and 1 or 0,
}
