"""A thread's conversation: begun anew, and forgotten, by who may, once, whatever dies meanwhile."""

import asyncio

import pytest

from render import words
from render.answer.actions import FORGET, FRESH
from render.words.explain import FORGOTTEN
from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from sandbox.slack.state.records import View
from tests.stories.exports import press
from tests.stories.kill import kill
from tests.stories.world import ADA, BEN, GENIE, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
FOLLOW_UP = "units by region last year"


def ephemerals(world: World) -> list[str]:
    """Return what only one person was told."""
    return [each.text for each in world.slack.ephemerals]


def conversations(world: World) -> list[str]:
    """Return the conversation of each question that Genie took."""
    return [each.conversation_id for each in world.databricks.questions() if each.message_id]


def deleted(world: World) -> list[str]:
    """Return the conversations that were deleted in Databricks."""
    done = [each for each in world.databricks.request_log if each.kind == "delete" and each.status == 200]
    return [each.conversation_id for each in done]


async def ended(world: World, number: int) -> None:
    """Wait until so many questions and jobs have come to their end, charts and all."""
    await world.until(lambda: sum(".ended" in line for bot in world.bots for line in bot.log) >= number, 30)


async def modal(world: World, user: str = ADA) -> View:
    """Wait for the modal on somebody's screen."""

    def shown() -> View | None:
        return next((each for each in world.slack.workspace.views.values() if each.user == user), None)

    return await world.slack.until(shown)


async def test_a_thread_begins_anew(redis_url: str) -> None:
    """Two people choose it at once: one line says who did it, the other is told, the next question is new."""
    async with company(redis_url) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        await asyncio.gather(press(world, answer, FRESH), press(world, answer, FRESH, BEN))
        line = await world.answer(asked, 2)
        assert "started fresh" in words_of(line)
        assert words.threads.FRESH_ALREADY in ephemerals(world)
        await kill(world, bot)
        await world.start_bot()
        await world.ask(FOLLOW_UP, thread=asked)
        await world.answer(asked, 3)
        await world.ask("and by month?", thread=asked)
        await world.answer(asked, 4)
        first, second, third = conversations(world)
        assert first != second == third


@pytest.mark.slow
async def test_a_question_on_its_way_does_not_undo_a_fresh_start(redis_url: str) -> None:
    """Its answer still comes; the question after it is asked in a new conversation."""
    async with company(redis_url, timing=Timing(total=lambda _: 1.5)) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        world.databricks.faults.add(Fault(path="*/conversations/*/messages", method="POST", delay=1.5))
        await world.ask(FOLLOW_UP, thread=asked)
        await world.until(lambda: not world.databricks.faults.waiting)
        await press(world, answer, FRESH)
        await world.until(lambda: len(conversations(world)) == 2)
        await world.slack.until(lambda: len([e for e in world.ours(asked) if "data_table" in kinds(e)]) == 2)
        await world.ask("cost by region last year", thread=asked)
        await world.until(lambda: len(conversations(world)) == 3)
        first, second, third = conversations(world)
        assert first == second != third


@pytest.mark.slow
async def test_the_command_begins_the_latest_thread_anew(redis_url: str) -> None:
    """`/genie new` says privately what it did, once, and that there was nothing to do."""
    async with company(redis_url) as world:
        await world.start_bot()
        await world.slack.command(ADA, SALES, "/genie", "new")
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        await world.slack.command(ADA, SALES, "/genie", "new")
        await world.slack.command(ADA, SALES, "/genie", " New ")
        assert ephemerals(world) == [
            words.threads.FRESH_NO_THREAD,
            words.threads.FRESH_LATEST,
            words.threads.FRESH_LATEST_ALREADY,
        ]
        await world.answer(asked, 2)
        await world.ask(FOLLOW_UP, thread=asked)
        await world.answer(asked, 3)
        assert len(set(conversations(world))) == 2


async def test_a_thread_is_forgotten(redis_url: str) -> None:
    """All its conversations are deleted in Databricks, even when that is away at first and the bot dies."""
    async with company(redis_url) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        await press(world, answer, FRESH)
        await world.answer(asked, 2)
        await world.ask(FOLLOW_UP, thread=asked)
        await world.answer(asked, 3)
        await ended(world, 3)
        await press(world, answer, FORGET)
        view = await modal(world)
        world.databricks.faults.add(Fault(path="*/conversations/*", method="DELETE", status=503, times=20))
        await world.slack.submit_view(ADA, view.id, {})
        assert words.threads.FORGETTING in str((await modal(world)).content)
        await world.until(lambda: any(each.kind == "delete" for each in world.databricks.request_log))
        await kill(world, bot)
        world.databricks.faults.clear()
        await world.start_bot()
        line = await world.answer(asked, 4)
        assert "forgotten" in words_of(line)
        assert sorted(deleted(world)) == sorted(set(conversations(world)))
        await press(world, answer, FORGET)
        assert words.threads.FORGET_ALREADY in ephemerals(world)
        await world.slack.click(ADA, SALES, answer.ts, "how")
        await world.slack.until(
            lambda: any(FORGOTTEN in str(view.content) for view in world.slack.workspace.views.values())
        )
        await world.ask(FOLLOW_UP, thread=asked)
        assert "data_table" in kinds(await world.answer(asked, 5))
        assert len(set(conversations(world))) == 3


@pytest.mark.slow
async def test_only_who_asked_may_have_it_forgotten(redis_url: str) -> None:
    """Somebody else is told so in private, and so is everybody while an answer is on its way."""
    async with company(redis_url, timing=Timing(total=lambda text: 4.0 if "units" in text else 0.4)) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        answer = await world.answer(asked)
        await press(world, answer, FORGET, BEN)
        assert ephemerals(world) == [words.threads.FORGET_STRANGER]
        await ended(world, 1)
        await press(world, answer, FORGET)
        view = await modal(world)
        await world.ask(FOLLOW_UP, thread=asked)
        await world.asked(2)
        await world.slack.submit_view(ADA, view.id, {})
        assert words.threads.FORGET_BUSY in str((await modal(world)).content)
        await press(world, answer, FORGET)
        assert ephemerals(world) == [words.threads.FORGET_STRANGER, words.threads.FORGET_BUSY]
        await world.answer(asked, 2)
        assert deleted(world) == []
