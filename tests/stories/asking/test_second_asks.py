"""What the bot asks a second time by itself, once, and what it leaves to a person."""

import asyncio
import signal

import aiohttp
import pytest

from bot.records.lease import LEASE_SECONDS
from render import words
from sandbox.databricks.genie.timing import Timing, Turn
from sandbox.faults import Fault
from tests.stories.kill import kill
from tests.stories.world import ADA, ANSWER_SECONDS, BEN, GENIE, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
RATE, CONTEXT = "RATE_LIMIT_EXCEEDED_GENERIC_EXCEPTION", "CONTEXT_EXCEEDED_EXCEPTION"


def conversations(world: World) -> list[str]:
    """Return the conversation of each question that Genie took."""
    return [each.conversation_id for each in world.databricks.questions() if each.message_id]


def buttons(blocks: object) -> list[str]:
    """Return the action ids in a message."""
    return [
        element["action_id"]
        for block in blocks  # type: ignore[attr-defined]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


@pytest.mark.slow
async def test_a_busy_model_is_asked_again_once(redis_url: str) -> None:
    """The thread is told that the bot will ask again; a kill -9 meanwhile makes that neither none nor two."""
    async with company(redis_url) as world:
        world.databricks.turns.add(Turn(match="region", end="FAILED", error_type=RATE))
        world.databricks.turns.add(Turn(match="month", end="FAILED", error_type=RATE, times=2))
        bot = await world.start_bot()

        def told_again(thread: str) -> bool:
            return any("ask again in 20 s" in words_of(each) for each in world.ours(thread))

        first = await world.ask(QUESTION)
        second = await world.ask(f"{GENIE} revenue by month last year", BEN)
        await world.slack.until(lambda: told_again(first) and told_again(second))
        await kill(world, bot)
        await world.start_bot()
        answer = await world.slack.until(
            lambda: next((each for each in world.ours(first) if "data_table" in kinds(each)), None), 40
        )
        failed = await world.slack.until(
            # The kill may fall between these words and their being saved: then its hold ends first.
            lambda: next((each for each in world.ours(second) if "ask_again" in buttons(each.blocks)), None),
            ANSWER_SECONDS + LEASE_SECONDS,
        )
        assert words.failures.GENIE_BUSY in words_of(failed)
        assert len(conversations(world)) == 4
        assert answer.ts == world.ours(first)[0].ts


@pytest.mark.slow
async def test_a_conversation_that_is_too_long_is_left(redis_url: str) -> None:
    """A follow-up is asked in a new conversation once, and the answer says that the context is lost."""
    async with company(redis_url) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        world.databricks.turns.add(Turn(end="FAILED", error_type=CONTEXT))
        await world.ask("units by region last year", thread=asked)
        answer = await world.answer(asked, 2)
        assert words.threads.OUTGROWN in words_of(answer)
        old, older, new = conversations(world)
        assert old == older != new


async def test_what_stays_too_long_can_be_started_fresh(redis_url: str) -> None:
    """Where a new conversation is no way out for the bot, people get "Start Fresh"; two clicks ask once."""
    async with company(redis_url) as world:
        await world.start_bot()
        world.databricks.turns.add(Turn(end="FAILED", error_type=CONTEXT))
        asked = await world.ask(QUESTION)
        trouble = await world.answer(asked)
        assert words.threads.TOO_LONG in words_of(trouble)
        await world.slack.click(ADA, SALES, trouble.ts, "start_fresh")
        await world.slack.click(BEN, SALES, trouble.ts, "start_fresh")
        answer = await world.answer(asked, 2)
        assert "data_table" in kinds(answer)
        assert len(set(conversations(world))) == len(conversations(world)) == 2
        world.databricks.turns.add(Turn(end="FAILED", error_type=CONTEXT, times=2))
        await world.ask("units by region last year", thread=asked)
        assert "start_fresh" in buttons((await world.answer(asked, 3)).blocks)
        assert len(conversations(world)) == 4


async def test_an_occupied_conversation_is_waited_for(redis_url: str) -> None:
    """Somebody asks in the bot's conversation: the bot says so, waits without tokens, and then asks."""
    async with company(redis_url, timing=Timing(total=lambda text: 6.0 if "slow" in text else 0.4)) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        [conversation] = conversations(world)
        path = f"/api/2.0/genie/spaces/{world.databricks.space_id}/conversations/{conversation}/messages"
        headers = {"Authorization": f"Bearer {world.databricks.token}"}
        body = {"content": "slow revenue by region last year"}
        async with (
            aiohttp.ClientSession(world.databricks.url, headers=headers) as http,
            http.post(path, json=body) as reply,
        ):
            assert reply.status == 200
        await world.ask("units by region last year", thread=asked)
        await world.slack.until(
            lambda: any(words.threads.BLOCKED in words_of(each) for each in world.ours(asked))
        )
        await world.slack.until(
            lambda: next((each for each in world.ours(asked)[1:] if "data_table" in kinds(each)), None)
        )
        assert len(world.databricks.questions()) == 4


@pytest.mark.slow
async def test_a_conversation_that_stays_occupied_is_given_up(redis_url: str) -> None:
    """After the deadline the thread reads what the matter is; its button asks in a new conversation."""
    async with company(redis_url, ANSWER_DEADLINE_SECONDS="4") as world:
        await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        refused = Fault(path="*/conversations/*/messages", method="POST", status=409, times=None)
        world.databricks.faults.add(refused)
        await world.ask("units by region last year", thread=asked)
        told = await world.slack.until(
            lambda: next(
                (each for each in world.ours(asked)[1:] if "start_fresh" in buttons(each.blocks)), None
            ),
            30,
        )
        assert "still" in words_of(told)
        world.databricks.faults.clear()
        await world.slack.click(ADA, SALES, told.ts, "start_fresh")
        assert "data_table" in kinds(await world.answer(asked, 3))
        assert len(set(conversations(world))) == 2


async def test_a_workspace_without_charts_is_asked_without_them_for_good(redis_url: str) -> None:
    """The first question is refused and put again without the wish; later ones go at once, restart or not."""
    async with company(redis_url, databricks={"visualization": "rejected"}) as world:
        bot = await world.start_bot()
        assert "data_table" in kinds(await world.answer(await world.ask(QUESTION)))
        assert [bool(each.message_id) for each in world.databricks.questions()] == [False, True]
        await bot.end(signal.SIGTERM)
        await world.start_bot()
        assert "data_table" in kinds(await world.answer(await world.ask(QUESTION)))
        assert len(world.databricks.questions()) == 3


@pytest.mark.slow
async def test_a_question_that_is_refused_either_way_is_told(redis_url: str) -> None:
    """When the question itself is the fault, the thread says so and the wish for charts stays."""
    async with company(redis_url) as world:
        await world.start_bot()
        world.databricks.faults.add(Fault(path="*/start-conversation", status=400, times=2))
        assert words.failures.BAD_REQUEST in words_of(await world.answer(await world.ask(QUESTION)))
        world.databricks.faults.add(Fault(path="*/start-conversation", status=400))
        await world.answer(await world.ask(QUESTION))
        assert len(world.databricks.questions()) == 4


@pytest.mark.slow
@pytest.mark.parametrize("trouble", ["gone", "too long"])
@pytest.mark.parametrize("seconds", [0.2, 0.5, 0.8, 1.2, 1.8])
async def test_a_second_ask_happens_once_whenever_the_bot_dies(
    redis_url: str, trouble: str, seconds: float
) -> None:
    """Kill -9 at any moment on the way to a new conversation: one answer in it, which says so."""
    async with company(redis_url) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        [old] = conversations(world)
        path = f"*/conversations/{old}/messages"
        if trouble == "gone":
            fault = Fault(path=path, method="POST", delay=0.3, status=404, times=None)
        else:
            fault = Fault(path=path, method="POST", delay=0.3)
            world.databricks.turns.add(Turn(end="FAILED", error_type=CONTEXT))
        world.databricks.faults.add(fault)
        await world.ask("units by region last year", thread=asked)
        await asyncio.sleep(seconds)  # the moment is the point of this test
        await kill(world, bot)
        await world.start_bot()
        answer = await world.answer(asked, 2, within=45)
        note = words.answer.CONTEXT_LOST if trouble == "gone" else words.threads.OUTGROWN
        assert note in words_of(answer)
        assert len(conversations(world)) == (2 if trouble == "gone" else 3)
        assert conversations(world)[-1] != old
        assert len([each for each in world.ours(asked) if not each.files]) == 2
