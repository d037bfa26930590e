"""More connections than processes are strangers, unless Slack still counts a connection that broke."""

import pytest
from redis.asyncio import Redis

from bot.server.slack_socket import DOUBT_SECONDS, ConnectionCount
from bot.store.keys import Keys
from bot.store.processes import ProcessStore

pytestmark = pytest.mark.redis


async def told(redis: "Redis", caplog: pytest.LogCaptureFixture, doubt: float, *counts: int) -> list[bool]:
    """Hear these counts of one process; return after which of them it was told."""
    count, after = ConnectionCount(ProcessStore(redis, Keys("test"), "ours"), doubt), []
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
