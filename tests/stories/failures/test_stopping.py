"""SIGTERM in the middle of work: the bot ends within ten seconds, and its successor goes on with it all."""

import asyncio
import signal

import pytest

from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from tests.stories.limited import limited
from tests.stories.world import ADA, BEN, CHLOE, GENIE, World

pytestmark = [pytest.mark.redis, pytest.mark.slow]

QUESTION = f"{GENIE} revenue by region last year"
LIMIT = 6
"""So many questions are with Genie at once, and the others wait in line."""
STORAGE = Fault(path="/upload/*", delay=120.0, times=None)


async def keep_asking(world: World, threads: list[str]) -> None:
    """Ask while the bot stops; what it does not take Slack sends to its successor."""
    for _ in range(5):
        threads.append(await world.ask(QUESTION, CHLOE))
        await asyncio.sleep(0.02)


def called(world: World) -> set[str]:
    """Return the methods of Slack that were called."""
    return {each.method for each in world.slack.request_log}


@pytest.mark.parametrize("hangs", [False, True])
async def test_a_stop_under_load_leaves_all_to_the_successor(hangs: bool, redis_url: str) -> None:  # noqa: FBT001
    """Questions are in line, with Genie and on their way in; or answers hang at Slack's storage besides."""
    async with limited(
        redis_url, LIMIT, timing=Timing(total=lambda _: 1.0), CHARTS="png" if hangs else "off"
    ) as world:
        bot = await world.start_bot(warm=hangs)
        if hangs:
            world.slack.faults.add(STORAGE)
        threads = [await world.ask(QUESTION, user) for user in (ADA, BEN) * LIMIT]
        await world.asked(LIMIT)
        if hangs:
            await world.until(lambda: "files.getUploadURLExternal" in called(world))
        asking = asyncio.create_task(keep_asking(world, threads))
        async with asyncio.timeout(10):
            assert await bot.end(signal.SIGTERM) == 0
        await asking
        assert len(world.databricks.questions()) < len(threads)
        world.slack.faults.clear()
        await world.start_bot()
        for thread in threads:
            await world.answer(thread)
            assert len([each for each in world.ours(thread) if not each.files]) == 1
        assert len(world.databricks.questions()) == len(threads)
