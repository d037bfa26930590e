"""Answers are noticed soon, within a budget of polls that shrinks when many questions are in flight."""

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


def watch(plan: Plan, duration: float, in_flight: int) -> tuple[float, int]:
    """Return the delay with which the end is noticed, and the polls that it took."""
    age, polls, status = 0.0, 0, "SUBMITTED"
    while age < duration:
        age += next_poll_delay(status, age, polls, in_flight) + 0.02
        polls += 1
        status = status_at(plan, age / duration)
    return age - duration, polls


@pytest.mark.parametrize(
    ("plans", "in_flight", "median", "worst"),
    [(with_query, 12, 0.21, 0.7), (text_only, 12, 0.36, 0.7), (with_query, 60, 0.85, 2.2)],
)
def test_the_median_answer_is_seen_early(plans: Plans, in_flight: int, median: float, worst: float) -> None:
    """Over answers that take 2 to 12 seconds; a one-second loop takes 0.54 s, and 1.02 s at worst."""
    rng = random.Random(7)  # noqa: S311 - a simulation
    durations = [rng.uniform(2, 12) for _ in range(4_000)]
    watched = [watch(plans(rng), duration, in_flight) for duration in durations]

    assert statistics.median(delay for delay, _ in watched) < median
    assert max(delay for delay, _ in watched) < worst
    looks = sum(polls for _, polls in watched) / sum(durations)
    assert looks <= (1.55 if in_flight < 20 else 0.7)


def test_a_resumed_question_is_looked_at_at_once() -> None:
    """After a restart nothing is gained by waiting."""
    assert next_poll_delay("ASKING_AI", 50.0, 0) == 0.0


def test_old_questions_are_looked_at_ever_more_slowly() -> None:
    """As usual until half a minute, 5 s until two minutes, 15 s after that."""
    waits = [next_poll_delay("ASKING_AI", age, 5) for age in (10.0, 34.0, 60.0, 119.0, 130.0, 599.0)]
    assert waits == [0.65, 3.0, 5.0, 5.0, 10.0, 15.0]


def test_jitter_spreads_old_questions_only() -> None:
    """Up to a tenth, and never beyond the cap."""
    assert next_poll_delay("ASKING_AI", 60.0, 5, jitter=1.0) == 5.5
    assert next_poll_delay("ASKING_AI", 599.0, 5, jitter=1.0) == 15.0
    assert next_poll_delay("EXECUTING_QUERY", 9.0, 5, jitter=1.0) == 0.35
