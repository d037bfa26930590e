"""Names of users are optional: a failure costs a question nothing, and a silence one second a minute."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.users import Person, Users
from bot.store.keys import Keys
from sandbox.faults import Fault
from sandbox.slack import Slack

pytestmark = pytest.mark.redis

ADA, BEN, CHLOE = "U0ADA00001", "U0BEN00002", "U0CHLOE003"
KEYS = Keys("test")
MINUTE_MS = 60_000


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def users(slack: Slack, redis: "Redis") -> AsyncIterator[Users]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        yield Users(client, redis, KEYS)


async def test_names_are_asked_once(slack: Slack, users: Users) -> None:
    """A day long the same name serves; who is unknown is left out, and an outage is no error."""
    for _ in range(2):
        assert await users.of("T1", {BEN, "U0NOBODY"}) == {BEN: "Ben Lindqvist"}
        assert await users.person("T1", BEN) == Person("Ben Lindqvist", "en-GB", 3_600)
    asked = [call.arguments["user"] for call in slack.request_log if call.method == "users.info"]
    assert sorted(asked) == [BEN, "U0NOBODY"]
    slack.faults.add(Fault(path="/api/users.info", status=503, body="<html>"))
    assert await users.of("T1", {ADA}) == {}
    assert await users.person("T1", "U0NOBODY") == Person()


async def test_a_name_that_does_not_come_is_not_waited_for(
    slack: Slack, users: Users, redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several people cost no more than one; no process asks again for a minute, and then it is there."""
    monkeypatch.setattr("bot.slack.api.OPTIONAL_SECONDS", 0.2)
    slack.faults.add(Fault(path="/api/users.info", delay=30.0, times=None))
    async with asyncio.timeout(10):
        assert await users.of("T1", {ADA, BEN, CHLOE}) == {}
    slack.faults.clear()
    assert await users.person("T1", BEN) == Person()
    left = await redis.pttl(KEYS.person("T1", BEN))
    assert 0 < left <= MINUTE_MS
    await redis.delete(KEYS.person("T1", BEN))
    assert (await users.person("T1", BEN)).name == "Ben Lindqvist"
