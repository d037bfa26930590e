"""What people do with an answer that is watched."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.records.watch import kind_of
from render import words
from render.answer.actions import WATCH
from render.home.settings_modal import CALLBACK as SETTINGS_FORM
from render.home.settings_modal import QUIET_FROM, QUIET_TO
from render.home.view import SETTINGS
from render.watch.message import PAUSE, RESUME, TABLE
from render.watch.modal import CALLBACK
from sandbox.slack.state.records import Message, View
from tests.crash.scenario import scenario
from tests.crash.stage import Stage
from tests.stories.home.at_home import open_home, press
from tests.stories.watches.runs import ran, schedule
from tests.stories.watches.watching import QUESTION, filled, said
from tests.stories.world import GENIE, SALES

ASKED = f"{GENIE} {QUESTION}"
CONFIRMED, TOLD = "I look at this answer again", "Orders add up to"


@scenario()
async def watching_an_answer(stage: Stage) -> AsyncIterator[None]:
    """Set a watch in its form; its thread says so once."""
    view = await _form(stage, await stage.answered(ASKED))
    yield
    await stage.submit(view, filled(view))
    await ran(stage.watching, (await stage.watching.only()).watch.id)


@scenario(CHARTS="png")
async def what_a_watch_tells(stage: Stage) -> AsyncIterator[None]:
    """Sell for another day, which is told once; then somebody wants the rows."""
    answer = await _watched(stage)
    yield
    stage.world.databricks.next_day()
    await _due(stage)
    told = await _wait_for(stage, answer, TOLD)
    await stage.press(told, TABLE)


@scenario()
async def a_watch_that_rests(stage: Stage) -> AsyncIterator[None]:
    """Its owner pauses and resumes it, and sets quiet hours, in which it is due and tells nothing."""
    answer = await _watched(stage)
    confirmed = await _wait_for(stage, answer, CONFIRMED)
    await open_home(stage.world, words.home.SETTINGS_TITLE)
    await press(stage.world, SETTINGS)
    settings = await _view(stage, SETTINGS_FORM)
    yield
    await stage.press(confirmed, PAUSE)
    await stage.command("watches")
    told = stage.world.slack.workspace.ephemerals
    listed = await stage.world.slack.until(
        lambda: next((each for each in told if RESUME in str(each.blocks)), None)
    )
    await stage.press(listed, RESUME)
    hour = datetime.now(ZoneInfo("Europe/Amsterdam")).hour
    hours = {QUIET_FROM: str(hour), QUIET_TO: str((hour + 3) % 24)}
    await stage.submit(settings, filled(settings, **hours))
    since = await _due(stage)
    while ((await stage.watching.only()).progress.due or 0) <= since:  # noqa: ASYNC110 - Redis tells nobody
        await asyncio.sleep(0.1)


@scenario()
async def a_question_of_a_schedule(stage: Stage) -> AsyncIterator[None]:
    """Let the clock ask a question: Genie gets it once, and it is answered once."""
    yield
    await schedule(stage.watching, "revenue by region last year", SALES)


async def _watched(stage: Stage) -> Message:
    """Watch an answer at any time of day, and wait until it was looked at for the first time."""
    answer = await stage.answered(ASKED)
    await stage.watching.never_quiet()
    view = await _form(stage, answer)
    await stage.submit(view, filled(view))
    await ran(stage.watching, (await stage.watching.only()).watch.id)
    return answer


async def _form(stage: Stage, answer: Message) -> View:
    """Open the form in which an answer is watched, and wait until it is filled."""
    await stage.choose(answer, WATCH)
    return await _view(stage, CALLBACK)


async def _view(stage: Stage, callback: str) -> View:
    views = stage.world.slack.workspace.views
    return await stage.world.slack.until(
        lambda: next((each for each in views.values() if each.content.get("callback_id") == callback), None)
    )


async def _wait_for(stage: Stage, answer: Message, text: str) -> Message:
    return await stage.world.slack.until(lambda: said(stage.world, answer.thread_ts or "", text))


async def _due(stage: Stage) -> int:
    """Let the watch be due now; return when that is."""
    watching = stage.watching
    name, now = (await watching.only()).watch.id, await watching.store.now()
    await watching.redis.zadd(watching.keys.watches_due(kind_of(name)), {name: now})
    return now
