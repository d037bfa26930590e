"""Research whose stream breaks: one run in Genie's journal, one report, and the right end told."""

import pytest

from render import words
from render.answer.actions import SHARE
from sandbox.databricks import AgentTurn
from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from tests.stories.exports import files, press
from tests.stories.research.runs import (
    EVENTS,
    TITLES,
    laboratory,
    plan,
    quickly,
    read,
    report,
    reports,
    research,
    results,
)
from tests.stories.world import World, words_of

pytestmark = pytest.mark.redis


@pytest.mark.parametrize(
    "cuts", [(1, EVENTS - 1), pytest.param(range(1, EVENTS), marks=pytest.mark.slow)], ids=["some", "all"]
)
async def test_a_stream_cut_at_any_event_tells_the_same(world: World, cuts: tuple[int, ...]) -> None:
    """The run goes on in Genie, and what the stream did not tell is looked up: nothing is asked again."""
    plan(world, times=100)
    usual = await research(world)
    await results(world, usual)
    for cut in cuts:
        world.databricks.faults.add(Fault(path="*/responses", cut=cut))
        thread = await research(world)
        await results(world, thread)
        assert read(world, thread) == read(world, usual), cut
        assert len(reports(world, thread)) == 1
    assert len(world.databricks.runs) == len(cuts) + 1


@pytest.mark.parametrize(
    "cut", [None, pytest.param(0, marks=pytest.mark.slow)], ids=["no answer", "no event"]
)
@pytest.mark.slow
async def test_a_run_that_told_nothing_of_itself_is_found(world: World, cut: int | None) -> None:
    """Genie took the question and the connection broke: the run is found by its words."""
    plan(world)
    lost = cut is None
    world.databricks.faults.add(Fault(path="*/responses", cut=cut, drop=lost, after=lost))
    thread = await research(world)
    await results(world, thread)
    assert len(reports(world, thread)) == 1
    assert len(world.databricks.runs) == 1


@pytest.mark.slow
async def test_a_report_whose_message_does_not_come_is_shared_as_well(redis_url: str) -> None:
    """The view of chat mode lags behind for longer than the report waits, which has its words."""
    steps = ("REASONING", "CALLING", "EXECUTING_SQL", "REPORTING")
    late = Timing(dict.fromkeys(steps, 0.02) | {"VIEW_LAG": 60.0})
    async with laboratory(redis_url, late) as world:
        await world.start_bot(prepare=quickly)
        plan(world)
        thread = await research(world)
        message = await report(world, thread)
        await press(world, message, SHARE)
        shared = await world.slack.until(lambda: next(iter(reports(world, thread)[1:]), None))
        assert "EMEA" in words_of(shared)


async def test_a_run_that_dies_with_its_stream_is_told_as_failed(world: World) -> None:
    """With what Genie had found by then."""
    plan(world, hold=9)
    world.databricks.faults.add(Fault(path="*/responses", cut=9, with_run=True))
    thread = await research(world)
    message = await report(world, thread)
    assert words.research.FAILED_WITH in words_of(message)
    assert len(world.databricks.runs) == 1


async def test_without_the_items_chat_modes_view_has_the_results(world: World) -> None:
    """A workspace that does not list items shows a broken run in chat mode, some seconds late."""
    world.databricks.agent_mode.items = False
    plan(world)
    world.databricks.faults.add(Fault(path="*/responses", cut=6))
    thread = await research(world)
    tables = await results(world, thread)
    assert [words_of(each).split("\n")[0] for each in tables] == [*TITLES]
    assert len(reports(world, thread)) == 1
    assert len(world.databricks.runs) == 1


@pytest.mark.slow
async def test_without_the_items_a_report_is_shared_by_a_result(world: World) -> None:
    """Its words cannot be read again there; the view of chat mode has its queries."""
    world.databricks.agent_mode.items = False
    plan(world)
    thread = await research(world)
    await results(world, thread)
    await press(world, await report(world, thread), SHARE)
    shared = await world.slack.until(lambda: next(iter(reports(world, thread)[1:]), None))
    assert any(title in words_of(shared) for title in TITLES)
    assert words.research.REST_IN_THREAD in words_of(shared)


NO_WAREHOUSE = {"code": "RESOURCE_DOES_NOT_EXIST", "message": "No warehouse."}
ENDS = {
    "failed": (AgentTurn(end="failed", error={"code": "X"}), words.research.FAILED_WITH),
    "incomplete": (AgentTurn(end="incomplete"), words.research.INCOMPLETE),
    "top-level error": (AgentTurn(end="error", error=NO_WAREHOUSE), words.failures.NO_WAREHOUSE),
    "error before all else": (
        AgentTurn(announced=False, end="error", error=NO_WAREHOUSE),
        words.failures.NO_WAREHOUSE,
    ),
    "no end": (AgentTurn(end="eof"), words.research.BELOW),
    "response.done": (AgentTurn(end="done"), words.research.BELOW),
}


@pytest.mark.slow
async def test_every_end_is_told(world: World) -> None:
    """However Genie says that a run has ended, its asker reads it."""
    for name, (turn, said) in ENDS.items():
        plan(world, end=turn.end, error=turn.error, announced=turn.announced)
        thread = await research(world)
        message = await report(world, thread)
        assert said in words_of(message), name
    assert len(world.databricks.runs) == len(ENDS)


@pytest.mark.slow
async def test_a_report_of_600_kilobytes_comes_whole(world: World) -> None:
    """It is a line of the stream, twice: its beginning stands in the message, all of it in a file."""
    plan(world, padding=600_000)
    thread = await research(world)
    message = await report(world, thread)
    assert words.research.BELOW in words_of(message)
    (file,) = await world.slack.until(lambda: files(world, ".md"))
    assert file.length > 600_000
