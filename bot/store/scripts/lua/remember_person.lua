-- Keep what Slack said about a person, unless it may have said so before a change.
if redis.call('EXISTS', changed_key) == 0 then
    redis.call('SET', person_key, person, 'PX', lifetime_ms)
end
