"""After the deadline: "Check Again", whoever presses it, whenever, and whatever became of the message."""

import asyncio

import aiohttp
import pytest

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.kill import kill
from tests.stories.world import ADA, BEN, GENIE, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


async def overdue_question(world: World) -> Message:
    """Ask a question that misses its deadline."""
    overdue = await world.answer(await world.ask(QUESTION))
    assert words.failures.DEADLINE in words_of(overdue)
    return overdue


async def finished(world: World) -> None:
    """Wait until Genie has the answer."""
    await world.until(lambda: bool(world.databricks.finished))


async def becomes(world: World, message: Message, sentence: str) -> None:
    """Wait until a message says something."""
    await world.slack.until(
        lambda: sentence in words_of(world.slack.workspace.message(SALES, message.ts)), 20
    )


@pytest.mark.slow
async def test_two_people_check_again_after_a_restart(redis_url: str) -> None:
    """The answer comes once, nothing is asked again, and the second is told that somebody was first."""
    async with company(redis_url, timing=Timing(total=lambda _: 5.0), ANSWER_DEADLINE_SECONDS="2") as world:
        bot = await world.start_bot()
        overdue = await overdue_question(world)
        await kill(world, bot)
        await world.start_bot()
        await finished(world)
        await asyncio.gather(
            world.slack.click(ADA, SALES, overdue.ts, "check_again"),
            world.slack.click(BEN, SALES, overdue.ts, "check_again"),
        )
        await becomes(world, overdue, "EMEA")
        assert [each.text for each in world.slack.ephemerals] == [words.questions.ALREADY_ASKED]
        assert len(world.databricks.questions()) == 1


@pytest.mark.slow
async def test_checking_too_early_waits_once_more(redis_url: str) -> None:
    """Pressed while Genie still works, the thread waits as long again, and offers the button again."""
    async with company(redis_url, timing=Timing(total=lambda _: 9.0), ANSWER_DEADLINE_SECONDS="2") as world:
        await world.start_bot()
        overdue = await overdue_question(world)
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        await becomes(world, overdue, words.progress.WORKING)
        await becomes(world, overdue, words.failures.DEADLINE)
        await finished(world)
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        await becomes(world, overdue, "EMEA")
        assert len(world.databricks.questions()) == 1


async def test_an_answer_whose_rows_expired_is_read_again(redis_url: str) -> None:
    """Pressed days later, the query is run again, which is no question."""
    async with company(redis_url, timing=Timing(total=lambda _: 4.0), ANSWER_DEADLINE_SECONDS="2") as world:
        await world.start_bot()
        overdue = await overdue_question(world)
        await finished(world)
        [asked] = world.databricks.questions()
        world.databricks.expire_result(asked.conversation_id, asked.message_id)
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        await becomes(world, overdue, "EMEA")
        assert "data_table" in kinds(world.slack.workspace.message(SALES, overdue.ts))
        assert len(world.databricks.questions()) == 1


async def test_a_message_that_is_gone_is_told(redis_url: str) -> None:
    """Somebody deleted the conversation meanwhile: the thread says so, and a button starts fresh."""
    async with company(redis_url, timing=Timing(total=lambda _: 4.0), ANSWER_DEADLINE_SECONDS="2") as world:
        await world.start_bot()
        overdue = await overdue_question(world)
        [asked] = world.databricks.questions()
        path = f"/api/2.0/genie/spaces/{world.databricks.space_id}/conversations/{asked.conversation_id}"
        headers = {"Authorization": f"Bearer {world.databricks.token}"}
        async with (
            aiohttp.ClientSession(world.databricks.url, headers=headers) as http,
            http.delete(path) as reply,
        ):
            assert reply.status == 200
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        await becomes(world, overdue, words.failures.NOT_FOUND)
        await world.slack.click(ADA, SALES, overdue.ts, "start_fresh")
        await world.until(lambda: len(world.databricks.questions()) == 2)
        first, second = (each.conversation_id for each in world.databricks.questions())
        assert first != second


async def test_the_deadline_is_told_whatever_databricks_asks_for(redis_url: str) -> None:
    """It wants an hour of rest: the thread hears of the deadline in time, and goes on from there."""
    async with company(redis_url, ANSWER_DEADLINE_SECONDS="3") as world:
        await world.start_bot()
        busy = Fault(path="*/messages/*", method="GET", status=503, retry_after="3600", times=None)
        world.databricks.faults.add(busy)
        overdue = await overdue_question(world)
        world.databricks.faults.clear()
        await world.slack.click(ADA, SALES, overdue.ts, "check_again")
        await becomes(world, overdue, "EMEA")
        assert len(world.databricks.questions()) == 1
