"""An operator lets people ask as themselves from now on, while questions of a channel are under way."""

import asyncio
import signal

import pytest

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.crash.sign_ins import follow_links
from tests.stories.identity.people import asking_as_themselves, direct
from tests.stories.world import ADA, BEN, GENIE, World, words_of

pytestmark = [pytest.mark.redis, pytest.mark.slow]

WINDOW = {"QUESTIONS_PER_MINUTE": "1", "QUESTION_WINDOW_SECONDS": "8", "QUESTION_GUARD_SECONDS": "1"}


async def _with_one_in_line(world: World) -> list[str]:
    """Let Ben's question run, and Ada's wait in line; return their threads."""
    threads = [await world.ask(f"{GENIE} revenue by region, slowly", BEN)]
    await world.asked()
    threads.append(await world.ask(f"{GENIE} orders by region", ADA))
    await world.slack.until(lambda: world.ours(threads[1]) or None)
    return threads


def roots(world: World) -> list[Message]:
    """Return the first messages of the threads in Ada's direct messages."""
    channel = direct(world, ADA)
    return world.slack.workspace.roots(channel) if channel else []


async def test_nothing_asked_as_a_person_gets_into_the_channel(redis_url: str) -> None:
    """What runs ends in words, and can be asked again; what waits in line moves to its asker."""
    slowly = Timing(total=lambda asked: 60.0 if "slowly" in asked else 0.4)
    async with asking_as_themselves(redis_url, timing=slowly) as world:
        world.environment |= WINDOW
        async with asyncio.TaskGroup() as group:
            signing_in = [group.create_task(follow_links(world, user)) for user in (ADA, BEN)]
            bot = await world.start_bot(IDENTITY="app")
            running, waiting = await _with_one_in_line(world)
            await bot.end(signal.SIGTERM)
            await world.start_bot()
            end = await world.answer(running)
            moved = await world.answer(waiting)
            root = await world.slack.until(lambda: next(iter(roots(world)), None))
            answer = await world.answer(root.ts, channel=root.channel)
            for each in signing_in:
                each.cancel()
    assert words.own_rights.CHANGED in words_of(end)
    assert words_of(moved) == words.share.answered_privately("Ada Okafor")
    assert words.answer.AI_GENERATED in words_of(answer)
    assert [each.identity for each in world.databricks.questions()][1:] == ["ada@example.com"]
