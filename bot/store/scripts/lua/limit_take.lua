-- lib: clock, bucket
-- Take one token of a limit that the server does not publish: for a while after a complaint of a slower bucket.
-- Returns 0, or ms to wait.
local grants, closed, most, window = quick_grants_key, quick_closed_key, quick_capacity, quick_window_ms
if redis.call('EXISTS', complaint_key) == 1 then
    grants, closed, most, window = slow_grants_key, slow_closed_key, slow_capacity, slow_window_ms
end
local now = now_ms()
local wait = bucket_wait(grants, closed, most, window, now)
if wait == 0 then
    bucket_take(grants, most, window, now)
end
return wait
