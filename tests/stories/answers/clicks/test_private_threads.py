"""Private threads: they go on, begin anew and have all that can be done with an answer, for one person."""

import asyncio
import signal

import pytest

from render import words
from render.answer.actions import DISMISS, EXPLAIN, EXPORT_CSV, INSIGHTS, PUBLISH
from render.answer.chart_menu import CHART
from render.blockkit.buttons import OVERFLOW_MENU
from tests.stories.exports import press
from tests.stories.kill import kill
from tests.stories.privacy import (
    DIRECT,
    actions,
    answer_of,
    buttons,
    noted,
    privately,
    public,
    share,
    told_last,
)
from tests.stories.world import ADA, SALES, World, kinds, words_of

pytestmark = pytest.mark.redis


async def test_a_follow_up_is_as_private_and_can_be_shared_too(world: World) -> None:
    """Typed or pressed, it has the same buttons, three of them; shared, it looks as its asker saw it."""
    root = await privately(world)
    answer = await answer_of(world, root)
    await world.slack.click(ADA, DIRECT, answer.ts, "suggestion:0")
    for number, text in ((2, ""), (3, "units by region last year")):
        if text:
            await world.ask(text, channel=DIRECT, thread=root.ts)
        later = await answer_of(world, root, number)
        assert PUBLISH in actions(later)
        assert actions(later)[-1].startswith(OVERFLOW_MENU)
        assert len(buttons(later)) <= 3
    [menu] = [each for each in actions(later) if each.startswith(f"{CHART}:")]
    await world.slack.click(ADA, DIRECT, later.ts, menu, selected_option="off")
    await world.until(lambda: noted(world, "redrawn"))
    await share(world, later)
    shared = await world.slack.until(lambda: next(iter(public(world)), None))
    assert words_of(shared) == words.questions.asked(f"<@{ADA}>", "units by region last year")
    posted = await world.answer(shared.ts)
    assert "data_table" in kinds(posted)
    await world.until(lambda: sum("answered" in line for line in world.bots[-1].log) >= 4)
    assert "image" not in kinds(world.slack.workspace.message(SALES, posted.ts))


@pytest.mark.slow
async def test_a_private_thread_can_begin_anew(world: World) -> None:
    """`/genie new` finds it where it was asked, and says where to go on; nothing of it is told there."""
    root = await privately(world)
    await answer_of(world, root)
    await world.slack.command(ADA, SALES, "/genie", "new")
    await world.slack.until(lambda: told_last(world) == words.threads.FRESH_PRIVATE or None)
    await world.slack.command(ADA, SALES, "/genie", "new")
    await world.slack.until(lambda: told_last(world) == words.threads.FRESH_PRIVATE_ALREADY or None)
    await world.ask("units by region last year", channel=DIRECT, thread=root.ts)
    await answer_of(world, root, 3)
    first, second = world.databricks.questions()
    assert first.conversation_id != second.conversation_id
    assert public(world) == []


@pytest.mark.slow
async def test_a_private_answer_is_shared_and_dismissed_after_restarts(world: World) -> None:
    """Its buttons outlive the process that made them; pressed on two devices at once, each acts once."""
    root = await privately(world)
    answer = await answer_of(world, root)
    await kill(world, world.bots[-1])
    await world.start_bot()
    await share(world, answer)
    shared = await world.slack.until(lambda: next(iter(public(world)), None))
    await world.answer(shared.ts)
    await world.until(lambda: noted(world, "answered"))
    await world.bots[-1].end(signal.SIGTERM)
    await world.start_bot()
    await asyncio.gather(*(press(world, answer, DISMISS) for _ in range(2)))
    await world.slack.until(lambda: not world.slack.workspace.messages[DIRECT] or None)
    assert [each.ts for each in public(world) if each.is_root] == [shared.ts]
    assert len(world.ours(shared.ts)) == 1
    assert len(world.databricks.questions()) == 1


async def test_private_without_a_question_is_explained(world: World) -> None:
    """Nothing is offered there that would ask for everybody to see."""
    await world.slack.command(ADA, SALES, "/genie", "private")
    assert [each.text for each in world.slack.ephemerals] == [words.share.PRIVATE_EXPLAINED]


async def test_what_private_buttons_left_to_the_menu_works(world: World) -> None:
    """The rows as a file and how the answer came about are chosen there; insights stand in the thread."""
    root = await privately(world)
    answer = await answer_of(world, root)
    await press(world, answer, EXPORT_CSV)
    await world.slack.until(lambda: [each for each in world.ours(root.ts, DIRECT) if each.files] or None)
    await world.slack.click(ADA, DIRECT, answer.ts, INSIGHTS)
    await world.until(lambda: noted(world, "stats"))
    await press(world, answer, EXPLAIN)
    await world.slack.until(lambda: next(iter(world.slack.workspace.views.values()), None))
    assert public(world) == []
