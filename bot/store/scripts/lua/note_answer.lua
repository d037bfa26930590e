-- A thread gets an answer: who writes from now on is noticed anew. Kept are when the last message before was written,
-- and who has written until then.
local heard, one, other, one_before, other_before =
    unpack(redis.call('HMGET', talk_key, 'heard', 'one', 'other', 'one_before', 'other_before'))
redis.call('DEL', talk_key)

local function keep(field, value)
    if value then
        redis.call('HSET', talk_key, field, value)
        redis.call('PEXPIRE', talk_key, THREAD_LIFETIME)
    end
end

local before = {}
for _, writer in ipairs({one_before or '', other_before or '', one or '', other or ''}) do
    if writer ~= '' and writer ~= before[1] and #before < 2 then
        before[#before + 1] = writer
    end
end
keep('asked_back', asked_back and '1')
keep('heard', heard)
keep('answered_after', heard)
keep('one_before', before[1])
keep('other_before', before[2])
return 1
