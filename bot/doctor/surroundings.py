"""The clients with which looks are made: the bot's own, without Redis, and with less patience."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.config.settings import Settings
from bot.startup.clients import http_session, own_auth, slack_client
from genie.client import Genie
from genie.http.transport import Timeouts

TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)
PATIENCE = Timeouts(read=8.0, attempt=5.0)
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every look may use."""

    settings: Settings
    http: aiohttp.ClientSession
    slack: AsyncWebClient
    genie: Genie
    """As the bot's own identity; without the budget of requests that the bot's processes share."""
    clock: Clock = time.time
    """Seconds since 1970, by this machine."""


@asynccontextmanager
async def open_surroundings(settings: Settings, clock: Clock = time.time) -> AsyncIterator[Surroundings]:
    """Build the clients; nothing is sent yet."""
    async with http_session(TIMEOUT) as http:
        genie = Genie(
            http,
            settings.databricks_host,
            own_auth(settings, http),
            timeouts=PATIENCE,
            workspace_id=settings.databricks_workspace_id,
        )
        slack = slack_client(settings, http)
        yield Surroundings(settings=settings, http=http, slack=slack, genie=genie, clock=clock)
