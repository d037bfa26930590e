"""The shortcut of a message: a modal with its words, and an answer in its thread or to the asker alone."""

import asyncio

import pytest

from render import words
from render.notices.ask_modal import ANSWER, ONLY_ME
from tests.stories.asking.shortcuts.menu import (
    ALERT,
    QUESTION,
    direct,
    filled,
    open_on,
    others,
    shown,
    submit,
    told,
)
from tests.stories.kill import kill
from tests.stories.privacy import DIRECT, share
from tests.stories.world import ADA, BEN, GENIE, OWN_CHARTS, RANDOM, SALES, World, company, words_of

pytestmark = pytest.mark.redis


async def test_the_answer_comes_into_the_thread_of_the_message(world: World) -> None:
    """With who asked and what above it, from the first moment; replies go on there."""
    root = await world.ask("How did last year go?", BEN)
    reply = await world.ask("No idea, <@U0CHLOE003> &amp; co?", BEN, thread=root)
    view = await open_on(world, reply)
    assert shown(view) == "No idea, Chloe Martin & co?"
    assert await submit(world, view) == {}
    answer = await world.answer(root)
    assert words_of(answer).startswith(f"Asked by <@{ADA}>: {QUESTION}")
    assert world.databricks.questions()[0].content == QUESTION
    await world.ask(f"{GENIE} and by month?", thread=root)
    await world.answer(root, 2)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1


async def test_an_alert_is_taken_with_its_attachments_and_fields(world: World) -> None:
    """What another app says stands in its attachments alone; asked as it stands, Genie gets all of it."""
    alert = await world.slack.app_says(SALES, "", ALERT)
    view = await open_on(world, alert)
    said = "Monitor triggered\nRevenue of EMEA fell\n12 % below the forecast\nRegion: EMEA\nSince: Monday"
    assert shown(view) == said
    await submit(world, view, None)
    await world.answer(alert)
    assert world.databricks.questions()[0].content == said


async def test_what_a_message_says_is_data(world: World) -> None:
    """Neither a mention nor markup in it does anything, in the modal, in the thread or for Genie."""
    hostile = "&lt;!channel&gt; *revenue* `by` region <https://evil.test|click> &amp;lt;@U0BEN00002&amp;gt;"
    alert = await world.slack.app_says(SALES, hostile)
    view = await open_on(world, alert)
    assert shown(view) == "<!channel> *revenue* `by` region click &lt;@U0BEN00002&gt;"
    await submit(world, view, None)
    answer = await world.answer(alert)
    assert "<!channel>" not in words_of(answer)
    assert "&lt;!channel&gt; ∗revenue∗" in words_of(answer)
    assert world.databricks.questions()[0].content == shown(view)


@pytest.mark.slow
async def test_a_message_longer_than_the_input_is_cut(world: World) -> None:
    """Slack takes 3,000 characters there; the modal says that there was more."""
    alert = await world.slack.app_says(SALES, "word " * 2_000)
    view = await open_on(world, alert)
    assert len(shown(view)) <= 3_000
    assert shown(view).endswith("…")
    assert words.shortcuts.CUT_HINT in str(view.content["blocks"])


@pytest.mark.slow
async def test_a_private_answer_leaves_no_trace(world: World) -> None:
    """Nobody else learns that something was asked; shared, the answer goes into the thread of the message."""
    alert = await world.slack.app_says(SALES, "", ALERT)
    await submit(world, await open_on(world, alert), answer=ONLY_ME)
    root = await direct(world)
    answer = await world.answer(root.ts, channel=DIRECT)
    assert words_of(root) == words.share.asked_in_channel(f"<#{SALES}>", QUESTION)
    assert others(world) == []
    await world.slack.until(lambda: world.slack.ephemerals)
    [note] = world.slack.ephemerals
    assert (note.for_user, note.channel) == (ADA, SALES)
    await share(world, answer)
    shared = await world.answer(alert, 2)
    assert (shared.thread_ts, len(others(world))) == (alert, 2)


async def test_where_the_bot_is_no_member_the_answer_is_private(world: World) -> None:
    """The modal says so, and how to invite it."""
    alert = await world.slack.app_says(RANDOM, "", ALERT)
    view = await open_on(world, alert, channel=RANDOM)
    assert told(view) == words.shortcuts.not_a_member(f"<#{RANDOM}>")
    assert ANSWER not in str(view.content["blocks"])
    await submit(world, view)
    await world.answer((await direct(world)).ts, channel=DIRECT)
    assert others(world, RANDOM) == []


@pytest.mark.slow
async def test_what_has_no_place_any_more_is_answered_privately(world: World) -> None:
    """The message is deleted, or the bot has left, while the modal is open; the answer begins with that."""
    message = await world.ask("How did last year go?", BEN)
    view = await open_on(world, message)
    await world.slack.delete(BEN, SALES, message)
    await submit(world, view)
    answer = await world.answer((await direct(world)).ts, channel=DIRECT)
    assert words.shortcuts.WAS_CLOSED in words_of(answer)
    alert = await world.slack.app_says(SALES, "", ALERT)
    view = await open_on(world, alert)
    bot = world.slack.workspace.bot_user_id
    world.slack.workspace.channels[SALES].members.discard(bot)
    await submit(world, view)
    answer = await world.answer((await direct(world, 2)).ts, channel=DIRECT)
    assert words.shortcuts.WAS_NOT_A_MEMBER in words_of(answer)
    assert (others(world), len(world.databricks.questions())) == ([], 2)


async def test_submitted_twice_it_is_one_question(world: World) -> None:
    """Two clicks on Ask reach two replicas; one question is asked, and the second one closes nothing."""
    await world.start_bot(PORT="0")
    alert = await world.slack.app_says(SALES, "", ALERT)
    view = await open_on(world, alert)
    values = filled(view, QUESTION)
    await asyncio.gather(
        *(world.slack.submit_view(ADA, view.id, values) for _ in range(2)), return_exceptions=True
    )
    await world.answer(alert)
    submitted = [each for each in world.slack.deliveries if each.payload.get("type") == "view_submission"]
    assert (len(submitted), len(world.databricks.questions()), len(world.ours(alert))) == (2, 1, 1)


async def test_a_question_survives_the_death_of_the_bot(redis_url: str) -> None:
    """It was stored before the modal closed: killed right after, the successor asks it."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        alert = await world.slack.app_says(SALES, "", ALERT)
        await submit(world, await open_on(world, alert))
        await kill(world, bot)
        await world.start_bot()
        await world.answer(alert)
        assert len(world.databricks.questions()) == 1


async def test_nothing_but_a_question_is_asked(world: World) -> None:
    """Blanks are none; what was typed elsewhere in the modal stays."""
    alert = await world.slack.app_says(SALES, "", ALERT)
    view = await open_on(world, alert)
    assert [*(await submit(world, view, " \n ")).values()] == [words.shortcuts.NO_QUESTION]
    assert world.slack.workspace.views
    assert await submit(world, view) == {}
    await world.answer(alert)
