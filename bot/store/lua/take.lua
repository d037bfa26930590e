-- Take one token. KEYS: grants, closed. ARGV: capacity, window. Returns 0, or ms to wait.
local capacity, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local now = now_ms()
local wait = bucket_wait(KEYS[1], KEYS[2], capacity, window, now)
if wait == 0 then
    bucket_take(KEYS[1], capacity, window, now)
end
return wait
