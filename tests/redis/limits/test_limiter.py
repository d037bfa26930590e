import asyncio
import time

import pytest
from redis.asyncio import Redis

from bot.store.limiter import AdaptiveLimit, Bucket, Rate
from tests.redis.queue_moves import KEYS

pytestmark = pytest.mark.redis


async def test_a_bucket_gives_its_capacity_and_then_the_wait(redis: "Redis") -> None:
    """The fourth of three tokens comes when the first returns."""
    bucket = Bucket(redis, KEYS, "b", Rate(3, 60))
    assert [await bucket.take() for _ in range(3)] == [0, 0, 0]
    assert 59 < await bucket.take() <= 60.001


async def test_a_token_is_only_taken_if_enough_are_left(redis: "Redis") -> None:
    """Those to spare are there for who spares none."""
    bucket = Bucket(redis, KEYS, "b", Rate(3, 60))
    assert await bucket.take(spare=2) == 0
    assert 59 < await bucket.take(spare=2) <= 60.001
    assert [await bucket.take() for _ in range(2)] == [0, 0]


async def test_a_bucket_knows_how_much_was_used(redis: "Redis") -> None:
    """Tokens count while they are out, and no longer."""
    bucket = Bucket(redis, KEYS, "b", Rate(5, 1.0))
    await bucket.take()
    await bucket.take()
    assert await bucket.used() == 2
    async with asyncio.timeout(10):
        while await bucket.used():  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.05)


async def test_a_token_that_comes_back_is_free_at_once(redis: "Redis") -> None:
    """It can be taken again, once; a moment at which none was taken gives nothing back."""
    bucket = Bucket(redis, KEYS, "b", Rate(2, 60))
    assert [await bucket.take(), await bucket.take()] == [0, 0]
    taken = int((await redis.lrange(KEYS.grants("b"), 0, 0))[0])
    await bucket.give_back(taken - 60_000)
    assert await bucket.take() > 0
    await bucket.give_back(taken)
    assert await bucket.used() == 1
    assert await bucket.take() == 0
    assert await bucket.take() > 59


async def test_a_limit_is_high_until_the_server_throttles(redis: "Redis") -> None:
    """Many calls go through at once; after a complaint nobody calls for its time, and then one by one."""
    one, two = (AdaptiveLimit(redis, KEYS, "c", Rate(10, 60), Rate(1, 60)) for _ in range(2))
    assert [await one.take() for _ in range(5)] == [0] * 5
    assert await two.used() == 5
    await one.on_rate_limited(1.0)
    assert await two.used() is None
    wait = await two.take()
    assert 0 < wait <= 1.01
    await asyncio.sleep(wait + 0.01)  # the time that the server asked for
    assert await two.take() == 0
    assert await one.take() > 59


async def test_a_closed_bucket_gives_nothing_to_anybody(redis: "Redis") -> None:
    """After the server's word the bucket is closed for every process, and a longer closure stays."""
    one, two = (Bucket(redis, KEYS, "b", Rate(3, 60)) for _ in range(2))
    await one.close(30)
    await two.close(5)
    assert 29 < await two.take() <= 30


async def test_clients_that_compete_stay_within_the_rate(redis: "Redis") -> None:
    """Sixteen clients at once never get more than the capacity in any window."""
    rate, began = Rate(20, 0.4), time.monotonic()
    grants: list[float] = []

    async def client(bucket: Bucket) -> None:
        while len(grants) < 60:
            if wait := await bucket.take():
                await asyncio.sleep(min(wait, 0.05))
            else:
                grants.append(time.monotonic())

    await asyncio.gather(*(client(Bucket(redis, KEYS, "b", rate)) for _ in range(16)))
    assert len(await redis.lrange(KEYS.grants("b"), 0, -1)) <= 20
    assert max(grants) - began >= 2 * rate.window  # twenty at once, and twenty more after each
