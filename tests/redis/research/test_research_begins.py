"""What becomes of research of which Genie has not said in time where it is."""

import asyncio

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.steps.research import begin
from tests.redis.research.test_research_steps import run_of

pytestmark = pytest.mark.redis


async def test_a_stream_that_only_lives_is_left_and_the_run_looked_up(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its slot is free again; nothing asks anew before Genie's lists have been searched."""
    monkeypatch.setattr(begin, "BEGIN_SECONDS", 0.05)
    run = await run_of(redis, asyncio.Event().wait)
    async with asyncio.timeout(20):
        await run.step.run(run.lease)
    assert await run.saved("state", "owner", "failures_in_a_row") == [State.ASKING, None, "1"]
    assert run.genie.posts == 1
