"""The company in which the stories of watches happen: whoever watches there has no quiet hours."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from tests.stories.watches.watching import Watching
from tests.stories.world import ADA, BEN, OWN_CHARTS, company


@pytest.fixture
async def watching(redis_url: str) -> AsyncIterator[Watching]:
    """Open the company and start one bot in it that looks often for what is due."""
    async with (
        Redis.from_url(redis_url, decode_responses=True) as redis,
        company(redis_url, databricks=OWN_CHARTS, ADMINS="U0CHLOE003") as world,
    ):
        opened = Watching(world, redis)
        for user in (ADA, BEN):
            await opened.never_quiet(user)
        await world.start_bot(prepare=look_often)
        yield opened


def look_often() -> None:
    """Have a process look for what is due many times a second."""
    from bot.jobs.watch import clock, job  # noqa: PLC0415 (in the process of the bot)

    vars(clock).update(LOOK_SECONDS=0.1, SOON_SECONDS=0.05)
    vars(job).update(LOOK_SECONDS=0.1)
