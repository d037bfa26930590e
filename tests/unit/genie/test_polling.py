"""Answers are noticed soon, for at most one poll a second."""

import random
import statistics
from collections.abc import Callable, Sequence

import pytest

from genie.polling import next_poll_delay

Plan = Sequence[tuple[str, float]]
"""Statuses and the part of the whole time that each takes."""
Plans = Callable[[random.Random], Plan]

EARLY = (("SUBMITTED", 0.05), ("FETCHING_METADATA", 0.08), ("FILTERING_CONTEXT", 0.1))


def with_query(rng: random.Random) -> Plan:
    executing = rng.uniform(0.15, 0.3)
    return (
        *EARLY,
        ("ASKING_AI", 0.67 - executing),
        ("PENDING_WAREHOUSE", 0.1),
        ("EXECUTING_QUERY", executing),
    )


def text_only(_rng: random.Random) -> Plan:
    return (*EARLY, ("ASKING_AI", 0.77))


def status_at(plan: Plan, part: float) -> str:
    for status, share in plan:
        part -= share
        if part < 0:
            return status
    return plan[-1][0]


def watch(plan: Plan, duration: float) -> tuple[float, int]:
    """Return the delay with which the end is noticed, and the polls that it took."""
    age, polls, status = 0.0, 0, "SUBMITTED"
    while age < duration:
        age += next_poll_delay(status, age, polls) + 0.02
        polls += 1
        status = status_at(plan, age / duration)
    return age - duration, polls


@pytest.mark.parametrize(("plans", "median"), [(with_query, 0.42), (text_only, 0.56)])
def test_the_median_answer_is_seen_early_within_one_look_a_second(plans: Plans, median: float) -> None:
    """Over answers that take 2 to 12 seconds; a one-second loop within the same budget would need 0.54 s."""
    rng = random.Random(7)  # noqa: S311 - a simulation
    durations = [rng.uniform(2, 12) for _ in range(4_000)]
    watched = [watch(plans(rng), duration) for duration in durations]

    assert statistics.median(delay for delay, _ in watched) < median
    spent = sum(durations) + sum(delay for delay, _ in watched)
    assert sum(polls for _, polls in watched) <= spent


def test_a_resumed_question_is_looked_at_at_once() -> None:
    """After a restart nothing is gained by waiting."""
    assert next_poll_delay("ASKING_AI", 50.0, 0) == 0.0


def test_old_questions_are_looked_at_ever_more_slowly() -> None:
    """About 1 s until half a minute, 5 s until two minutes, 15 s after that."""
    waits = [next_poll_delay("ASKING_AI", age, 5) for age in (10.0, 34.0, 60.0, 119.0, 130.0, 599.0)]
    assert waits == [1.1, 3.0, 5.0, 5.0, 10.0, 15.0]


def test_jitter_spreads_old_questions_only() -> None:
    """Up to a tenth, and never beyond the cap."""
    assert next_poll_delay("ASKING_AI", 60.0, 5, jitter=1.0) == 5.5
    assert next_poll_delay("ASKING_AI", 599.0, 5, jitter=1.0) == 15.0
    assert next_poll_delay("EXECUTING_QUERY", 9.0, 5, jitter=1.0) == 0.5
