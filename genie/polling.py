"""When to poll a running message again. Pure: no clock, no randomness of its own.

A question has a budget of one poll per second since it was asked. Early statuses, which are never directly
before the end, are polled slowly, and the polls saved are spent while the query executes, near the end.
Vendor's guidance (every 1 to 5 s, growing, 10 minutes): https://docs.databricks.com/aws/en/genie/conversation-api
"""

_FIRST_SECONDS = 1.0
_POLLS_PER_SECOND = 0.93
"""The budget of a waiting question; below 1, since the last poll comes a little after the answer."""
_PREFERRED_SECONDS = {
    "SUBMITTED": 2.0,
    "FETCHING_METADATA": 2.0,
    "FILTERING_CONTEXT": 2.0,
    "ASKING_AI": 1.1,
    "PENDING_WAREHOUSE": 1.5,
    "EXECUTING_QUERY": 0.5,
}
"""Until the next poll, found by simulating answers of 2 to 12 s (the median answer is seen 0.3 s after it is
there, or 0.5 s when there is no query to execute); 1 s for any status that is not here."""

_SLOW_FROM, _SLOWER_FROM = 30.0, 120.0
_SLOW_CAP, _SLOWEST = 5.0, 15.0
_JITTER = 0.1


def next_poll_delay(status: str, age: float, polls: int, jitter: float = 0.0) -> float:
    """Return the seconds until the next poll of a running message.

    `age`: seconds since the question was asked. `polls`: how many were made so far. `jitter`: from 0 to 1,
    by the caller; from 30 s of age on it adds up to a tenth, so that many waiting questions spread out.
    """
    if polls == 0:
        return max(_FIRST_SECONDS - age, 0.0)
    preferred = max(_PREFERRED_SECONDS.get(status, _FIRST_SECONDS), _slow(age) * (1 + _JITTER * jitter))
    return min(max(preferred, (polls + 1) / _POLLS_PER_SECOND - age), _SLOWEST)


def _slow(age: float) -> float:
    """Return the least delay at an age: half the time since a threshold, as growing by 1.5 gives."""
    if age < _SLOW_FROM:
        return 0.0
    if age < _SLOWER_FROM:
        return min(1.0 + (age - _SLOW_FROM) / 2, _SLOW_CAP)
    return min(_SLOW_CAP + (age - _SLOWER_FROM) / 2, _SLOWEST)
