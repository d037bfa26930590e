"""One process that looks at the channels of a Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.channels import Channels
from bot.slack.members import MemberCounts
from bot.slack.users import Users
from bot.store.keys import Keys
from sandbox.slack import Slack

TEAM, SALES = "T0SANDBOX1", "C0SALES001"
KEYS = Keys("test")


@asynccontextmanager
async def looking(slack: Slack, redis: "Redis") -> AsyncIterator[Channels]:
    """Be one process."""
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        async with MemberCounts(client, redis, KEYS, Users(client, redis, KEYS)) as counts:
            yield Channels(client, redis, KEYS, counts)
