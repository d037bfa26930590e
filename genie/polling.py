"""When to poll a running message again. Pure: no clock, no randomness of its own.

A workspace answers 100 requests a second, and all questions in flight share a third of them. As long as they
are few, each is polled up to 1.55 times a second; from 22 on the share of each shrinks, to one poll a second
at 33. Early statuses, which are never directly before the end, are polled slowly, and the polls saved are
spent while the query executes, near the end.
Vendor's guidance (every 1 to 5 s, growing, 10 minutes): https://docs.databricks.com/aws/en/genie/conversation-api
"""

_WORKSPACE_POLLS_PER_SECOND = 33.0
_POLLS_PER_SECOND = 1.55
"""Most that one question gets, on average since it was asked."""
_FIRST_SECONDS = 1.0
_PREFERRED_SECONDS = {
    "SUBMITTED": 1.5,
    "FETCHING_METADATA": 1.2,
    "FILTERING_CONTEXT": 1.2,
    "ASKING_AI": 0.65,
    "PENDING_WAREHOUSE": 0.8,
    "EXECUTING_QUERY": 0.35,
}
"""Until the next poll when few are in flight, found by simulating answers of 2 to 12 s (the median answer is
seen 0.2 s after it is there, or 0.35 s when there is no query to execute); 1 s for any status not here."""

_SLOW_FROM, _SLOWER_FROM = 30.0, 120.0
_SLOW_CAP, _SLOWEST = 5.0, 15.0
_JITTER = 0.1


def next_poll_delay(status: str, age: float, polls: int, in_flight: int = 1, jitter: float = 0.0) -> float:
    """Return the seconds until the next poll of a running message.

    `age`: seconds since the question was asked. `polls`: how many were made so far. `in_flight`: how many
    questions are polled. `jitter`: from 0 to 1, by the caller; from 30 s of age on it adds up to a tenth, so
    that many waiting questions spread out.
    """
    crowd = max(in_flight * _POLLS_PER_SECOND / _WORKSPACE_POLLS_PER_SECOND, 1.0)
    if polls == 0:
        return max(_FIRST_SECONDS * crowd - age, 0.0)
    seconds_per_poll = crowd / _POLLS_PER_SECOND
    preferred = max(
        _PREFERRED_SECONDS.get(status, _FIRST_SECONDS) * crowd, _slow(age) * (1 + _JITTER * jitter)
    )
    # Polls made while fewer were in flight delay the next one no longer than the pace of now.
    in_budget = min((polls + 1) * seconds_per_poll - age, seconds_per_poll)
    return min(max(preferred, in_budget), _SLOWEST)


def _slow(age: float) -> float:
    """Return the least delay at an age: half the time since a threshold, as growing by 1.5 gives."""
    if age < _SLOW_FROM:
        return 0.0
    if age < _SLOWER_FROM:
        return min(1.0 + (age - _SLOW_FROM) / 2, _SLOW_CAP)
    return min(_SLOW_CAP + (age - _SLOWER_FROM) / 2, _SLOWEST)
