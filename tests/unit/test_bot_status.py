"""What is a courtesy, the status line and people's names: it never costs a question anything."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.keys import Keys
from bot.limiter import Bucket, Rate
from bot.names import Names
from bot.status import StatusLine
from sandbox.faults import Fault
from sandbox.slack import Slack

pytestmark = pytest.mark.redis

SALES, ADA, BEN = "C0SALES001", "U0ADA00001", "U0BEN00002"
KEYS = Keys("test")


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def client(slack: Slack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession() as http:
        yield AsyncWebClient(token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[])


async def test_the_status_line_stops_where_slack_does_not_want_it(
    slack: Slack, client: AsyncWebClient, redis: "Redis"
) -> None:
    """A refusal is remembered, an outage is not, and neither is an error."""
    root = await slack.say(ADA, SALES, "hello")
    line = StatusLine(client, Bucket(redis, KEYS, "status", Rate(100, 10)))
    path = "/api/assistant.threads.setStatus"
    slack.faults.add(Fault(path=path, status=502, body="<html>"))
    slack.faults.add(Fault(path=path, status=200, body='{"ok": false, "error": "not_allowed_token_type"}'))
    for _ in range(4):
        await line.set(SALES, root, "thinking")
    assert slack.faults.waiting == ()
    assert [call for call in slack.journal if call.method == "assistant.threads.setStatus"] == []


async def test_one_closed_channel_does_not_darken_the_others(
    slack: Slack, client: AsyncWebClient, redis: "Redis"
) -> None:
    """A refusal that is about a channel is not taken for all of them."""
    root = await slack.say(ADA, SALES, "hello")
    line = StatusLine(client, Bucket(redis, KEYS, "status", Rate(100, 10)))
    body = '{"ok": false, "error": "not_in_channel"}'
    slack.faults.add(Fault(path="/api/assistant.threads.setStatus", status=200, body=body))
    await line.set(SALES, root, "")
    await line.set(SALES, root, "is thinking…")
    assert slack.workspace.statuses[SALES, root] == "is thinking…"


async def test_a_busy_slack_pauses_the_status_line(
    slack: Slack, client: AsyncWebClient, redis: "Redis"
) -> None:
    """For as long as Slack says, in all processes."""
    root = await slack.say(ADA, SALES, "hello")
    bucket = Bucket(redis, KEYS, "status", Rate(100, 10))
    slack.faults.add(Fault(path="/api/assistant.threads.setStatus", status=429, retry_after="20", body="{}"))
    await StatusLine(client, bucket).set(SALES, root, "thinking")
    assert 15 < await bucket.take() <= 20


async def test_names_are_asked_once(slack: Slack, client: AsyncWebClient, redis: "Redis") -> None:
    """A day long the same name serves; who is unknown is left out, and an outage is no error."""
    names = Names(client, redis, KEYS)
    for _ in range(2):
        assert await names.of("T1", {BEN, "U0NOBODY"}) == {BEN: "Ben Lindqvist"}
    asked = [call.arguments["user"] for call in slack.journal if call.method == "users.info"]
    assert asked.count(BEN) == 1
    slack.faults.add(Fault(path="/api/users.info", status=503, body="<html>"))
    assert await names.of("T1", {ADA}) == {}
