"""Kill -9 of a bot that follows research: one run in Genie's journal, one report, and the right end told."""

import pytest

from render import words
from tests.stories.kill import kill
from tests.stories.research.runs import (
    EVENTS,
    laboratory,
    plan,
    progress,
    quickly,
    read,
    report,
    reports,
    research,
    results,
    stop,
    told,
)
from tests.stories.world import words_of

pytestmark = pytest.mark.redis

QUICK = 6
OTHERS = [pytest.param(n, marks=pytest.mark.slow) for n in range(1, EVENTS + 1) if n != QUICK]


@pytest.mark.parametrize("events", [QUICK, *OTHERS])
async def test_killed_after_any_event_another_goes_on(redis_url: str, events: int) -> None:
    """The next bot looks the run up, asks nothing again, and tells what the first one would have told."""
    async with laboratory(redis_url) as world:
        bot = await world.start_bot(prepare=quickly)
        plan(world, hold=events)
        thread = await research(world)
        await told(world, events)
        await kill(world, bot)
        world.databricks.release()
        await world.start_bot(prepare=quickly)
        await results(world, thread)
        assert (len(world.databricks.runs), len(reports(world, thread))) == (1, 1)
        plan(world)
        usual = await research(world)
        await results(world, usual)
        assert read(world, thread) == read(world, usual)


async def test_killed_while_it_stops_another_stops(redis_url: str) -> None:
    """That its asker has pressed Stop outlives the bot that was told."""
    async with laboratory(redis_url) as world:
        bot = await world.start_bot(prepare=quickly)
        plan(world, hold=7)
        thread = await research(world)
        shown = await progress(world, thread)
        await stop(world, shown)
        await kill(world, bot)
        await world.start_bot(prepare=quickly)
        message = await report(world, thread)
        assert words.research.stopped(1) in words_of(message)
        (run,) = world.databricks.runs
        assert run.cancelled


async def test_a_replica_takes_a_run_over(redis_url: str) -> None:
    """Within seconds, while the run goes on in Genie; Stop then works there."""
    async with laboratory(redis_url) as world:
        one = await world.start_bot(prepare=quickly)
        plan(world, hold=11)
        thread = await research(world)
        await progress(world, thread, queries=2)
        await world.start_bot(prepare=quickly, PORT="0")
        await kill(world, one)
        await stop(world, world.ours(thread)[0])
        message = await report(world, thread)
        assert words.research.stopped(2) in words_of(message)
        assert [run.cancels for run in world.databricks.runs] == [1]
