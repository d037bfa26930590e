"""Which kinds of requests came from Slack is kept without holding a request up."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.store.keys import HEARD_LIFETIME, Keys
from bot.store.oversight.heard import CLICKS, KINDS, HeardStore

pytestmark = pytest.mark.redis
KEYS = Keys("test")


async def heard(redis: "Redis", *kinds: str) -> dict[str, float]:
    """Note kinds and return the ages once the known ones are there."""
    store = HeardStore(redis, KEYS)
    for kind in kinds:
        store.note(kind)
    async with asyncio.timeout(10):
        while not {*await store.ages()} >= {*kinds} & {*KINDS}:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.005)
    return await store.ages()


async def test_each_kind_has_its_age(redis: "Redis") -> None:
    """A kind that came is told with the seconds since then, others not at all."""
    await redis.set(KEYS.heard("app_mention"), 1, px=HEARD_LIFETIME - 3_600_000)
    ages = await heard(redis, CLICKS)
    assert {kind: round(age / 60) for kind, age in ages.items()} == {"app_mention": 60, CLICKS: 0}


async def test_what_is_not_known_is_not_kept(redis: "Redis") -> None:
    """Nothing that Slack may send can fill Redis."""
    await heard(redis, "app_mention", "invented", "")
    assert await redis.keys() == [KEYS.heard("app_mention")]


async def test_a_kind_is_written_once_in_ten_minutes(redis: "Redis") -> None:
    """A hundred messages are one write."""
    store = HeardStore(redis, KEYS)
    before = (await redis.info("commandstats")).get("cmdstat_set", {}).get("calls", 0)
    for _ in range(100):
        store.note(CLICKS)
    async with asyncio.timeout(10):
        while not await store.ages():  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.005)
    assert (await redis.info("commandstats"))["cmdstat_set"]["calls"] == before + 1


async def test_without_redis_a_kind_is_noted_at_its_next_request() -> None:
    """Nobody waits, nothing is raised, and the next one is written."""
    async with Redis.from_url("redis://127.0.0.1:9") as away:
        store = HeardStore(away, KEYS)
        store.note(CLICKS)
        await asyncio.gather(*store._writing)
        assert CLICKS not in store._noted
