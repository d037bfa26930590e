-- Keep what Slack said, unless it may have said so before a change: `changed` is the mark of the last one before Slack was
-- asked, '' if there was none.
if (redis.call('GET', changed_key) or '') == changed then
    redis.call('SET', told_key, told, 'PX', lifetime_ms)
end
