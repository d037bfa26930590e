-- When today began, in milliseconds: by UTC or by a clock that is so many seconds ahead of it, whichever is later.
local DAY = 24 * 3600 * 1000

local function day_began(now, utc_offset)
    local ahead = utc_offset * 1000
    return math.max(now - now % DAY, now - (now + ahead) % DAY)
end
