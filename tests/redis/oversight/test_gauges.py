"""Gauges that all processes share, read in one call."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.records.watch import WatchKind
from bot.store.limiter import Rate
from bot.store.oversight.gauges import GaugeReader
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis

RATE = Rate(2, 60.0)


async def test_an_idle_bot_has_nothing_to_do(redis: "Redis") -> None:
    """All is zero but the limit."""
    figures = await GaugeReader(redis, KEYS, RATE).read()
    assert (figures.line_length, figures.line_oldest_seconds, figures.unfinished) == (0, 0, 0)
    assert (figures.due_seconds, figures.limit_used, figures.limit_capacity) == (0, 0, 2)
    assert (figures.limit_closed_seconds, figures.processes) == (0, 0)


async def test_the_line_its_age_and_the_limit_are_told(redis: "Redis") -> None:
    """Three ask where two may: one waits, and is as old as its record says."""
    bot = Bot(redis, RATE)
    for name in ("1", "2", "3"):
        await bot.questions.accept(question(name, asker=f"U{name}"))
    await bot.announce()
    assert len(await bot.granted()) == 2
    await redis.hincrby(KEYS.question("T1.C1.3"), "received_at", -90_000)
    figures = await GaugeReader(redis, KEYS, RATE).read()
    assert (figures.line_length, figures.unfinished, figures.limit_used) == (1, 3, 2)
    assert 90 <= figures.line_oldest_seconds < 150


async def test_work_that_nobody_takes_is_told(redis: "Redis") -> None:
    """What is due, with no worker that claims it, is overdue; a pause that Genie wants is told as well."""
    bot = Bot(redis, RATE)
    await bot.questions.accept(question("1"))
    await redis.zincrby(KEYS.due, -40_000, "T1.C1.1")
    await redis.set(KEYS.closed("questions"), "99999999999999", px=60_000)
    figures = await GaugeReader(redis, KEYS, RATE).read()
    assert 40 <= figures.due_seconds < 100
    assert figures.limit_closed_seconds > 1000
    [lease] = await bot.claim(1)
    await bot.queue.finish(lease, State.DELIVERED)
    assert (await GaugeReader(redis, KEYS, RATE).read()).due_seconds == 0


async def test_watches_that_nobody_starts_are_told(redis: "Redis") -> None:
    """How many there are, and for how long one is due; what a schedule asks is not in line for long."""
    bot = Bot(redis, RATE)
    watches, schedules = (KEYS.watches_due(kind) for kind in WatchKind)
    await redis.zadd(watches, {"T1.U1.V1": 9e13, "digest": 9e13})
    await redis.zadd(schedules, {"T1.U1.question.V2": (await redis.time())[0] * 1000 - 30_000})
    for each in (watches, schedules):
        await redis.pexpire(each, 60_000)
    await bot.questions.accept(replace(question("1"), scheduled="T1.U1.V1"))
    await redis.hincrby(KEYS.question("T1.C1.1"), "received_at", -90_000)
    figures = await GaugeReader(redis, KEYS, RATE).read()
    assert figures.watches == 3
    assert 29 <= figures.watches_due_seconds < 90
    assert (figures.line_length, figures.line_oldest_seconds) == (1, 0)
