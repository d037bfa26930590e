-- lib: clock, bucket
-- Take one token, if `spare` others are left then. Returns 0, or ms to wait.
local now = now_ms()
local wait = bucket_wait(grants_key, closed_key, capacity - spare, window_ms, now)
if wait == 0 then
    bucket_take(grants_key, capacity, window_ms, now)
end
return wait
