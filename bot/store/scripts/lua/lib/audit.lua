-- The audit trail: a stream for each day (since 1970) of what ended then, and a hash of the words and the SQL of its
-- questions. A record's field 'audited' is the day and the id of its entry.
local AUDIT_DAY = 24 * 3600 * 1000

local function audited_at(key)
    return string.match(redis.call('HGET', key, 'audited') or '', '^(%d+) (.+)$')
end

-- Forget what a question said, and keep that it was asked.
local function forget_audit_content(key, prefix, id)
    local day = audited_at(key)
    if day then
        redis.call('HDEL', prefix .. day .. ':content', id)
    end
end

-- Add an entry, in place of the one that says that the same question missed its deadline.
local function add_to_audit(key, prefix, id, days, entry, content)
    local day, at = audited_at(key)
    if day then
        redis.call('XDEL', prefix .. day, at)
        forget_audit_content(key, prefix, id)
    end
    day = math.floor(now_ms() / AUDIT_DAY)
    local ends = string.format('%.0f', (day + 1 + days) * AUDIT_DAY)
    local stream = prefix .. string.format('%.0f', day)
    at = redis.call('XADD', stream, '*', unpack(entry))
    redis.call('PEXPIREAT', stream, ends)
    redis.call('HSET', key, 'audited', string.format('%.0f', day) .. ' ' .. at)
    if content ~= '' then
        redis.call('HSET', stream .. ':content', id, content)
        redis.call('PEXPIREAT', stream .. ':content', ends)
    end
end
