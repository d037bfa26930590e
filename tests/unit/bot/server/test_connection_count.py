"""More connections than processes are strangers, unless Slack still counts a connection that broke."""

import pytest
from redis.asyncio import Redis

from bot.server.slack_socket import DOUBT_SECONDS, ConnectionCount
from bot.store.availability.processes import Connections, ProcessStore
from bot.store.keys import Keys

pytestmark = pytest.mark.redis


async def told(redis: "Redis", caplog: pytest.LogCaptureFixture, doubt: float, *counts: int) -> list[bool]:
    """Hear these counts of one process; return after which of them it was told."""
    count, after = ConnectionCount(ProcessStore(redis, Keys("test"), "ours", "app"), doubt), []
    for connections in counts:
        caplog.clear()
        await count.hear(connections)
        after.append("socket_mode.strangers" in caplog.messages)
    return after


async def test_a_start_tells_strangers_at_once(redis: "Redis", caplog: pytest.LogCaptureFixture) -> None:
    """Its process had no connection before, so that none of its own is counted."""
    assert await told(redis, caplog, DOUBT_SECONDS, 2, 2, 1, 2) == [True, True, False, False]


async def test_a_connection_that_broke_is_no_stranger(
    redis: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    """However often the process connects anew within the minute for which Slack may count it."""
    assert await told(redis, caplog, DOUBT_SECONDS, 1, 2, 3, 2, 1) == [False] * 5


async def test_a_stranger_that_stays_is_told_at_the_next_connection(
    redis: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    """Only one that the connection before found too."""
    assert await told(redis, caplog, 0.0, 1, 2, 1, 2, 2) == [False, False, False, False, True]


async def test_what_was_counted_is_kept(redis: "Redis") -> None:
    """Who looks for another installation reads the two numbers, and whether they were doubted."""
    store = ProcessStore(redis, Keys("test"), "ours", "app")
    count = ConnectionCount(store, DOUBT_SECONDS)
    assert await store.connections() is None
    await count.hear(1)
    assert await store.connections() == Connections(1, 1, strangers=False)
    await count.hear(2)
    assert await store.connections() == Connections(2, 1, strangers=False)
    await ConnectionCount(store, DOUBT_SECONDS).hear(3)
    assert await store.connections() == Connections(3, 1, strangers=True)


async def test_living_processes_are_counted_without_a_sign_of_life(redis: "Redis") -> None:
    """A program that only looks is no process of the bot."""
    keys = Keys("test")
    looking = ProcessStore(redis, keys, "looking", "app")
    assert await looking.living() == 0
    for name in ("one", "two"):
        await ProcessStore(redis, keys, name, "app").beat()
    assert await looking.living() == 2
