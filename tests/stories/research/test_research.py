"""Research: asked for, followed while it runs, stopped, and told as a report with its results."""

import pytest

from render import words
from render.answer.actions import RESEARCH, SHARE
from render.blockkit.buttons import START_FRESH
from sandbox.databricks import AgentTurn, Turn
from sandbox.faults import Fault
from tests.stories.exports import press
from tests.stories.research.runs import (
    EVENTS,
    TITLES,
    plan,
    progress,
    report,
    reports,
    research,
    results,
    stop,
)
from tests.stories.world import BEN, GENIE, SALES, World, kinds, words_of

pytestmark = pytest.mark.redis

TOO_LONG = {"type": "CONTEXT_EXCEEDED_EXCEPTION"}


async def test_a_run_is_followed_and_told_as_a_report_with_results(world: World) -> None:
    """A card for each query while it runs; then prose, links, each result once; the gist can be shared."""
    world.databricks.turns.add(Turn(agent=AgentTurn(hold=EVENTS - 3)))
    thread = await research(world)
    shown = await progress(world, thread, queries=2)
    cards = next(block for block in shown.blocks if block["type"] == "plan")["tasks"]
    assert [card["title"].split(" · ")[0] for card in cards[:2]] == [*TITLES]
    world.databricks.release()
    message, tables = await report(world, thread), await results(world, thread, 5)
    assert (message.ts, len(reports(world, thread)), len(tables)) == (shown.ts, 1, 5)
    for text in ("EMEA", "Conclusion", words.research.BELOW, "samples.sales.orders", *TITLES):
        assert text in words_of(message)
    assert [words_of(each).split("\n")[0] for each in tables[:2]] == [*TITLES]
    assert (len(world.databricks.runs), world.databricks.questions()) == (1, [])
    await press(world, message, SHARE)
    shared = await world.slack.until(lambda: next(iter(reports(world, thread)[1:]), None))
    for text in ("why did revenue fall in Q3 2026?", "EMEA", words.research.REST_IN_THREAD):
        assert text in words_of(shared)


async def test_stop_ends_the_run_in_genie(world: World) -> None:
    """Only its asker can; what was found until then is told, and the journal has one cancel."""
    plan(world, hold=7)
    thread = await research(world)
    shown = await progress(world, thread)
    await stop(world, shown, BEN)
    assert words.research.NOT_YOURS in words_of(world.slack.ephemerals[-1])
    await stop(world, shown)
    message = await report(world, thread)
    assert words.research.stopped(1) in words_of(message)
    assert "1,323,571.20" in words_of(message)
    (run,) = world.databricks.runs
    assert (run.cancels, run.cancelled, len(run.queries)) == (1, True, 1)


async def test_dig_deeper_is_a_conversation_of_its_own(world: World) -> None:
    """Agent mode gets the question with how it was read; one run, however often it is pressed."""
    plan(world)
    thread = await world.ask(f"{GENIE} revenue by region in Q3 2026")
    answer = await world.answer(thread)
    for user in (answer.user or "", BEN):
        await press(world, answer, RESEARCH, user)
    await results(world, thread, 3)
    (run,) = world.databricks.runs
    assert "revenue by region in Q3 2026" in run.content
    assert "Calculates revenue" in run.content
    assert run.message.conversation_id != world.databricks.questions()[0].conversation_id


@pytest.mark.slow
async def test_research_below_an_answer_goes_on_from_that(world: World) -> None:
    """A word before a reply is enough: agent mode gets what was asked before it, and how it was read."""
    plan(world, times=2)
    thread = await world.ask(f"{GENIE} revenue by region in Q3 2026")
    await world.answer(thread)
    for number, text in enumerate(("why did it fall?", "units by month in 2025"), 1):
        await world.ask(f"{GENIE} research: {text}", thread=thread)
        await results(world, thread, 1 + 2 * number)
    first, second = (run.content for run in world.databricks.runs)
    assert first.startswith("why did it fall?\n")
    assert "revenue by region in Q3 2026" in first
    assert "Calculates revenue" in first
    assert second == "units by month in 2025"


async def test_research_that_is_too_long_starts_fresh(world: World) -> None:
    """The button asks once more in agent mode, in a new conversation."""
    plan(world, end="failed", error=TOO_LONG, queries=1)
    thread = await research(world)
    trouble = await report(world, thread)
    assert words.threads.TOO_LONG in words_of(trouble)
    plan(world)
    await world.slack.click(BEN, SALES, trouble.ts, START_FRESH)
    await results(world, thread)
    assert len({run.message.conversation_id for run in world.databricks.runs}) == 2


@pytest.mark.slow
async def test_a_conversation_that_is_too_long_is_left(world: World) -> None:
    """A reply is researched in a new one by itself, once, and says so; what was lost before is looked up."""
    plan(world)
    thread = await research(world)
    await results(world, thread)
    plan(world, end="failed", error=TOO_LONG)
    world.databricks.faults.add(Fault(path="*/responses", cut=6))
    plan(world)
    await world.ask("units by month in 2025", thread=thread)
    await results(world, thread, 4)
    assert words.threads.OUTGROWN in words_of(reports(world, thread)[1])
    plan(world, end="failed", error=TOO_LONG, times=2)
    await world.ask("revenue by month in 2025", thread=thread)
    trouble = await world.slack.until(lambda: next(iter(reports(world, thread)[2:]), None))
    assert words.threads.TOO_LONG in words_of(trouble)
    first, again, second, third, fourth = (run.message.conversation_id for run in world.databricks.runs)
    assert (again, third) == (first, second)
    assert len({first, second, fourth}) == 3


@pytest.mark.slow
async def test_busy_and_over_the_limit_one_run_is_asked_for(world: World) -> None:
    """Genie's 409 and 429 take nothing: the question waits its time, and is asked once."""
    plan(world)
    for refusal in (Fault(status=429, body="{}", retry_after="1"), Fault(status=409, body="{}")):
        world.databricks.faults.add(
            Fault(path="*/responses", status=refusal.status, body="{}", retry_after=refusal.retry_after)
        )
    thread = await research(world)
    await report(world, thread)
    await results(world, thread)
    asked = [record.status for record in world.databricks.request_log if record.kind == "research"]
    assert (asked, len(world.databricks.runs)) == ([429, 409, 200], 1)


async def test_two_people_research_side_by_side(world: World) -> None:
    """Each has a run, a report and results of one's own, in one's own thread."""
    plan(world, times=2)
    one = await research(world)
    two = await research(world, "units by month in 2025", BEN)
    for thread, title in ((one, TITLES[0]), (two, "Units by month, 2025")):
        assert title in words_of(await report(world, thread))
        assert title in words_of((await results(world, thread, 1))[0])
    assert [run.status for run in world.databricks.runs] == ["completed"] * 2


async def test_where_agent_mode_is_off_genie_is_asked_without(world: World) -> None:
    """The first one finds that out, later ones do not try: chat mode answers each, which says why."""
    world.databricks.agent_mode.enabled = False
    threads = [await research(world, "revenue by region"), await research(world, "units by region", BEN)]
    for thread in threads:
        answer = await world.answer(thread)
        assert "data_table" in kinds(answer)
        assert words.research.WITHOUT in words_of(answer)
        assert words.research.DIG_DEEPER not in words_of(answer)
    assert (world.databricks.runs, len(world.databricks.questions())) == ([], 2)
