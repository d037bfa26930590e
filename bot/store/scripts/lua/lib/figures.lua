-- What is counted in a day.
local function count(figures, name, by)
    redis.call('HINCRBY', figures, name, by)
    redis.call('PEXPIRE', figures, FIGURES_LIFETIME)
end
