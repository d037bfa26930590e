-- Close a bucket for everybody. KEYS: closed. ARGV: ms. A longer closure stays.
local now = now_ms()
local till = math.max(now + tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or 0))
redis.call('SET', KEYS[1], till, 'PX', till - now + 1000)
return till - now
