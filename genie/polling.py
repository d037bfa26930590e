"""When to look at a running message again. Pure: no clock, no randomness of its own.

Looks are a budget of one per second of age. Early statuses, which are never directly before the end, are
looked at slowly, and what that saves is spent while the query executes, when the end is near.
Vendor's guidance (every 1 to 5 s, growing, 10 minutes): https://docs.databricks.com/aws/en/genie/conversation-api
"""

DEADLINE = 600.0
"""Seconds after which we stop looking by ourselves; the person may still ask to look again."""

_FIRST = 1.0
_LOOKS_PER_SECOND = 0.93
"""The budget of a waiting question; below 1, since the last look comes a little after the answer."""
_WAITS = {
    "SUBMITTED": 2.0,
    "FETCHING_METADATA": 2.0,
    "FILTERING_CONTEXT": 2.0,
    "ASKING_AI": 1.1,
    "PENDING_WAREHOUSE": 1.5,
    "EXECUTING_QUERY": 0.5,
}
"""Preferred seconds until the next look, found by simulating answers of 2 to 12 s (the median answer is seen
0.3 s after it is there, or 0.5 s when there is no query to execute); 1 s for any status that is not here."""

_SLOW_FROM, _SLOWER_FROM = 30.0, 120.0
_SLOW_CAP, _SLOWEST = 5.0, 15.0
_JITTER = 0.1


def next_look(status: str, age: float, looks: int, jitter: float = 0.0) -> float:
    """Return the seconds until the next look at a running message.

    `age`: seconds since the question was asked. `looks`: how many were made so far. `jitter`: from 0 to 1,
    by the caller; from 30 s of age on it adds up to a tenth, so that many waiting questions spread out.
    """
    if looks == 0:
        return max(_FIRST - age, 0.0)
    preferred = max(_WAITS.get(status, _FIRST), _slow(age) * (1 + _JITTER * jitter))
    return min(max(preferred, (looks + 1) / _LOOKS_PER_SECOND - age), _SLOWEST)


def _slow(age: float) -> float:
    """Return the least wait at an age: half the time since a threshold, as growing by 1.5 gives."""
    if age < _SLOW_FROM:
        return 0.0
    if age < _SLOWER_FROM:
        return min(1.0 + (age - _SLOW_FROM) / 2, _SLOW_CAP)
    return min(_SLOW_CAP + (age - _SLOWER_FROM) / 2, _SLOWEST)
