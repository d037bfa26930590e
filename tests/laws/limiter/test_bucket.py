"""The limiter in virtual time: fakeredis follows the clock that time-machine moves."""

import asyncio
import datetime as dt

import time_machine
from fakeredis import FakeAsyncRedis
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.keys import Keys
from bot.store.limiter import Bucket, Rate

START = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


async def _grants(rate: Rate, gaps: list[float]) -> list[float]:
    redis = FakeAsyncRedis(decode_responses=True)
    bucket = Bucket(redis, Keys("law"), "b", rate)
    granted, now = [], 0.0
    with time_machine.travel(START, tick=False) as clock:
        for gap in gaps:
            now += gap
            clock.move_to(START + dt.timedelta(seconds=now))
            if not await bucket.take():
                granted.append(now)
    await redis.aclose()
    return granted


@settings(max_examples=40, deadline=None)
@given(
    capacity=st.integers(1, 20),
    gaps=st.lists(st.sampled_from([0.0, 0.001, 0.4, 1.0, 2.9, 3.1, 20.0, 59.9, 60.0, 60.1]), max_size=120),
)
def test_no_window_ever_sees_more_than_the_capacity(capacity: int, gaps: list[float]) -> None:
    """Whatever the arrivals, no 60-second window holds more grants than the capacity."""
    granted = asyncio.run(_grants(Rate(capacity, 60), gaps))
    for first, later in zip(granted, granted[capacity:], strict=False):
        assert later - first >= 60


async def _used(capacity: int, moves: list[tuple[float, bool]]) -> list[float]:
    """Return when the tokens were taken that did not come back."""
    redis = FakeAsyncRedis(decode_responses=True)
    bucket = Bucket(redis, Keys("law"), "b", Rate(capacity, 60))
    used, now = [], 0.0
    with time_machine.travel(START, tick=False) as clock:
        for gap, arrives in moves:
            now += gap
            moment = START + dt.timedelta(seconds=now)
            clock.move_to(moment)
            if not await bucket.take():
                if arrives:
                    used.append(now)
                else:
                    await bucket.give_back(int(moment.timestamp() * 1000))
    await redis.aclose()
    return used


@settings(max_examples=40, deadline=None)
@given(
    capacity=st.integers(1, 20),
    moves=st.lists(
        st.tuples(st.sampled_from([0.0, 0.4, 1.0, 2.9, 20.0, 59.9, 60.0, 60.1]), st.booleans()), max_size=120
    ),
)
def test_tokens_that_come_back_break_no_window(capacity: int, moves: list[tuple[float, bool]]) -> None:
    """However many come back, no 60 seconds see more questions than the capacity, nor fewer than could be."""
    used = asyncio.run(_used(capacity, moves))
    for first, later in zip(used, used[capacity:], strict=False):
        assert later - first >= 60
    assert len(used) >= min(capacity, sum(arrives for _, arrives in moves))


def test_a_saturated_bucket_is_used_to_the_full() -> None:
    """Waiting people get every token as soon as it returns: 20 in each 60 seconds."""
    granted = asyncio.run(_grants(Rate(20, 60), [0.5] * 400))
    assert len(granted) >= 20 * 3
