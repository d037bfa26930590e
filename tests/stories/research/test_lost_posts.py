"""Research whose POST gets lost: only its own run is looked for, never one before with the same words."""

from collections.abc import AsyncIterator

import pytest

from bot.steps import ask
from bot.steps.research import begin
from render import words
from render.answer.actions import SHARE
from sandbox.faults import Fault
from tests.stories.exports import press
from tests.stories.research.runs import EVENTS, laboratory, plan, quickly, reports, research, results, told
from tests.stories.world import ADA, GENIE, SALES, World, words_of

pytestmark = [pytest.mark.redis, pytest.mark.slow]


def looking_soon() -> None:
    """Have a bot not wait long, either, for a lost run to be listed."""
    quickly()
    vars(ask).update(LOOK_UP_SECONDS=0.2)
    vars(begin).update(LISTED_SECONDS=1.0)


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company; its bot looks soon for a run that is lost."""
    async with laboratory(redis_url) as world:
        await world.start_bot(prepare=looking_soon)
        yield world


@pytest.mark.parametrize("arrives", [False, True])
async def test_the_same_words_again_are_a_run_of_their_own(
    world: World,
    arrives: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Their POST got lost, on the way to Genie or back: the run before is not taken for theirs."""
    plan(world)
    plan(world, queries=0)
    words_twice = f"{GENIE} research: revenue by region last year"
    thread = await world.ask(words_twice)
    await results(world, thread)
    world.databricks.faults.add(Fault(path="*/responses", drop=not arrives, cut=0 if arrives else None))
    await world.ask(words_twice, thread=thread)
    await world.slack.until(lambda: len(reports(world, thread)) == 2)
    assert len(world.databricks.runs) == 2
    await press(world, reports(world, thread)[0], SHARE)
    shared = await world.slack.until(lambda: next(iter(reports(world, thread)[2:]), None))
    assert "EMEA" in words_of(shared)


@pytest.mark.parametrize("arrives", [False, True])
async def test_research_that_begins_anew_is_not_taken_for_its_run_that_was_too_long(
    world: World,
    arrives: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Both have its words: where the second POST got lost, the run before is not the one to look for."""
    plan(world)
    thread = await research(world)
    await results(world, thread)
    plan(world, end="failed", error={"type": "CONTEXT_EXCEEDED_EXCEPTION"})
    plan(world)
    world.databricks.faults.add(Fault(path="*/responses", cut=EVENTS + 1))
    world.databricks.faults.add(Fault(path="*/responses", drop=not arrives, cut=0 if arrives else None))
    await world.ask("units by month in 2025", thread=thread)
    await results(world, thread, 4)
    assert words.threads.OUTGROWN in words_of(reports(world, thread)[1])
    assert len(world.databricks.runs) == 3


async def test_research_that_was_deleted_is_not_found_for_the_same_words(world: World) -> None:
    """They are asked again, and their POST does not arrive: the run that nobody wants stays nobody's."""
    plan(world)
    thread = await research(world)
    await results(world, thread)
    plan(world, hold=7)
    again = f"{GENIE} research: revenue by region last year"
    asked = await world.ask(again, thread=thread)
    run = await told(world, 7, number=2)
    await world.slack.until(lambda: len(world.ours(thread)) == 4)
    await world.slack.delete(ADA, SALES, asked)
    await world.until(lambda: run.ended)
    await world.slack.until(lambda: len(world.ours(thread)) == 3)
    plan(world)
    world.databricks.faults.add(Fault(path="*/responses", drop=True))
    await world.ask(again, thread=thread)
    await results(world, thread, 4)
    assert len(world.databricks.runs) == 3
