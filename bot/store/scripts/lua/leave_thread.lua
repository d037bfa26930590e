-- Take a question whose asker is not answered out of its thread; one that has no other question is forgotten.
local owner = redis.call('HGET', thread_key, 'owner')
local others, asked = false, false
redis.call('HDEL', thread_key, 'question:' .. question_id)
for _, field in ipairs(redis.call('HKEYS', thread_key)) do
    others = others or string.sub(field, 1, 9) == 'question:'
    asked = asked or string.sub(field, 1, 13) == 'conversation:'
end
if redis.call('GET', latest_key) == thread then
    redis.call('DEL', latest_key)
end
if owner ~= asker then
    redis.call('HDEL', thread_key, 'asker:' .. asker)
elseif not asked then
    redis.call('HDEL', thread_key, 'asker:' .. asker, 'owner')
end
if not others then
    redis.call('DEL', thread_key)
end
return 1
