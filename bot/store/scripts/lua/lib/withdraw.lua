-- A question that nobody wants answered has 'withdrawn'. A worker takes away what is shown of it, as its next step.

-- Whether the conversation of withdrawn words holds nothing else.
local function opened_for_nothing(message, into, fresh)
    return fresh == '1' or (message and into == '')
end

-- Withdraw a question, which is due at once then or as soon as its worker gives it back.
local function withdraw(prefix, due, id)
    local key = prefix .. id
    local withdrawn, state = unpack(redis.call('HMGET', key, 'withdrawn', 'state'))
    if withdrawn or state == State.SHOWN or state == State.DELIVERED or state == State.OVERDUE
        or state == State.WITHDRAWN then
        return Withdrawn.ENDED
    end
    redis.call('HSET', key, 'withdrawn', 1)
    recall(due, key, id)
    local waits = state == State.RECEIVED or state == State.ANNOUNCED or state == State.BLOCKED
        or state == State.REUSING
    return waits and Withdrawn.WAITING or Withdrawn.RUNNING
end
