-- lib: clock, bucket
-- Count the calls made lately under a limit that the server does not publish; -1 for a while after a complaint.
if redis.call('EXISTS', complaint_key) == 1 then
    return -1
end
local now = now_ms()
return bucket_used(quick_grants_key, quick_window_ms, now) + bucket_used(slow_grants_key, slow_window_ms, now)
