"""What the modal of the shortcuts offers, whom it serves, and the one that belongs to no message."""

import pytest

from render import words
from render.notices import ask_modal
from sandbox.databricks import Rights
from sandbox.faults import Fault
from tests.stories.asking.shortcuts.menu import (
    ALERT,
    QUESTION,
    block,
    direct,
    open_anywhere,
    open_on,
    others,
    press_starter,
    shown,
    space,
    starters,
    submit,
    told,
)
from tests.stories.identity.people import ANA
from tests.stories.identity.signed_in import signed_in
from tests.stories.privacy import DIRECT
from tests.stories.spaces.three import asked_in, company_with_spaces, space_id
from tests.stories.world import ADA, BEN, OWN_CHARTS, RANDOM, SALES, World, company, texts, words_of

pytestmark = pytest.mark.redis

AGENCY, GUEST = "C0AGENCY06", "U0GINA0011"
EDITS = Rights(can_edit=True)
"""To whom may edit a space Genie tells its sample questions."""
LATE = "Shipments of two carriers are late, deliveries are delayed"
STARTER_QUESTIONS = "How many orders last month? | Revenue by region | Top customers"


async def test_the_space_is_the_one_of_the_words_and_so_are_the_starters(redis_url: str) -> None:
    """Another space can be chosen, and has other starters; the question is asked where the modal says."""
    async with company_with_spaces(redis_url, rights=EDITS) as world:
        await world.start_bot()
        alert = await world.slack.app_says(SALES, LATE)
        view = await open_on(world, alert)
        assert (space(view), len(starters(view))) == ("Supply chain", 2)
        before, first = view.hash, starters(view)
        await world.slack.click_in_view(
            ADA, view.id, ask_modal.SPACE, selected_option=space_id(world, "finance")
        )
        await world.slack.until(lambda: view.hash != before)
        assert space(view) == "Finance"
        assert set(starters(view)).isdisjoint(first)
        await press_starter(world, view, 1)
        asked = shown(view)
        await submit(world, view, None)
        await world.answer(alert)
        assert (asked_in(world), world.databricks.questions()[0].content) == (["finance"], asked)


@pytest.mark.slow
async def test_words_that_name_no_space_leave_it_open(redis_url: str) -> None:
    """A starter chooses its own space with it; without one the question's words decide as ever."""
    async with company_with_spaces(redis_url, rights=EDITS) as world:
        await world.start_bot()
        message = await world.ask("costs last year?", BEN)
        view = await open_on(world, message)
        assert space(view) == ""
        await press_starter(world, view)
        assert space(view) != ""
        await submit(world, view, "stock by warehouse")
        await world.answer(message)
        assert len(asked_in(world)) == 1


async def test_a_starter_takes_the_place_of_the_question(redis_url: str) -> None:
    """The two that fit best of those that the operator set; a second one replaces the first."""
    async with company(redis_url, databricks=OWN_CHARTS, STARTER_QUESTIONS=STARTER_QUESTIONS) as world:
        await world.start_bot()
        message = await world.ask("Did the revenue of a region fall?", BEN)
        view = await open_on(world, message)
        assert block(view, ask_modal.SPACE) is None
        assert starters(view)[0] == "Revenue by region"
        await press_starter(world, view, 1)
        await press_starter(world, view, 0)
        await submit(world, view, None)
        await world.answer(message)
        assert [each.content for each in world.databricks.questions()] == ["Revenue by region"]


async def test_asked_from_anywhere_it_is_answered_in_direct_messages(world: World) -> None:
    """Without a channel only its asker sees it, there as a question of the direct messages."""
    view = await open_anywhere(world)
    assert await submit(world, view) == {}
    root = await direct(world)
    await world.answer(root.ts, channel=DIRECT)
    assert QUESTION in words_of(root)
    assert others(world) == []


async def test_asked_from_anywhere_it_goes_into_the_chosen_channel(world: World) -> None:
    """As `/genie` asks there; where the bot is no member the answer is private, and says so."""
    await submit(world, await open_anywhere(world), channel=SALES)
    root = await world.slack.until(lambda: next(iter(others(world)), None))
    await world.answer(root.ts)
    assert words_of(root) == f"<@{ADA}> asked: {QUESTION}"
    await submit(world, await open_anywhere(world), channel=RANDOM)
    answer = await world.answer((await direct(world)).ts, channel=DIRECT)
    assert words.shortcuts.WAS_NOT_A_MEMBER in words_of(answer)
    assert others(world, RANDOM) == []


@pytest.mark.parametrize("channel", [SALES, pytest.param(DIRECT, marks=pytest.mark.slow)])
async def test_the_form_asks_in_no_channel_in_which_its_user_is_not(world: World, channel: str) -> None:
    """Slack offers every public channel, and a submission may name anything: the form says so and stays."""
    world.slack.workspace.channels[SALES].members.discard(ADA)
    view = await open_anywhere(world)
    errors = await submit(world, view, channel=channel)
    assert [*errors.values()] == [words.shortcuts.NOT_SEEN_THERE]
    assert await submit(world, view, channel="") == {}
    await world.answer((await direct(world)).ts, channel=DIRECT)
    assert others(world) == []


async def test_guests_are_told_that_they_are_not_answered(world: World) -> None:
    """In place of the modal, for both shortcuts."""
    message = await world.ask("hello", GUEST, AGENCY)
    view = await open_on(world, message, GUEST, AGENCY)
    assert [*texts(view.content["blocks"])] == [words.questions.GUEST]
    await world.slack.close_view(GUEST, view.id)
    view = await open_anywhere(world, GUEST)
    assert [*texts(view.content["blocks"])] == [words.questions.GUEST]


async def test_where_not_everybody_may_read_it_the_answer_is_private(world: World) -> None:
    """In a channel with guests the modal says so; its thread hears nothing of the question."""
    await world.slack.say(BEN, AGENCY, "hello")
    alert = await world.slack.app_says(AGENCY, "", ALERT)
    view = await open_on(world, alert, BEN, AGENCY)
    assert told(view) == words.shortcuts.NOT_FOR_ALL
    await submit(world, view, user=BEN)
    direct_of_ben = "D0BEN00000"
    root = await direct(world, channel=direct_of_ben)
    await world.answer(root.ts, channel=direct_of_ben)
    assert others(world, AGENCY) == []


async def test_the_owner_is_who_submits(redis_url: str) -> None:
    """With rights of their own people are answered privately, in the thread of nobody else."""
    async with signed_in(redis_url) as world:
        await world.start_bot()
        alert = await world.slack.app_says(SALES, "", ALERT)
        view = await open_on(world, alert, ANA)
        assert told(view) == words.shortcuts.NOT_FOR_ALL
        await submit(world, view, user=ANA)
        root = await direct(world, channel="D0ANA00000")
        answer = await world.answer(root.ts, channel="D0ANA00000")
        assert words.readers.AS_YOU in words_of(answer)
        assert others(world) == []


@pytest.mark.slow
async def test_a_modal_that_slack_does_not_open_is_told(world: World) -> None:
    """A trigger that came too late opens nothing: the user is told to choose it again."""
    late = Fault(path="*/views.open", status=200, body='{"ok": false, "error": "expired_trigger_id"}')
    world.slack.faults.add(late)
    message = await world.ask("hello", BEN)
    await world.slack.message_shortcut(ADA, SALES, message, "ask_about_message")
    [note] = await world.slack.until(lambda: world.slack.ephemerals or None)
    assert (note.for_user, note.text) == (ADA, words.threads.NO_MODAL)
