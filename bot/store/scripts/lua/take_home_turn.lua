-- lib: clock, bucket
-- Take the turn to publish a Home tab, together with a token, for what has changed `ms_ago`, and not earlier
-- than `pause_ms` after the publication before.
-- Returns {1 if taken, ms until the turn may be free, ms until a token is}; {0, 0, 0} if there is nothing to publish:
-- the tab is not open, or was published after that change.
local PUBLISHING_MS = 50 -- after which a publication that is under way may have ended
local begun = tonumber(redis.call('GET', home_key) or nil)
local now = now_ms()
-- One more ms, since both times are rounded down.
if not begun or now - begun + 1 < ms_ago then
    return {0, 0, 0}
end
local turn_wait = math.max(redis.call('EXISTS', turn_key) * PUBLISHING_MS, begun + pause_ms - now)
local token_wait = bucket_wait(grants_key, closed_key, capacity, window_ms, now)
if turn_wait > 0 or token_wait > 0 then
    return {0, math.max(turn_wait, 0), token_wait}
end
bucket_take(grants_key, capacity, window_ms, now)
redis.call('SET', turn_key, 1, 'PX', HOME_TURN_LIFETIME)
redis.call('SET', home_key, now, 'KEEPTTL')
return {1, 0, 0}
