"""Processes that live beside each other on one Redis."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.store.availability.processes import ProcessStore
from tests.redis.queue_moves import KEYS

pytestmark = pytest.mark.redis


@pytest.mark.parametrize(("theirs", "told"), [("user", ["identity.mixed"]), ("app", [])])
async def test_a_process_with_another_identity_is_told_once(
    redis: "Redis", caplog: pytest.LogCaptureFixture, theirs: str, told: list[str]
) -> None:
    """It does not stop: while replicas are replaced one after the other there are both."""
    other, ours = (ProcessStore(redis, KEYS, name, of) for name, of in (("1", theirs), ("2", "app")))
    await other.beat()
    async with ours.alive():
        async with asyncio.timeout(5):
            while await ours.beat() < 2:  # noqa: ASYNC110 - Redis tells nobody
                await asyncio.sleep(0.01)
            assert await ours.others() == len(told)
            while len(caplog.messages) < len(told):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert caplog.messages == told


async def test_a_version_that_does_not_name_its_identity_is_no_other(redis: "Redis") -> None:
    """Its processes live on while they are replaced."""
    ours = ProcessStore(redis, KEYS, "1", "user")
    await ours.beat()
    await redis.zadd(KEYS.processes, {"0123456789abcdef": 2**51})
    assert await ours.others() == 0
