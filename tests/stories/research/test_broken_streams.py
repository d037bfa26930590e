"""Research whose stream breaks: one run in Genie's journal, one report, and the right end told."""

import pytest

from bot.steps import ask
from render import words
from sandbox.databricks import AgentTurn
from sandbox.faults import Fault
from tests.stories.exports import files
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
from tests.stories.world import GENIE, World, words_of

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


def looking_soon() -> None:
    """Have a bot not wait long, either, for a lost run to be listed."""
    quickly()
    vars(ask).update(LISTED_SECONDS=1.0, LOOK_UP_SECONDS=0.2)


@pytest.mark.slow
@pytest.mark.parametrize("arrives", [False, True])
async def test_the_same_words_again_are_a_run_of_their_own(
    redis_url: str,
    arrives: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """Their POST got lost, on the way to Genie or back: the run before is not taken for theirs."""
    async with laboratory(redis_url) as world:
        await world.start_bot(prepare=looking_soon)
        plan(world, times=2)
        words_twice = f"{GENIE} research: revenue by region last year"
        thread = await world.ask(words_twice)
        await results(world, thread)
        world.databricks.faults.add(Fault(path="*/responses", drop=not arrives, cut=0 if arrives else None))
        await world.ask(words_twice, thread=thread)
        await world.slack.until(lambda: len(reports(world, thread)) == 2)
        assert len(world.databricks.runs) == 2


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


ENDS = {
    "failed": (AgentTurn(end="failed", error={"code": "X"}), words.research.FAILED_WITH),
    "incomplete": (AgentTurn(end="incomplete"), words.research.INCOMPLETE),
    "top-level error": (AgentTurn(end="error"), words.research.FAILED_WITH),
    "no end": (AgentTurn(end="eof"), words.research.BELOW),
    "response.done": (AgentTurn(end="done"), words.research.BELOW),
}


@pytest.mark.slow
async def test_every_end_is_told(world: World) -> None:
    """However Genie says that a run has ended, its asker reads it."""
    for name, (turn, said) in ENDS.items():
        plan(world, end=turn.end, error=turn.error)
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
