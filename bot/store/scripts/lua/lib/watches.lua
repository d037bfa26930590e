-- A watch is a hash: 'watch', JSON that never changes; 'run', when its last run was due, and 'done', the same of the last
-- one that ended; its 'failures' in a row; what is kept of its last result as 'baseline', with the mark of its 'key'; and
-- why it is 'paused'. The sets hold ids alone: without its hash a watch is none.

local function keep(...)
    for _, key in ipairs({...}) do
        redis.call('PEXPIRE', key, WATCH_LIFETIME)
    end
end
