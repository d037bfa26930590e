"""Watches run by the clock, and tell what there is to tell."""

import pytest

from render import words
from render.watch.message import STOP
from render.watch.model import Condition, When
from sandbox.databricks.genie.timing import Turn
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.watches.runs import due, find, ran, schedule, watch_answer
from tests.stories.watches.watching import Watching, answered
from tests.stories.world import ADA, CHLOE, GENIE, SALES, World, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = "revenue by region last year"
CLOCK = "SELECT unix_millis(current_timestamp()) AS revenue"
"""Another result each time."""
EXECUTE = "*/execute-query"
FINANCE = "C0FINANCE2"
CHANGED = Condition(When.CHANGED)


def direct(world: World) -> list[Message]:
    """Return what the bot said to Ada alone."""
    return world.slack.workspace.roots(world.slack.workspace.direct(ADA).id)


@pytest.mark.slow
async def test_a_watch_tells_what_changed_and_asks_no_question(watching: Watching) -> None:
    """In its thread, to its owner, with a picture; a result that stays the same is not told."""
    world = watching.world
    thread, same = await answered(world, QUESTION)
    world.databricks.turns.add(Turn(sql=CLOCK))
    clock, other = await answered(world, "the clock")
    steady = await watch_answer(watching, same, "V1", condition=CHANGED)
    moving = await watch_answer(watching, other, "V2", condition=CHANGED)
    await due(watching, steady)
    await due(watching, moving)
    assert len(world.ours(thread)) == 1
    [_, told] = world.ours(clock)
    assert f"<@{ADA}>" in str(told.blocks)
    assert " since " in words_of(told)
    await due(watching, await watch_answer(watching, same, "V3"))
    [_, told] = world.ours(thread)
    assert "image" in kinds(told)
    assert len(world.databricks.questions()) == 2


async def test_a_question_is_asked_by_the_clock(watching: Watching) -> None:
    """In a message of its own where no thread is named, for one token; that says whose it is, and ends it."""
    world, slack = watching.world, watching.world.slack
    await ran(watching, await schedule(watching, "units by region last year", SALES))
    [root] = [each for each in world.slack.workspace.roots(SALES) if "units by region" in words_of(each)]
    assert "*EMEA* leads" in words_of(await world.answer(root.ts))
    assert words_of(root).startswith(words.watches.asked(f"<@{ADA}>", "units by region last year"))
    assert [each.content for each in world.databricks.questions()] == ["units by region last year"]
    await slack.click(CHLOE, SALES, root.ts, STOP)
    await slack.until(
        lambda: any(words.watches.STOPPED_NOW in each.text for each in slack.workspace.ephemerals)
    )
    assert await watching.of() == ()


@pytest.mark.slow
async def test_one_dead_channel_holds_no_other_watch_up(watching: Watching) -> None:
    """A watch that cannot tell three times rests, which its owner reads once; the others go on."""
    world = watching.world
    thread, here = await answered(world, QUESTION)
    there = await world.answer(await world.ask(f"{GENIE} {QUESTION}", channel=FINANCE), channel=FINANCE)
    live, dead = await watch_answer(watching, here, "V1"), await watch_answer(watching, there, "V2")
    world.slack.workspace.channels[FINANCE].is_archived = True
    for number in range(1, 4):
        await due(watching, dead)
        await due(watching, live)
        assert len(world.ours(thread)) == 1 + number
    assert (await find(watching, dead)).progress.paused == "slack_refused"
    assert sum("three times" in words_of(each) for each in direct(world)) == 1
    assert (await find(watching, live)).progress.failures == 0


async def test_a_watch_that_fails_three_times_says_so_once(watching: Watching) -> None:
    """With the cause, in its thread; a run that succeeds in between begins to count anew."""
    world = watching.world
    thread, answer = await answered(world, QUESTION)
    name = await watch_answer(watching, answer)
    world.databricks.faults.add(Fault(path=EXECUTE, status=403, times=2))
    for _ in range(3):
        await due(watching, name)
    assert (await find(watching, name)).progress.failures == 0
    world.databricks.faults.add(Fault(path=EXECUTE, status=403, times=3))
    for _ in range(3):
        await due(watching, name)
    resting = (await find(watching, name)).progress
    assert (resting.paused, resting.due) == ("Forbidden", None)
    assert sum("three times" in words_of(each) for each in world.ours(thread)) == 1
