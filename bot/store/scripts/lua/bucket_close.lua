-- lib: clock
-- Close a bucket for everybody. A longer closure stays.
local now = now_ms()
local till = math.max(now + ms, tonumber(redis.call('GET', closed_key) or 0))
redis.call('SET', closed_key, till, 'PX', till - now + 1000)
return till - now
