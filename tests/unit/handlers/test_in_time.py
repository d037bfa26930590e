"""Slack wants to hear from us within three seconds, also where Redis is slow and is asked more than once."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.store.questions import NotStored, in_time, one_deadline
from render import words
from render.answer.actions import EXPORT_CSV, INSIGHTS
from render.blockkit.buttons import ASK_AGAIN, START_FRESH, ButtonValue, encode
from tests.unit.handlers.slack_app import CHANNEL, TEAM, TS, Listeners, ResponseUrl, command, mention, press

pytestmark = pytest.mark.redis

SLOW = 1.6
"""Seconds for one answer of Redis: in time alone, and too late twice."""
LIMIT = 3.0


class Far:
    """A real Redis server at the end of a long line."""

    def __init__(self, path: str) -> None:
        self.delay = 0.0
        self.calls: set[asyncio.Task[None]] = set()
        self._path = path

    def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one client's connection."""
        self.calls.add(asyncio.create_task(self._connected(reader, writer)))

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._path)
        try:
            while said := await reader.read(1 << 16):
                await asyncio.sleep(self.delay)
                back.write(said)
                writer.write(await there.read(1 << 16))
        finally:
            for each in (back, writer):
                each.close()
                await each.wait_closed()


@asynccontextmanager
async def far(redis_url: str) -> AsyncIterator[tuple[Far, "Redis"]]:
    """Open the line, with a client at this end of it."""
    line = Far(redis_url.removeprefix("unix://"))
    async with await asyncio.start_server(line.connect, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with Redis(port=port, decode_responses=True, single_connection_client=True) as client:
            yield line, client
        await asyncio.gather(*line.calls)


def button(action: str) -> Callable[[str], dict[str, Any]]:
    """Return what presses a button about the first question, to be answered at an address."""
    value = encode(ButtonValue(f"{TEAM}.{CHANNEL}.{TS}"))
    return lambda address: press(action, value, response_url=address)


@pytest.mark.parametrize(
    ("body", "sentence", "as_users"),
    [
        (lambda _address: command("new"), words.questions.NOT_STORED, False),
        (button(ASK_AGAIN), words.questions.NOT_STORED, False),
        (button(START_FRESH), words.questions.NOT_STORED, False),
        (button(INSIGHTS), words.insights.NOT_STORED, False),
        (button(EXPORT_CSV), words.questions.NOT_STORED, True),
    ],
    ids=["new", "ask again", "start fresh", "insights", "export as its owner"],
)
async def test_a_slow_redis_is_told_in_time(
    body: Callable[[str], dict[str, Any]],
    sentence: str,
    as_users: bool,  # noqa: FBT001
    redis: "Redis",
    redis_url: str,
    replies: ResponseUrl,
) -> None:
    """What takes two calls to Redis is acknowledged with words before Slack gives up on it."""
    await Listeners(redis).take(mention())
    ours = await redis.keys("*question*")
    await redis.hset(ours[0], mapping={"message": "m"})
    async with far(redis_url) as (line, client):
        await client.ping()
        line.delay = SLOW
        began = time.monotonic()
        answer = await Listeners(client, as_users=as_users).take(body(replies.url))
        assert time.monotonic() - began < LIMIT
        line.delay = 0
    assert answer.status == 200
    assert [*replies.texts, answer.body] in ([sentence, ""], [sentence])


async def test_what_a_click_starts_has_its_own_time() -> None:
    """A modal that is filled later may ask Redis when the time of the click is over."""
    with one_deadline(asyncio.get_running_loop().time() - LIMIT):
        later = asyncio.create_task(in_time(asyncio.sleep(0.01, "found")))
        with pytest.raises(NotStored):
            await in_time(asyncio.sleep(LIMIT))
        assert await later == "found"
    await in_time(asyncio.sleep(0.01))
