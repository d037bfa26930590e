"""Questions to begin with, and questions that somebody clicked: who asked what stays visible."""

import asyncio

import pytest

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.stories.kill import kill
from tests.stories.world import ADA, BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

REGION, PRODUCTS = "revenue by region last year", "top 5 products by margin"
STARTERS = f"{REGION} | {PRODUCTS}"
DIRECT = "D0ADA00000"


def pressable(message: Message) -> list[str]:
    """Return what stands on the buttons of a message."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row if element["type"] == "button"]


def asked_line(user: str, question: str) -> str:
    """Return the line above an answer that nobody typed the question of."""
    return words.share.asked_by(f"<@{user}>", question)


async def helped(world: World, text: str, channel: str) -> Message:
    """Write something that calls for help; return the help."""
    return await world.answer(await world.ask(text, channel=channel), channel=channel)


async def test_an_empty_mention_offers_the_starters(redis_url: str) -> None:
    """Two people press one of them at once: it is asked once in that thread, and says by whom."""
    async with company(redis_url, databricks=OWN_CHARTS, STARTER_QUESTIONS=STARTERS) as world:
        await world.start_bot()
        called = await world.ask(GENIE)
        told = await world.answer(called)
        assert pressable(told) == [REGION, PRODUCTS]
        await asyncio.gather(*(world.slack.click(who, SALES, told.ts, "starter:0") for who in (ADA, BEN)))
        answer = await world.answer(called, 2)
        [question] = world.databricks.questions()
        [late] = world.slack.ephemerals
        asker = next(who for who in (ADA, BEN) if who != late.for_user)
        assert late.text == words.questions.ALREADY_ASKED
        assert question.content.startswith(REGION)
        assert asked_line(asker, REGION) in words_of(answer)


@pytest.mark.slow
async def test_a_greeting_in_a_direct_message_is_no_question(redis_url: str) -> None:
    """Greetings and calls for help get the help with its starters; what else people write is asked."""
    async with company(redis_url, databricks=OWN_CHARTS, STARTER_QUESTIONS=STARTERS) as world:
        await world.start_bot()
        for text in ("hi", "Help!"):
            assert pressable(await helped(world, text, DIRECT)) == [REGION, PRODUCTS]
        assert world.databricks.questions() == []
        asked = await world.ask(REGION, channel=DIRECT)
        assert "data_table" in kinds(await world.answer(asked, channel=DIRECT))


async def test_the_command_offers_the_starters_privately(redis_url: str) -> None:
    """A click asks in the channel, as /genie does, in the name of whoever pressed, and only once."""
    async with company(redis_url, databricks=OWN_CHARTS, STARTER_QUESTIONS=STARTERS) as world:
        bot = await world.start_bot()
        await world.slack.command(ADA, SALES, "/genie", "help")
        [told] = world.slack.ephemerals
        assert pressable(told) == [REGION, PRODUCTS]
        await kill(world, bot)
        await world.start_bot()
        for _ in range(2):
            await world.slack.click(ADA, SALES, told.ts, "starter:1")
        root = await world.slack.until(lambda: next(iter(world.slack.workspace.roots(SALES)), None))
        assert words_of(root) == words.questions.asked(f"<@{ADA}>", PRODUCTS)
        assert "data_table" in kinds(await world.answer(root.ts))
        said = [each.text for each in world.slack.ephemerals[1:]]
        assert said == [words.questions.COMMAND_RECEIVED, words.share.ALREADY_ASKED_HERE]
        assert len(world.databricks.questions()) == 1


async def test_without_the_setting_nothing_is_proposed(redis_url: str) -> None:
    """The bot invents no questions: it cannot know what the space holds."""
    async with company(redis_url) as world:
        await world.start_bot()
        assert pressable(await helped(world, GENIE, SALES)) == []


@pytest.mark.slow
async def test_two_people_press_a_suggestion_after_a_restart(redis_url: str) -> None:
    """The buttons of an answer outlive the process that made it; one that both press at once asks once."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        asked = await world.ask(f"{GENIE} {REGION}")
        answer = await world.answer(asked)
        proposed, other, *_ = pressable(answer)
        await kill(world, bot)
        await world.start_bot()
        await asyncio.gather(
            *(world.slack.click(who, SALES, answer.ts, "suggestion:0") for who in (ADA, BEN)),
            world.slack.click(CHLOE, SALES, answer.ts, "suggestion:1"),
        )
        [late] = world.slack.ephemerals
        assert (late.text, late.thread_ts) == (words.questions.ALREADY_ASKED, asked)
        first = next(who for who in (ADA, BEN) if who != late.for_user)
        await world.answer(asked, 3)
        said = [words_of(each) for each in world.ours(asked) if not each.files]
        for line in (asked_line(first, proposed), asked_line(CHLOE, other)):
            assert sum(line in text for text in said) == 1
        assert len({each.conversation_id for each in world.databricks.questions()}) == 1
        assert len(world.databricks.questions()) == 3


async def test_a_clicked_question_can_be_read_from_the_first_moment(redis_url: str) -> None:
    """The message that waits for Genie says who asked what, after a kill as before."""
    async with company(redis_url, timing=Timing(total=lambda _: 2.0), databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        asked = await world.ask(f"{GENIE} {REGION}")
        answer = await world.answer(asked)
        [proposed, *_] = pressable(answer)
        await world.slack.click(BEN, SALES, answer.ts, "suggestion:0")
        waiting = await world.slack.until(lambda: next(iter(world.ours(asked)[1:]), None))
        assert asked_line(BEN, proposed) in words_of(waiting)
        await world.asked(2)
        await kill(world, bot)
        await world.start_bot()
        follow_up = await world.answer(asked, 2)
        assert follow_up.ts == waiting.ts
        assert asked_line(BEN, proposed) in words_of(follow_up)
        assert len(world.databricks.questions()) == 2
