"""A watch is set in the menu below an answer; its owner pauses, resumes and stops it."""

import asyncio
import re

import pytest

from bot.records.progress import State
from bot.records.watch import WatchKind, question_of, run_id
from render import words
from render.blockkit.buttons import OVERFLOW_MENU
from render.notices.message_above import ASK_WITH_ABOVE
from render.watch.message import PAUSE, RESUME, STOP
from render.watch.modal import ASKS, COLUMN, RHYTHM, SIDE, VALUE, WHAT
from render.watch.model import Condition, When
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.home.at_home import modal, open_home, press
from tests.stories.home.at_home import said as home_said
from tests.stories.watches.runs import find, schedule
from tests.stories.watches.watching import QUESTION, Watching, answered, said
from tests.stories.world import ADA, ANSWER_SECONDS, BEN, CHLOE, GENIE, SALES, World, texts, words_of

pytestmark = pytest.mark.redis


async def test_a_watch_is_set_in_the_menu_of_an_answer_and_told_in_its_thread(watching: Watching) -> None:
    """The form says who is told, and what it lacks; the thread then says who watches, and when."""
    world = watching.world
    thread, answer = await answered(world)
    view = await watching.form(answer)
    shown = "\n".join(texts(view.content["blocks"]))
    for part in (QUESTION, "Orders", f"<#{SALES}>", "Europe/Amsterdam"):
        assert part in shown
    lacking = await watching.submit(view, **{WHAT: When.CROSSES, SIDE: "below"})
    assert lacking == {COLUMN: words.watches.NO_COLUMN, VALUE: words.watches.NO_VALUE}
    assert await watching.of() == ()
    chosen = {WHAT: When.CROSSES, COLUMN: "|orders", SIDE: "above", VALUE: "1e6"}
    assert await watching.submit(view, **chosen) == {}
    told = await world.slack.until(lambda: said(world, thread, "I look at this answer again"))
    assert f"<@{ADA}>" in words_of(told)
    assert "when Orders gets above 1,000,000" in words_of(told)
    [due] = re.findall(r"from <!date\^(\d+)\^", words_of(told))
    assert int(due) % 3600 == 0
    stored = await watching.only()
    assert stored.watch.condition == Condition(When.CROSSES, "orders", value="1000000")
    assert (stored.watch.time_zone, stored.watch.place.thread) == ("Europe/Amsterdam", thread)
    assert len(world.databricks.questions()) == 1


async def test_only_its_owner_pauses_a_watch_and_an_admin_stops_it(watching: Watching) -> None:
    """Others are told so; in the owner's list, on the Home tab and in the thread it is as it is."""
    world, slack = watching.world, watching.world.slack
    thread, answer = await answered(world)
    await watching.watch(answer, **{RHYTHM: "mondays"})
    told = await slack.until(lambda: said(world, thread, "I look at this answer again"))
    await slack.click(BEN, SALES, told.ts, PAUSE)
    await slack.until(
        lambda: any(words.watches.NOT_YOURS in each.text for each in slack.workspace.ephemerals)
    )
    await slack.click(ADA, SALES, told.ts, PAUSE)
    await slack.until(
        lambda: any(words.watches.PAUSED_NOW in each.text for each in slack.workspace.ephemerals)
    )
    assert (await watching.only()).progress.due is None
    await slack.until(lambda: words.watches.PAUSED in words_of(_only(world, thread)))
    assert words.watches.PAUSED in await open_home(world, words.watches.HOME_TITLE)
    await slack.command(ADA, SALES, "/genie", "watches")
    listed = await slack.until(
        lambda: next((e for e in slack.workspace.ephemerals if words.watches.LISTED in e.text), None)
    )
    await slack.click(ADA, SALES, listed.ts, RESUME)
    await slack.until(lambda: words.watches.PAUSED not in home_said(world))
    stored = await watching.only()
    assert stored.progress.due is not None
    await slack.until(lambda: words.watches.PAUSED not in words_of(_only(world, thread)))
    await press(world, OVERFLOW_MENU, selected_option=f"{PAUSE}:{stored.watch.id}")
    await slack.until(lambda: words.watches.PAUSED in home_said(world))
    await slack.click(CHLOE, SALES, told.ts, STOP)
    await slack.until(
        lambda: any(words.watches.STOPPED_NOW in each.text for each in slack.workspace.ephemerals)
    )
    assert await watching.of() == ()
    await slack.until(lambda: words_of(_only(world, thread)) == words.watches.STOPPED)


def _only(world: World, thread: str) -> Message:
    """Return the one message that stands below an answer."""
    [_, below] = world.ours(thread)
    return below


async def test_a_schedule_is_set_by_command(watching: Watching) -> None:
    """With the words of a question, or for an answer that is asked again."""
    world, slack = watching.world, watching.world.slack
    await slack.command(ADA, SALES, "/genie", "schedule each Monday: revenue last week")
    await slack.until(
        lambda: any("I ask this each Monday at 8:00" in each.text for each in slack.workspace.ephemerals)
    )
    stored = await watching.only()
    assert (stored.watch.kind, stored.watch.text) == (WatchKind.QUESTION, "revenue last week")
    assert world.databricks.questions() == []
    _, answer = await answered(world)
    assert await watching.watch(answer, BEN, **{WHAT: ASKS}) == {}
    await slack.until(lambda: modal(world, BEN) is None)
    assert (await watching.only(BEN)).watch.kind is WatchKind.QUESTION


@pytest.mark.slow
async def test_what_goes_on_from_a_question_is_not_asked_again_alone(watching: Watching) -> None:
    """Its words would be another question; its query runs again as others do."""
    world = watching.world
    thread, _ = await answered(world)
    await world.ask(f"{GENIE} only EMEA", thread=thread)
    alert = await world.slack.app_says(SALES, "", ({"text": "revenue by region last year"},))
    await world.ask(f"{GENIE} why?", thread=alert)
    offer = await world.slack.until(lambda: said(world, alert, words.questions.ABOVE_NOT_READ))
    await world.slack.click(ADA, SALES, offer.ts, ASK_WITH_ABOVE)
    for answer in (await world.answer(thread, 2), await world.answer(alert, 2)):
        view = await watching.form(answer)
        shown = [*texts(view.content["blocks"])]
        assert words.watches.CHANGED in shown
        assert words.watches.ASKS not in shown
        await world.slack.close_view(ADA, view.id)


@pytest.mark.slow
async def test_a_schedule_that_is_stopped_takes_its_question_out_of_the_line(watching: Watching) -> None:
    """Its owner reads that nothing more comes of it, so nothing does."""
    world, slack = watching.world, watching.world.slack
    body = '{"error_code": "RESOURCE_EXHAUSTED", "message": "limit"}'
    world.databricks.faults.add(Fault("*/start-conversation", status=429, body=body, retry_after="60"))
    name = await schedule(watching, "units by region last year", SALES)
    await world.until(lambda: not world.databricks.faults.waiting)
    await slack.command(ADA, SALES, "/genie", "watches")
    listed = await slack.until(
        lambda: next((e for e in slack.workspace.ephemerals if words.watches.LISTED in e.text), None)
    )
    asked = question_of(run_id(name, (await find(watching, name)).progress.run))
    await slack.click(ADA, SALES, listed.ts, STOP)
    async with asyncio.timeout(ANSWER_SECONDS):
        while await watching.redis.hget(watching.keys.question(asked), "state") != State.WITHDRAWN:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.05)
    assert [each.status for each in world.databricks.questions()] == [429]
    assert await watching.of() == ()
