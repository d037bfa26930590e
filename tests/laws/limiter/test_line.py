"""The line on the real scripts and a real Redis, in virtual time: used to the full, fair, and told right."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.store.limiter import QUESTIONS, Bucket, Rate
from render import words
from tests.laws.examples import examples
from tests.laws.limiter.line import Asked, Line, most_in_window
from tests.laws.limiter.virtual_time import virtual_redis
from tests.redis.queue_moves import KEYS

pytestmark = [pytest.mark.redis, pytest.mark.property, pytest.mark.many]

LAW = settings(max_examples=examples(60, 2_000), deadline=None)
Moves = Sequence[tuple[int, str, int, Sequence[int]]]
"""Milliseconds after the one before, who asks, how much, and which of all their own they take back then."""
rates = st.builds(Rate, st.integers(1, 6), st.sampled_from([2.0, 10.5, 62.0]))
moves = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 90, 700, 4_000]),
        st.sampled_from(["U1", "U2", "U3", "U4"]),
        st.integers(0, 4),
        st.lists(st.integers(-6, -1), max_size=4, unique=True),
    ),
    max_size=10,
)


@LAW
@given(rate=rates, rounds=st.integers(2, 4))
def test_tokens_are_used_as_soon_as_they_return(redis_url: str, rate: Rate, rounds: int) -> None:
    """While people wait, each window and its guard see 95 % of what they may, and never more."""

    async def grants() -> list[int]:
        async with virtual_redis(redis_url) as redis:
            line = Line(redis, rate)
            for number in range(rate.capacity * rounds):
                await line.ask(f"U{number % 7}")
            await line.run_out()
            return [at for at, _ in line.granted]

    times = asyncio.run(grants())
    assert most_in_window(times, rate.window_ms) <= rate.capacity
    spans = (times[-1] - times[0]) / rate.window_ms
    assert len(times) >= 0.95 * rate.capacity * (spans + 1)


@LAW
@given(rate=rates, moves=moves)
def test_nobody_is_passed_twice(redis_url: str, rate: Rate, moves: Moves) -> None:
    """With K people waiting, at most K - 1 questions of others come between two of one's own that wait."""
    granted = asyncio.run(day(redis_url, rate, moves)).granted
    for at, (moment, mine) in enumerate(granted):
        mine_next = next((n for n in range(at + 1, len(granted)) if granted[n][1].asker == mine.asker), at)
        if granted[mine_next][1].at_ms < moment:  # it waited already
            between = [asked.asker for _, asked in granted[at + 1 : mine_next]]
            assert len(between) == len(set(between)), (mine, between)


@LAW
@given(rate=rates, moves=moves)
@example(
    rate=Rate(1, 62.0),
    moves=[(0, "U3", 2, []), (1, "U1", 4, [-1, -2, -3, -4]), (1, "U2", 4, []), (1, "U1", 1, [])],
)
def test_what_was_withdrawn_costs_no_turn(redis_url: str, rate: Rate, moves: Moves) -> None:
    """A person's first question in line, or the first that is left, waits for two of each other person."""
    line = asyncio.run(day(redis_url, rate, moves))
    for at, (moment, mine) in enumerate(line.granted):
        earlier = [asked for _, asked in line.granted[:at] if asked.asker == mine.asker]
        if any(moved_at >= mine.at_ms for moved_at, asked in line.granted if asked in earlier):
            continue  # it waited behind one of its own
        passed = Counter(asked.asker for granted_at, asked in line.granted[:at] if granted_at > mine.at_ms)
        assert all(times <= 2 for times in passed.values()), (moment, mine, passed)


async def day(redis_url: str, rate: Rate, moves: Moves) -> Line:
    """Let people ask, and withdraw what they have asked, until all that is wanted has its token."""
    async with virtual_redis(redis_url) as redis:
        line = Line(redis, rate)
        for gap, asker, asks, withdrawn in moves:
            await line.run_until(redis.now_ms + gap)
            for _ in range(asks):
                await line.ask(asker)
            theirs = [each for each in line.arrived if each.asker == asker]
            for place in withdrawn if theirs else ():
                await line.withdraw(theirs[place % len(theirs)])
        await line.run_out()
        assert len(line.granted) + len(line.withdrawn) == len(line.arrived)
        return line


@LAW
@given(
    rate=rates,
    taken=st.lists(st.integers(0, 9_000), max_size=6),
    closed=st.sampled_from([0, 0, 0.5, 15.0]),
    people=st.lists(st.sampled_from(["U1", "U2", "U3", "U4", "U5"]), min_size=1, max_size=15),
)
def test_place_and_time_are_told_right(
    redis_url: str, rate: Rate, taken: list[int], closed: float, people: list[str]
) -> None:
    """While nobody arrives, leaves or is refused: the place exactly, and the time within a tenth."""

    async def told() -> tuple[dict[str, tuple[int | None, float]], list[tuple[int, Asked]], int]:
        async with virtual_redis(redis_url) as redis:
            line, bucket = Line(redis, rate), Bucket(redis, KEYS, QUESTIONS, rate)
            for gap in taken[: rate.capacity]:
                await bucket.take()
                await redis.sleep_ms(min(gap, rate.window_ms / rate.capacity))
            if closed:
                await bucket.close(closed)
            for asker in people:
                await line.ask(asker)
            leases = await line.bot.claim(100)
            for lease in leases:
                await line.bot.queue.join(lease)
            places = {lease.question.id: await line.join(lease) for lease in leases}
            now = redis.now_ms
            await line.run_out()
            return {each: (place.number, place.seconds) for each, place in places.items()}, line.granted, now

    places, granted, now = asyncio.run(told())
    for number, (moment, asked) in enumerate(granted):
        place, seconds = places[f"{asked.number:04}"]
        waited = (moment - now) / 1000
        assert place == number
        assert abs(seconds - waited) <= 0.1 * waited + 0.2
        if seconds > 1:
            assert abs(read(words.progress.about(seconds)) - waited) <= 0.1 * waited + 1.2


def read(said: str) -> int:
    """Return the seconds of a wait as a person reads it."""
    units = {"min": 60, "s": 1}
    return sum(int(number) * units[unit] for number, unit in re.findall(r"(\d+) (min|s)", said))
