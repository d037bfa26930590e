"""The pages of the sign-in, and the browser of the person for whom a link is."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.redis.sign_in.site import Site, open_site
from tests.stories.identity.people import Browser, browser


@pytest.fixture
async def site(redis: "Redis") -> AsyncIterator[Site]:
    """Open the pages between a Slack and a Databricks."""
    async with open_site(redis) as opened:
        yield opened


@pytest.fixture
async def own() -> AsyncIterator[Browser]:
    """Open the browser of the person for whom the link is."""
    async with browser() as opened:
        yield opened
