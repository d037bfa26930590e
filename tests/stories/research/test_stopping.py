"""Ways to end research early: the run ends in Genie, whatever Genie calls that."""

from typing import Literal

import pytest

from render import words
from sandbox.databricks import AgentMode
from sandbox.faults import Fault
from tests.stories.research.runs import (
    EVENTS,
    SQL,
    WHY,
    plan,
    progress,
    report,
    reports,
    research,
    results,
    stop,
    told,
)
from tests.stories.world import ADA, GENIE, SALES, World, kinds, words_of

pytestmark = pytest.mark.redis


async def test_a_question_that_is_deleted_ends_its_run(world: World) -> None:
    """Nobody wants its report any more."""
    plan(world, hold=7)
    thread = await research(world)
    await progress(world, thread)
    await world.slack.delete(ADA, SALES, thread)
    run = world.databricks.runs[0]
    await world.until(lambda: run.ended)
    assert (run.cancels, run.cancelled) == (1, True)
    await world.slack.until(lambda: not world.slack.workspace.replies(SALES, thread))


@pytest.mark.parametrize("ids", ["message", pytest.param("response", marks=pytest.mark.slow)])
async def test_stop_of_a_run_that_was_found_ends_it_or_says_so(
    world: World, ids: Literal["message", "response"]
) -> None:
    """Its POST told nothing, and whose id its question has is open: Genie may know no run by that."""
    world.databricks.agent_mode.input_ids = ids
    plan(world, hold=7)
    world.databricks.faults.add(Fault(path="*/responses", cut=0))
    thread = await research(world)
    await stop(world, await progress(world, thread))
    (run,) = world.databricks.runs
    if ids == "message":
        await world.slack.until(lambda: words.research.CANNOT_STOP in words_of(world.ours(thread)[0]))
        assert "actions" not in kinds(world.ours(thread)[0])
        world.databricks.release()
        await results(world, thread)
        assert run.cancels == 0
    assert (words.research.stopped(1) in words_of(await report(world, thread))) is run.cancelled
    assert run.cancelled is (ids == "response")


@pytest.mark.slow
async def test_what_genie_does_not_end_holds_up_research_of_its_thread_alone(world: World) -> None:
    """Nobody wants its report any more: questions go on, and more research says what it waits for."""
    world.databricks.agent_mode.input_ids = "message"
    thread = await world.ask(f"{GENIE} revenue by region")
    await world.answer(thread)
    plan(world, hold=7)
    world.databricks.faults.add(Fault(path="*/responses", cut=0))
    asked = await world.ask(f"{GENIE} research: {WHY}", thread=thread)
    await progress(world, thread)
    await world.slack.delete(ADA, SALES, asked)
    await world.ask(f"{GENIE} revenue by month", thread=thread)
    await world.slack.until(lambda: [each for each in world.ours(thread) if SQL in kinds(each)][1:])
    plan(world)
    await world.ask(f"{GENIE} research: revenue by region last year", thread=thread)
    await world.slack.until(lambda: words.threads.BLOCKED in words_of(world.ours(thread)[-1]))
    assert world.databricks.runs[0].ended is None
    world.databricks.release()
    await world.slack.until(
        lambda: [each for each in world.ours(thread) if words.research.BELOW in words_of(each)]
    )


READINGS = {
    "failed": AgentMode(cancelled="failed"),
    "completed": AgentMode(cancelled="completed"),
    "no end in the stream": AgentMode(cancelled="eof"),
    "answered at its end": AgentMode(cancel_waits=True),
    "the items name the response": AgentMode(input_ids="response"),
}


@pytest.mark.slow
@pytest.mark.parametrize("mode", READINGS.values(), ids=READINGS.keys())
async def test_stop_is_told_in_each_reading(world: World, mode: AgentMode) -> None:
    """However Genie words the end of a run that was cancelled, it was stopped."""
    for name in ("cancelled", "cancel_waits", "input_ids"):
        setattr(world.databricks.agent_mode, name, getattr(mode, name))
    plan(world, hold=7)
    thread = await research(world)
    await stop(world, await progress(world, thread))
    assert words.research.stopped(1) in words_of(await report(world, thread))
    assert world.databricks.runs[0].cancels == 1


@pytest.mark.slow
async def test_without_the_items_a_stop_is_told_with_its_queries(world: World) -> None:
    """Chat mode's view of the run has those that have run, and nothing else of it."""
    world.databricks.agent_mode.items = False
    plan(world, hold=7)
    world.databricks.faults.add(Fault(path="*/responses", cut=2))
    thread = await research(world)
    await told(world, 7)
    await world.slack.until(lambda: any("actions" in kinds(each) for each in world.ours(thread)))
    await stop(world, world.ours(thread)[0])
    assert words.research.stopped(1) in words_of(await report(world, thread))


@pytest.mark.slow
@pytest.mark.parametrize("answer", [200, 400, 404])
async def test_a_stop_that_comes_too_late_leaves_the_report(
    world: World, answer: Literal[200, 400, 404]
) -> None:
    """Genie has ended when it is told: its report is shown, as nothing was left to stop."""
    world.databricks.agent_mode.late_cancel = answer
    plan(world, lost=(EVENTS - 1,), hold=EVENTS)
    thread = await research(world)
    await told(world, EVENTS)
    await stop(world, await progress(world, thread, queries=2))
    await world.until(lambda: any(each.kind == "cancel" for each in world.databricks.request_log))
    world.databricks.release()
    message = await report(world, thread)
    assert words.research.BELOW in words_of(message)
    assert len(reports(world, thread)) == 1
    assert world.databricks.runs[0].cancels == 0
