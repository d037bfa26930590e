"""What the bot makes of those that it depends on before anything else sees them."""

from functools import partial

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.errors import StartupError
from bot.startup.checks import check_bot_token
from bot.startup.clients import REQUESTS, paced
from bot.startup.scopes import check_scopes
from bot.store.keys import Keys
from bot.store.limiter import Bucket
from bot.store.questions import NotStored
from genie.client import Genie
from genie.http.auth import PersonalToken
from genie.http.transport import Timeouts
from genie.model import MessageRef
from sandbox.slack import Settings, Slack
from sandbox.slack.state.settings import SCOPES
from tests.unit.genie.genie_server import GenieServer


async def test_without_redis_a_look_at_genie_is_not_blamed_on_genie(server: GenieServer) -> None:
    """The error says that Redis is away, and nothing is sent beyond the shared budget."""
    async with (
        aiohttp.ClientSession() as http,
        Redis.from_url("redis://127.0.0.1:9") as away,
    ):
        requests = Bucket(away, Keys("test"), "requests", REQUESTS)
        pace, timeouts = partial(paced, requests), Timeouts(read=0.5)
        genie = Genie(http, server.url, PersonalToken("dapi1"), pace=pace, timeouts=timeouts)
        with pytest.raises(NotStored):
            await genie.message(MessageRef("s", "c", "m"))
    assert server.seen == []


@pytest.mark.parametrize("missing", [set[str](), {"channels:read", "users:read.email"}])
async def test_the_start_tells_which_optional_scopes_are_missing(
    missing: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    """One line names them all, and none comes where nothing is missing."""
    async with Slack(Settings(scopes=SCOPES - missing)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        granted = (await check_bot_token(client)).scopes
    assert granted == SCOPES - missing
    check_scopes(granted, people_sign_in=False)
    told = [record.scopes for record in caplog.records if record.msg == "slack.scopes_missing"]  # type: ignore[attr-defined]  # an extra
    assert told == ([sorted(missing)] if missing else [])


def test_people_cannot_sign_in_without_their_addresses() -> None:
    """Where people sign in, a Slack that does not tell e-mail addresses stops the start with one sentence."""
    with pytest.raises(StartupError, match=r"users:read\.email"):
        check_scopes(SCOPES - {"users:read.email"}, people_sign_in=True)
    check_scopes(SCOPES - {"groups:read"}, people_sign_in=True)
