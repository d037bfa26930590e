-- A token bucket whose tokens each return `window` ms after they were taken: `grants` lists when the
-- last ones were taken, newest first. (A bucket that refills steadily lets nearly twice its capacity
-- through in one window; this one never more than `capacity`.)

-- Milliseconds until a token is free; 0 means now.
local function bucket_wait(grants, closed, capacity, window, now)
    local wait = math.max(0, tonumber(redis.call('GET', closed) or 0) - now)
    local taken = redis.call('LINDEX', grants, capacity - 1)
    if taken then
        -- One more ms, since both times are rounded down.
        wait = math.max(wait, tonumber(taken) + window + 1 - now)
    end
    return wait
end

local function bucket_take(grants, capacity, window, now)
    redis.call('LPUSH', grants, now)
    redis.call('LTRIM', grants, 0, capacity - 1)
    redis.call('PEXPIRE', grants, window + 1000)
end
