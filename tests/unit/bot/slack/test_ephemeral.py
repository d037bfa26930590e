"""Ephemeral replies: a failure costs nothing."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.ephemeral import EphemeralReplies
from sandbox.faults import Fault
from sandbox.slack.server import Slack
from tests.stories.world import ADA, SALES


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def ephemeral(slack: Slack) -> AsyncIterator[EphemeralReplies]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        yield EphemeralReplies(client, http)


@pytest.mark.parametrize(
    "fault", [{"status": 404}, {"status": 410}, {"status": 500}, {"drop": True}, {"delay": 6.0}]
)
async def test_an_ephemeral_reply_that_fails_costs_nothing(
    fault: dict[str, float], slack: Slack, ephemeral: EphemeralReplies
) -> None:
    """An address to answer at may be old, used up, away or slow."""
    slack.faults.add(Fault(path="/response/*", **fault))  # type: ignore[arg-type]
    await ephemeral.say(f"{slack.url}/response/1", "hello")
    await ephemeral.say("http://127.0.0.1:9/", "hello")


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "30"},
        {"status": 500},
        {"drop": True, "times": None},
        {"status": 200, "body": '{"ok": true, "permalink": "<evil|x>"}'},
        {"status": 200, "body": '{"ok": false, "error": "invalid_auth"}'},
    ],
)
async def test_an_address_may_stay_unknown(
    fault: dict[str, str | int], slack: Slack, ephemeral: EphemeralReplies
) -> None:
    """Slack tells it when it can; what is no address is none."""
    ts = await slack.say(ADA, SALES, "hello")
    assert (await ephemeral.link(SALES, ts)).endswith(f"/archives/{SALES}/p{ts.replace('.', '')}")
    assert await ephemeral.link(SALES, "1.000001") == ""
    slack.faults.add(Fault(path="*/chat.getPermalink", **fault))  # type: ignore[arg-type]
    assert await ephemeral.link(SALES, ts) == ""
