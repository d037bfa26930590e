"""People edit what they asked: what the message says last is asked, in one message of the bot's."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.records import Message
from tests.stories.kill import kill_unheard
from tests.stories.world import ADA, BEN, GENIE, PATIENT_SLACK, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

SLOWLY = Timing(total=lambda question: 2.0 if "slowly" in question else 0.3)
OLD, NEW = "revenue by region, slowly", "units by category"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open a company with one bot."""
    async with company(redis_url, timing=SLOWLY) as opened:
        await opened.start_bot()
        yield opened


def asked(world: World) -> list[str]:
    """Return what Genie was asked."""
    return [each.content for each in world.databricks.questions()]


def answers(world: World, thread: str, channel: str = SALES) -> list[Message]:
    """Return the bot's messages of a thread, without files."""
    return [each for each in world.ours(thread, channel) if not each.files]


def sent(world: World) -> str:
    """Return all that the bot has sent to Slack."""
    return str([call.arguments for call in world.slack.request_log])


def ended(world: World, outcome: str) -> bool:
    """Whether a bot has logged such an end of a question."""
    return any(outcome in line and "question.ended" in line for bot in world.bots for line in bot.log)


async def test_a_question_in_line_is_asked_as_edited(redis_url: str) -> None:
    """It keeps its place and its message, before those who asked later, and costs one token."""
    async with company(
        redis_url, QUESTIONS_PER_MINUTE="1", QUESTION_WINDOW_SECONDS="1", QUESTION_GUARD_SECONDS="2"
    ) as world:
        await world.start_bot()
        await world.ask(f"{GENIE} revenue by region last year")
        await world.asked()
        edited = await world.ask(f"{GENIE} orders by month", BEN)
        later = await world.ask(f"{GENIE} top 5 products by margin")
        await world.slack.until(lambda: world.ours(edited) and world.ours(later))
        await world.slack.edit(BEN, SALES, edited, f"{GENIE} {NEW}")
        await world.answer(edited)
        await world.answer(later)
        assert asked(world) == ["revenue by region last year", NEW, "top 5 products by margin"]
        assert len(answers(world, edited)) == 1


async def test_the_old_words_are_followed_silently_to_their_end(world: World) -> None:
    """Genie cannot be stopped: its answer is not shown, and the new words are asked after it."""
    thread = await world.ask(f"{GENIE} {OLD}")
    await world.asked()
    await world.slack.until(lambda: world.ours(thread))
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} {NEW}")
    await world.slack.until(lambda: words.changes.BEHIND_OLD_WORDS in words_of(world.ours(thread)[0]))
    answer = await world.answer(thread)
    assert "data_table" in kinds(answer)
    assert "EMEA" not in sent(world)
    assert asked(world) == [OLD, NEW]
    assert len(answers(world, thread)) == 1
    assert len({each.conversation_id for each in world.databricks.questions()}) == 2


@pytest.mark.slow
async def test_the_last_of_many_edits_is_asked(world: World) -> None:
    """Somebody who types on the move corrects themselves again and again: Genie gets two questions."""
    thread = await world.ask(f"{GENIE} {OLD}")
    await world.asked()
    for text in ("orders", "orders by", "orders by month", NEW):
        await world.slack.edit(ADA, SALES, thread, f"{GENIE} {text}")
    await world.asked(2)
    await world.answer(thread)
    assert asked(world) == [OLD, NEW]
    assert len(answers(world, thread)) == 1


async def test_the_same_words_are_nothing(world: World) -> None:
    """An edit that leaves the question as it is changes nothing."""
    thread = await world.ask(f"{GENIE} {OLD}")
    await world.asked()
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} {OLD}")
    assert "EMEA" in words_of(await world.answer(thread))
    assert asked(world) == [OLD]


async def test_an_edit_after_the_answer_offers_to_ask_again(world: World) -> None:
    """The editor alone is offered it, once; the newest words get an answer below the old one."""
    thread = await world.ask(f"{GENIE} revenue by region last year")
    first = await world.answer(thread)
    await world.until(lambda: ended(world, "answered"))
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} units")
    [offer] = await world.slack.until(lambda: world.slack.ephemerals)
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} {NEW}")
    assert (offer.for_user, offer.thread_ts) == (ADA, thread)
    assert words.changes.EDITED_AFTERWARDS in words_of(offer)
    assert asked(world) == ["revenue by region last year"]
    await world.slack.click(ADA, SALES, offer.ts, "ask_edited")
    second = await world.answer(thread, 2)
    assert asked(world)[1:] == [NEW]
    assert first.ts != second.ts
    [told] = world.slack.ephemerals
    assert told.text == words.changes.ASKED_AGAIN


async def test_a_question_that_follows_the_help_takes_its_place(world: World) -> None:
    """Somebody pressed Enter too soon: the help becomes the answer."""
    thread = await world.ask(GENIE)
    await world.answer(thread)
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} {NEW}")
    await world.slack.until(lambda: "data_table" in kinds(answers(world, thread)[0]))
    assert len(answers(world, thread)) == 1


async def test_a_mention_added_by_an_edit_asks(world: World) -> None:
    """People forget the mention, and put it in afterwards."""
    thread = await world.ask(NEW)
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} {NEW}")
    await world.answer(thread)
    assert asked(world) == [NEW]


@pytest.mark.parametrize("text", ["revenue by region, never mind", f"{GENIE} cancel"])
async def test_an_edit_that_leaves_no_question_withdraws_it(world: World, text: str) -> None:
    """Without the mention, or with nothing to ask, nothing is shown and nobody is told."""
    thread = await world.ask(f"{GENIE} {OLD}")
    await world.asked()
    await world.slack.until(lambda: world.ours(thread))
    await world.slack.edit(ADA, SALES, thread, text)
    await world.slack.until(lambda: not world.ours(thread))
    after = await world.ask(f"{GENIE} {NEW}")
    await world.answer(after)
    await world.until(lambda: ended(world, "withdrawn"))
    assert world.ours(thread) == []
    assert world.slack.ephemerals == ()


async def test_a_mention_lost_by_mistake_is_put_back(world: World) -> None:
    """The old words are followed silently to their end, and the new ones are asked after them, anew."""
    thread = await world.ask(f"{GENIE} {OLD}")
    await world.asked()
    await world.slack.edit(ADA, SALES, thread, OLD)
    await world.slack.until(lambda: not world.ours(thread))
    await world.slack.edit(ADA, SALES, thread, f"{GENIE} {NEW}")
    await world.answer(thread)
    assert asked(world) == [OLD, NEW]
    assert "EMEA" not in sent(world)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 2
    assert world.slack.ephemerals == ()


@pytest.mark.slow
async def test_a_mention_more_asks_nothing_again(world: World) -> None:
    """Genie gets the words without it: added to a reply that runs, or removed, it changes nothing."""
    thread = await world.ask(f"{GENIE} revenue by region last year")
    await world.answer(thread)
    reply = await world.ask(OLD, thread=thread)
    await world.asked(2)
    await world.slack.edit(ADA, SALES, reply, f"{GENIE} {OLD}")
    await world.slack.edit(ADA, SALES, reply, OLD)
    await world.answer(thread, 2)
    assert asked(world)[1:] == [OLD]


@pytest.mark.slow
async def test_a_follow_up_keeps_its_conversation_when_it_is_edited(world: World) -> None:
    """The new words follow what was asked before, and a reply that waited comes after them."""
    thread = await world.ask(f"{GENIE} revenue by region last year")
    await world.answer(thread)
    reply = await world.ask("by month, slowly", thread=thread)
    await world.asked(2)
    await world.ask("only EMEA", thread=thread)
    await world.slack.edit(ADA, SALES, reply, "by category")
    await world.answer(thread, 3)
    assert asked(world)[1:] == ["by month, slowly", "by category", "only EMEA"]
    assert len(answers(world, thread)) == 3
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1


@pytest.mark.parametrize(
    "seconds", [0.3, *(pytest.param(each, marks=pytest.mark.slow) for each in (0.0, 2.3))]
)
async def test_a_bot_killed_after_an_edit_answers_once(redis_url: str, seconds: float) -> None:
    """Whenever it dies, its successor shows one answer, to the new words, and leaves nothing behind."""
    # The successor gets the edit however long it takes to start: one that comes after the old answer is
    # another story.
    slack = replace(PATIENT_SLACK, retry_delays=(0.5,) * 30)
    async with company(redis_url, timing=SLOWLY, slack=slack) as world:
        bot = await world.start_bot()
        thread = await world.ask(f"{GENIE} {OLD}")
        await world.slack.until(lambda: world.ours(thread))
        await world.slack.edit(ADA, SALES, thread, f"{GENIE} {NEW}")
        await asyncio.sleep(seconds)  # the moment is the point of this test
        await kill_unheard(world, bot)
        await world.start_bot()
        await world.answer(thread)
        assert "EMEA" not in sent(world)
        assert asked(world).count(NEW) == 1
        assert asked(world).count(OLD) <= 1
        assert len(answers(world, thread)) == 1


async def test_two_replicas_agree_on_an_edit(redis_url: str) -> None:
    """Whichever gets the event of the edit, and whichever works on the question, one answer is shown."""
    async with company(redis_url, timing=SLOWLY) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        threads = [await world.ask(f"{GENIE} {OLD}", user) for user in (ADA, BEN) * 3]
        for number, thread in enumerate(threads):
            await world.slack.edit((ADA, BEN)[number % 2], SALES, thread, f"{GENIE} {NEW}")
        for thread in threads:
            await world.answer(thread)
            assert len(answers(world, thread)) == 1
        assert asked(world).count(NEW) == 6
        assert "EMEA" not in sent(world)
