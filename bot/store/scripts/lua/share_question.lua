-- lib: clock, day, schedule, lease, line, thread
-- A question with a token is about to be sent to Genie, in a new conversation. If the same one was sent a moment ago, this one
-- takes its message, or waits until Genie has it; its token returns. Else it is the one to which later ones come.
-- Without a token it stands in line, and keeps its place unless it takes a message; or it has waited outside, and ASK says
-- that it has to stand in line again. It is never one to which others come: two might be sent.
-- What is asked at the same time goes together in whichever channels; later only in the same one. What is asked in direct
-- messages goes with what is asked there alone: a quick answer would tell others that it was asked.
local now_owned_by, received_at, own_state = unpack(redis.call('HMGET', question_key, 'owner', 'received_at', 'state'))
if now_owned_by ~= owner then
    return LEASE_LOST
end
local now = now_ms()
local person = redis.call('GET', person_key)
local today = day_began(now, person and cjson.decode(person).utc_offset or 0)

-- A follow-up builds on its thread, and a thread that began anew wants a new answer.
local function begins_thread()
    local conversation, epoch, fresh = unpack(redis.call('HMGET', thread_key, 'conversation', 'epoch', 'fresh'))
    return not conversation and not epoch and not fresh and count_questions(thread_key) <= 1
end

local function is_direct(place)
    return string.sub(place, 1, 1) == 'D'
end

-- Keep this question as one with which later ones may go.
local function note(...)
    for _, field in ipairs({...}) do
        redis.call('HSET', reuse_key, field, question_id)
    end
    redis.call('PEXPIRE', reuse_key, math.max(same_time_ms, reuse_ms))
end

local function release(state, due_in, fields)
    end_lease(question_key)
    begin_step(question_key)
    redis.call('HSET', question_key, 'state', state, unpack(fields))
    schedule(due_key, now + due_in, question_id)
    if granted_at > 0 then
        redis.call('LREM', grants_key, 1, string.format('%.0f', granted_at))
    end
end

local function share(first)
    local state, stored, asking_at, first_received_at, withdrawn, outcome, space, conversation, message, has_anothers =
        unpack(redis.call('HMGET', question_prefix .. first, 'state', 'question', 'asking_at', 'received_at',
            'withdrawn', 'outcome', 'space', 'conversation', 'message', 'reused'))
    asking_at = tonumber(asking_at or 0)
    if not stored or withdrawn or asking_at < today or now - asking_at > math.max(same_time_ms, reuse_ms) then
        return Shared.ASK
    end
    -- What has the answer of another one is older than it says: a minute after the next would be for ever.
    local is_later = (has_anothers or '') ~= '' or tonumber(received_at) - asking_at > same_time_ms
    local there = cjson.decode(stored).place.channel
    local apart = there ~= channel and (is_later or is_direct(there) or is_direct(channel))
    if apart or (is_later and now - asking_at > reuse_ms) then
        return Shared.ASK
    end
    if state == State.ASKING then
        if now - asking_at > patience_ms then
            return Shared.ASK
        end
        release(own_state == State.ANNOUNCED and own_state or State.REUSING, wait_ms, {})
        return Shared.WAIT
    end
    local is_answered = state == State.ANSWERED or state == State.SHOWN
        or (state == State.DELIVERED and outcome == answered)
    if not message or not (state == State.ASKED or is_answered) then
        return Shared.ASK
    end
    release(State.ASKED, is_answered and 0 or poll_in_ms, {'space', space, 'conversation', conversation,
        'message', message, 'asking_at', now, 'asked_at', now, 'polls', 0, 'failures_in_a_row', 0, 'reused', first,
        'reused_at', is_later and first_received_at or 0})
    line_leave(line_key, own_key, question_id)
    end_wait(question_key, now)
    redis.call('HSET', thread_key, 'reused', question_id)
    redis.call('HSETNX', thread_key, 'space', space)
    redis.call('PEXPIRE', thread_key, THREAD_LIFETIME)
    if not is_later and now - asking_at <= same_time_ms then -- or it would be reused for ever
        note(channel)
    end
    return Shared.SHARED
end

if may_reuse and begins_thread() then
    local last, here = unpack(redis.call('HMGET', reuse_key, 'last', channel))
    for _, first in ipairs({last or '', here or ''}) do
        local shared = first ~= question_id and share(first) or Shared.ASK
        if shared ~= Shared.ASK then
            return shared
        end
    end
end
if granted_at > 0 then
    note(channel)
    if not is_direct(channel) then -- nobody elsewhere takes that, and what was asked before can still be taken
        note('last')
    end
    for _, id in ipairs(redis.call('SMEMBERS', reuse_line_key)) do
        if redis.call('ZSCORE', line_key, id) then
            recall(due_key, question_prefix .. id, id)
        end
    end
    redis.call('DEL', reuse_line_key)
end
return Shared.ASK
