"""A local Slack with an app that takes everything."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(limits=Limits.none(), trigger_life=15.0, ack_timeout=15.0)) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


@pytest.fixture
async def bodies(slack: Slack, client: AsyncWebClient) -> AsyncIterator[list[dict[str, Any]]]:
    """Connect an app that takes everything and keeps what it was sent."""
    app = AsyncApp(client=client)
    taken: list[dict[str, Any]] = []

    @app.middleware
    async def take(body: dict[str, Any], ack: Any) -> Any:
        taken.append(body)
        return await ack()

    handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's own
    yield taken
    await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's own
