-- lib: clock
-- Count the tokens that are out.
local since, used = now_ms() - window_ms, 0
for _, taken in ipairs(redis.call('LRANGE', grants_key, 0, -1)) do
    if tonumber(taken) > since then
        used = used + 1
    end
end
return used
