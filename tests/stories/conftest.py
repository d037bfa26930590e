"""The company in which the stories happen; the transport from Slack is Socket Mode unless a story says so."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.world import OWN_CHARTS, World, company


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company and start one bot in it."""
    async with company(redis_url, databricks=OWN_CHARTS) as opened:
        await opened.start_bot()
        yield opened
