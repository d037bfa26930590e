"""The same question at the same time, and once more some minutes later."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from bot.records.same_words import same_words
from bot.store.keys import Keys
from render import words
from render.answer.actions import EXPORT_CSV, FORGET
from render.blockkit.buttons import ASK_ANEW
from tests.stories.exports import press
from tests.stories.world import ADA, BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company, words_of

pytestmark = pytest.mark.redis

FINANCE = "C0FINANCE2"
QUESTION = "revenue by region last year"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open a company where answers are reused."""
    async with company(redis_url, databricks=OWN_CHARTS, REUSE_MINUTES="5") as opened:
        await opened.start_bot()
        yield opened


def asked(world: World) -> list[tuple[str, str]]:
    """Return what Genie got, each with its conversation."""
    return [(each.content, each.conversation_id) for each in world.databricks.questions() if each.message_id]


async def ended(world: World, number: int) -> None:
    """Wait until so many questions have ended, charts and all."""
    await world.until(
        lambda: sum("question.ended" in line for bot in world.bots for line in bot.log) == number
    )


async def minutes_pass(world: World, redis_url: str, minutes: int, *questions: str) -> None:
    """Let questions, as channel and time, have been asked some minutes earlier."""
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        keys = Keys(world.environment["REDIS_PREFIX"])
        for question in questions:
            key = keys.question(f"{world.slack.workspace.team_id}.{question}")
            for field in ("asking_at", "received_at"):
                assert await redis.hincrby(key, field, -minutes * 60_000) > 0


async def test_two_people_share_an_answer(world: World, redis_url: str) -> None:
    """At once in two channels: one question, two answers, no word of it; minutes later the answer says so.

    Who goes on from it has a conversation of that thread, which knows the first question.
    """
    await world.start_bot(PORT="0")
    first = await world.ask(f"{GENIE} {QUESTION}")
    elsewhere = await world.ask(f"{GENIE} *Revenue* by region  last year?", BEN, FINANCE)
    answers = [await world.answer(first), await world.answer(elsewhere, channel=FINANCE)]
    assert all("EMEA" in words_of(each) and ASK_ANEW not in str(each.blocks) for each in answers)
    assert len(asked(world)) == 1
    await ended(world, 2)
    assert sum('"reused": true' in line for bot in world.bots for line in bot.log) == 1

    await minutes_pass(world, redis_url, 3, f"{SALES}.{first}", f"{FINANCE}.{elsewhere}")
    again = await world.ask(f"{GENIE} {QUESTION}", CHLOE)
    answer = await world.answer(again)
    assert "asked the same here 3 minutes ago" in words_of(answer)
    assert len(asked(world)) == 1

    await world.ask("and by month?", CHLOE, thread=again)
    await world.answer(again, 2)
    [(said, conversation), (follow_up, own)] = asked(world)
    assert same_words(said) == QUESTION  # as one of the two wrote it
    assert follow_up == words.reuse.going_on(QUESTION, "and by month?")
    await world.ask("only EMEA", CHLOE, thread=again)
    await world.answer(again, 3)
    assert asked(world)[2] == ("only EMEA", own) != ("only EMEA", conversation)

    await press(world, answer, ASK_ANEW, CHLOE)
    anew = await world.answer(again, 4)
    assert "EMEA" in words_of(anew)
    assert asked(world)[3][0] == QUESTION
    assert len({each for _, each in asked(world)}) == 3


async def test_at_the_limit_the_same_question_is_answered_at_once(redis_url: str) -> None:
    """Where others wait for a token, who asks what was just asked has the answer, and stands in no line."""
    async with company(
        redis_url,
        databricks=OWN_CHARTS,
        REUSE_MINUTES="5",
        QUESTIONS_PER_MINUTE="1",
        QUESTION_WINDOW_SECONDS="600",
    ) as world:
        await world.start_bot()
        await world.answer(await world.ask(f"{GENIE} {QUESTION}"))
        other = await world.ask(f"{GENIE} top 5 products by margin", CHLOE)
        await world.slack.until(
            lambda: any("Number 1 in line" in words_of(each) for each in world.ours(other))
        )
        assert "EMEA" in words_of(await world.answer(await world.ask(f"{GENIE} {QUESTION}", BEN)))
        assert [content for content, _ in asked(world)] == [QUESTION]
        assert "Number 1 in line" in words_of(world.ours(other)[0])


@pytest.mark.slow
async def test_an_answer_that_was_forgotten_is_gone_for_all(world: World, redis_url: str) -> None:
    """Its conversation is deleted in Databricks, and who has the same answer reads that it is gone."""
    first = await world.ask(f"{GENIE} {QUESTION}")
    shown = await world.answer(first)
    await ended(world, 1)
    await minutes_pass(world, redis_url, 2, f"{SALES}.{first}")
    answer = await world.answer(await world.ask(f"{GENIE} {QUESTION}", BEN))
    assert len(asked(world)) == 1
    await ended(world, 2)
    await press(world, shown, FORGET)
    view = await world.slack.until(lambda: next(iter(world.slack.workspace.views.values()), None))
    await world.slack.submit_view(ADA, view.id, {})
    await world.answer(first, 2)
    await press(world, answer, EXPORT_CSV, BEN)
    await world.slack.until(
        lambda: words.failures.NOT_FOUND in [each.text for each in world.slack.ephemerals]
    )
