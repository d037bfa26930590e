"""Names of users are optional: a failure costs a question nothing."""

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.users import Person, Users
from bot.store.keys import Keys
from sandbox.faults import Fault
from sandbox.slack import Slack

pytestmark = pytest.mark.redis

ADA, BEN = "U0ADA00001", "U0BEN00002"
KEYS = Keys("test")


async def test_names_are_asked_once(redis: "Redis") -> None:
    """A day long the same name serves; who is unknown is left out, and an outage is no error."""
    async with Slack() as slack, aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        users = Users(client, redis, KEYS)
        for _ in range(2):
            assert await users.of("T1", {BEN, "U0NOBODY"}) == {BEN: "Ben Lindqvist"}
            assert await users.person("T1", BEN) == Person("Ben Lindqvist", "en-GB", 3_600)
        asked = [call.arguments["user"] for call in slack.request_log if call.method == "users.info"]
        assert asked.count(BEN) == 1
        slack.faults.add(Fault(path="/api/users.info", status=503, body="<html>"))
        assert await users.of("T1", {ADA}) == {}
        assert await users.person("T1", "U0NOBODY") == Person()
