"""The company in which the stories happen, once over Socket Mode and once over HTTP."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.world import OWN_CHARTS, World, company


@pytest.fixture(params=["socket", "http"])
async def world(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[World]:
    """Open the company and start one bot in it."""
    async with company(redis_url, mode=request.param, databricks=OWN_CHARTS) as opened:
        await opened.start_bot()
        yield opened
