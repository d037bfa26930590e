"""The company in which research happens; its bot reads and shows it more quickly than one does elsewhere."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.research.runs import laboratory, quickly
from tests.stories.world import World


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company with one bot in it."""
    async with laboratory(redis_url) as opened:
        await opened.start_bot(prepare=quickly)
        yield opened
