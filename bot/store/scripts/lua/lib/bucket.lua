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

-- How many tokens can be taken now.
local function bucket_free(grants, closed, capacity, window, now)
    if tonumber(redis.call('GET', closed) or 0) > now then
        return 0
    end
    local free = capacity
    for _, taken in ipairs(redis.call('LRANGE', grants, 0, capacity - 1)) do
        free = free - (tonumber(taken) + window >= now and 1 or 0)
    end
    return free
end

-- How many tokens are out.
local function bucket_used(grants, window, now)
    local used = 0
    for _, taken in ipairs(redis.call('LRANGE', grants, 0, -1)) do
        used = used + (tonumber(taken) + window > now and 1 or 0)
    end
    return used
end

local function bucket_take(grants, capacity, window, now)
    redis.call('LPUSH', grants, now)
    redis.call('LTRIM', grants, 0, capacity - 1)
    redis.call('PEXPIRE', grants, window + 1000)
end
