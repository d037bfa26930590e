-- Agent mode is switched off: research becomes a question for chat mode, whose answer begins with a note, and so do the
-- replies in a thread that began with it.
local now_owned_by, withdrawn = unpack(redis.call('HMGET', question_key, 'owner', 'withdrawn'))
if now_owned_by ~= owner then
    return LEASE_LOST
elseif withdrawn then
    return NOT_WANTED
end
redis.call('HSET', question_key, 'question', question, 'note', note)
return redis.call('HDEL', thread_key, 'research')
