-- Count the tokens that are out. KEYS: grants. ARGV: window.
local since, used = now_ms() - tonumber(ARGV[1]), 0
for _, taken in ipairs(redis.call('LRANGE', KEYS[1], 0, -1)) do
    if tonumber(taken) > since then
        used = used + 1
    end
end
return used
