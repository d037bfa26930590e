"""An answer is shown to the whole channel: short, once, and with its thread behind it."""

import asyncio
import signal

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from render import words
from render.blockkit.buttons import OVERFLOW_MENU
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.kill import kill
from tests.stories.world import ADA, BEN, CHLOE, GENIE, OWN_CHARTS, SALES, World, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = "revenue by region last year"
DIRECT = "D0ADA00000"


def choices(message: Message) -> dict[str, str]:
    """Return the values of the menu of an answer by what stands there."""
    elements = [each for block in message.blocks for each in block.get("elements", ())]
    [menu] = [each for each in elements if each.get("action_id") == OVERFLOW_MENU]
    return {option["text"]["text"]: option["value"] for option in menu["options"]}


async def share(world: World, user: str, answer: Message) -> None:
    """Choose "Share to Channel"."""
    value = choices(answer)[words.share.SHARE]
    await world.slack.click(user, SALES, answer.ts, OVERFLOW_MENU, selected_option=value)


def shared(world: World) -> list[Message]:
    """Return what stands in the channel though it belongs to a thread."""
    return [each for each in world.slack.workspace.roots(SALES) if not each.is_root]


async def the_shared(world: World) -> Message:
    """Wait for what is shared."""
    return await world.slack.until(lambda: next(iter(shared(world)), None))


async def answered(world: World, question: str = QUESTION) -> tuple[str, Message]:
    """Ask; return the thread and its answer."""
    asked = await world.ask(f"{GENIE} {question}")
    return asked, await world.answer(asked)


async def test_a_channel_sees_the_gist_and_its_picture(world: World) -> None:
    """Who shared which question, the takeaway and the picture; table and buttons stay in the thread."""
    asked, answer = await answered(world)
    await share(world, BEN, answer)
    told = await the_shared(world)
    assert told.thread_ts == asked
    assert words.share.shared(f"<@{BEN}>", QUESTION) in words_of(told)
    assert "image" in kinds(told)
    assert not {"data_table", "actions", "container"} & set(kinds(told))
    assert told.text == answer.text
    assert len(world.databricks.questions()) == 1


def link(world: World, message: Message) -> str:
    """Return the address of what is shared."""
    page = f"{world.slack.url}/archives/{SALES}/p{message.ts.replace('.', '')}"
    return f"{page}?thread_ts={message.thread_ts}&cid={SALES}"


async def deleted(world: World, message: Message) -> None:
    """Let an admin delete what the bot wrote."""
    slack = AsyncWebClient(token=world.slack.bot_token, base_url=world.slack.api_url)
    await slack.chat_delete(channel=message.channel, ts=message.ts)


@pytest.mark.slow
async def test_what_stands_in_the_channel_is_shared_once_more_only_when_it_is_gone(redis_url: str) -> None:
    """Whoever shares it again, also after a restart, is led to it; deleted, it comes back."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        asked, answer = await answered(world)
        await world.chart(answer)
        await bot.end(signal.SIGTERM)
        await world.start_bot()
        await share(world, BEN, answer)
        first = await the_shared(world)
        await world.until(lambda: closed(world))
        await share(world, ADA, answer)
        told = await world.slack.until(lambda: next(iter(world.slack.ephemerals), None))
        assert (told.for_user, told.thread_ts) == (ADA, asked)
        assert told.text == words.share.shared_already(link(world, first))
        await deleted(world, first)
        await share(world, ADA, answer)
        again = await the_shared(world)
        assert words.share.shared(f"<@{ADA}>", QUESTION) in words_of(again)
        assert len(world.slack.ephemerals) == 1


async def test_two_people_share_it_once(world: World) -> None:
    """The second is told privately; a reply to what was shared goes on in the same conversation."""
    asked, answer = await answered(world)
    await asyncio.gather(share(world, ADA, answer), share(world, BEN, answer))
    told = await the_shared(world)
    late = await world.slack.until(lambda: next(iter(world.slack.ephemerals), None))
    assert late.text in {words.share.shared_already(""), words.share.shared_already(link(world, told))}
    assert late.thread_ts == asked
    await world.ask("and by month?", BEN, thread=told.ts)
    await world.answer(asked, 3)
    assert len({each.conversation_id for each in world.databricks.questions()}) == 1
    assert len(shared(world)) == 1


def closed(world: World) -> bool:
    """Whether the last process has noted that an answer is shared."""
    return any('"shared"' in line for line in world.bots[-1].log)


@pytest.mark.slow
async def test_a_kill_while_sharing_shares_it_once(redis_url: str) -> None:
    """What was posted but could not be noted is found again by the next process."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        bot = await world.start_bot()
        _, answer = await answered(world)
        await world.chart(answer)
        world.slack.faults.add(Fault(path="*/chat.postMessage", drop=True, after=True))
        await share(world, BEN, answer)
        await the_shared(world)
        await kill(world, bot)
        await world.start_bot()
        await world.until(lambda: closed(world))
        assert len(shared(world)) == 1


async def test_reactions_to_what_is_shared_are_ratings(world: World) -> None:
    """They count beside those to the answer, each until it is taken back; those to the question do not."""
    asked, answer = await answered(world)
    await share(world, BEN, answer)
    told = await the_shared(world)
    await world.until(lambda: closed(world))
    [question] = world.databricks.questions()

    async def rated(expected: str) -> None:
        ids = question.conversation_id, question.message_id
        await world.until(lambda: world.databricks.feedback_on(*ids)[0] == expected)

    await world.slack.react(ADA, SALES, asked, "-1")
    await world.slack.react(BEN, SALES, told.ts, "+1::skin-tone-3")
    await rated("POSITIVE")
    await world.slack.react(BEN, SALES, answer.ts, "-1")
    await rated("NEGATIVE")
    await world.slack.react(BEN, SALES, answer.ts, "-1", add=False)
    await rated("POSITIVE")
    await world.slack.react(BEN, SALES, answer.ts, "+1::skin-tone-3")
    await world.slack.react(BEN, SALES, answer.ts, "+1::skin-tone-3", add=False)
    await world.slack.react(CHLOE, SALES, told.ts, "-1")
    await rated("NEGATIVE")
    await world.slack.react(CHLOE, SALES, told.ts, "-1", add=False)
    await rated("POSITIVE")
    await world.slack.react(BEN, SALES, told.ts, "+1::skin-tone-3", add=False)
    await rated("NONE")


@pytest.mark.slow
async def test_a_single_number_is_shared_large(redis_url: str) -> None:
    """The number itself is what a channel wants to read."""
    async with company(redis_url) as world:
        await world.start_bot()
        _, answer = await answered(world, "how many orders last year")
        await share(world, BEN, answer)
        told = await the_shared(world)
        header = next(block["text"]["text"] for block in told.blocks if block["type"] == "header")
        assert header in words_of(answer)


async def test_direct_messages_have_nobody_to_share_with(redis_url: str) -> None:
    """The menu of an answer there does not offer it."""
    async with company(redis_url) as world:
        await world.start_bot()
        asked = await world.ask(QUESTION, channel=DIRECT)
        answer = await world.answer(asked, channel=DIRECT)
        assert words.share.SHARE not in choices(answer)


@pytest.mark.slow
async def test_an_answer_that_cannot_be_read_now_can_be_shared_later(redis_url: str) -> None:
    """Whoever chose it is told privately what the matter is, and may choose it again."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot()
        asked, answer = await answered(world)
        await world.chart(answer)
        world.databricks.faults.add(Fault(path="*/messages/*", method="GET", status=403, times=1))
        await share(world, BEN, answer)
        [told] = await world.slack.until(lambda: world.slack.ephemerals or None)
        assert (told.for_user, told.thread_ts) == (BEN, asked)
        await share(world, BEN, answer)
        await the_shared(world)
