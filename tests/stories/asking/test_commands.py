"""`/genie` with subcommands: each does what it says, on any replica, and only its user reads the reply."""

import signal
from collections.abc import AsyncIterator

import pytest

from render import words
from sandbox.faults import Fault
from sandbox.slack.state.records import Message
from tests.stories.privacy import words_of_view
from tests.stories.spaces.three import UNSURE, asked_in, company_with_spaces
from tests.stories.world import ADA, BEN, CHLOE, GENIE, SALES, World, company, words_of

pytestmark = pytest.mark.redis

QUESTION = "revenue by region last year"
FINANCE = "C0FINANCE2"


@pytest.fixture
async def world(redis_url: str) -> AsyncIterator[World]:
    """Open the company and start two replicas in it."""
    async with company(redis_url, CHARTS="off") as opened:
        await opened.start_bot()
        await opened.start_bot(PORT="0")
        yield opened


async def say(world: World, text: str, user: str = ADA, channel: str = SALES) -> str:
    """Type `/genie` and a text; return what its user, and nobody else, is told."""
    before = len(world.slack.ephemerals)
    await world.slack.command(user, channel, "/genie", text)
    new = world.slack.ephemerals[before:]
    assert {each.for_user for each in new} <= {user}
    return "\n".join(words_of(each) for each in new)


async def ask(world: World, text: str = QUESTION) -> str:
    """Ask by the command and wait for the answer; return the thread."""
    before = {root.ts for root in world.slack.workspace.roots(SALES)}
    before_ended = ended(world)
    await say(world, text)
    root = await world.slack.until(
        lambda: next((each for each in world.slack.workspace.roots(SALES) if each.ts not in before), None)
    )
    await world.answer(root.ts)
    await world.until(lambda: ended(world) > before_ended)
    return root.ts


def ended(world: World) -> int:
    """Count the questions of which nothing is on its way any more."""
    return sum("question.ended" in line for bot in world.bots for line in bot.log)


async def test_forget_asks_first_and_forgets_the_latest_thread(world: World) -> None:
    """The modal leads to the thread; nothing is deleted before its button, also by a restarted bot."""
    assert await say(world, "forget") == words.threads.FORGET_NO_THREAD
    thread = await ask(world)
    assert await say(world, "forget", BEN) == words.threads.FORGET_NO_THREAD
    assert await say(world, "forget") == ""
    [view] = [each for each in world.slack.workspace.views.values() if each.user == ADA]
    assert f"/archives/{SALES}/p{thread.replace('.', '')}" in words_of_view(view)
    assert len(world.databricks.questions()) == 1
    for bot in [*world.bots]:
        await bot.end(signal.SIGTERM)
    await world.start_bot()
    await world.slack.submit_view(ADA, view.id, {})
    told = words.threads.forgotten(f"<@{ADA}>")
    await world.until(lambda: any(told in each.text for each in world.ours(thread)))
    assert await say(world, "forget") != ""


async def test_history_leads_to_what_was_asked(world: World) -> None:
    """Newest first, with links to the threads, for the asker alone, also after a restart."""
    assert words.commands.NO_HISTORY in await say(world, "history")
    first = await ask(world)
    second = await ask(world, "top 5 products by margin")
    for bot in [*world.bots]:
        await bot.end(signal.SIGTERM)
    await world.start_bot()
    said = await say(world, "history")
    assert said.index("top 5 products by margin") < said.index(QUESTION)
    assert said.index(f"thread_ts={second}") < said.index(f"thread_ts={first}")
    assert words.commands.NO_HISTORY in await say(world, "history", BEN)


@pytest.mark.slow
async def test_status_tells_the_line_the_limit_and_what_works(redis_url: str) -> None:
    """The asker's own place in the line as well, from whichever replica."""
    async with company(
        redis_url, CHARTS="off", QUESTIONS_PER_MINUTE="1", QUESTION_WINDOW_SECONDS="600"
    ) as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        said = await say(world, "status")
        assert said.splitlines() == [
            words.commands.NOBODY_WAITS,
            words.commands.limit(0, 1, 602),
            words.commands.ALL_WORKS,
        ]
        await world.answer(await world.ask(f"{GENIE} {QUESTION}"))
        await world.ask(f"{GENIE} {QUESTION}, again", BEN)
        await world.until(lambda: any("Number 1 in line" in words_of(each) for each in bots(world)))
        assert words.commands.in_line(1, 1) in await say(world, "status", BEN)
        assert words.commands.in_line(1, 0) in await say(world, "status")
        assert words.commands.limit(1, 1, 602) in await say(world, "status")
        world.databricks.faults.add(Fault("*", status=503, times=None))
        assert words.commands.PARTS["databricks"] in await say(world, "status")


def bots(world: World) -> list[Message]:
    return [each for each in world.slack.workspace.messages[SALES].values() if each.bot_id]


@pytest.mark.slow
async def test_an_admin_binds_a_channel(redis_url: str) -> None:
    """The next question there goes to that space, whichever replica takes it, also after a restart."""
    async with company_with_spaces(redis_url, ADMINS="S0FINANCE1", CHARTS="off") as world:
        await world.start_bot()
        await world.start_bot(PORT="0")
        assert await say(world, "use finance", CHLOE) == words.commands.ADMINS_BIND
        assert "/genie use" not in await say(world, "help", CHLOE)
        assert "/genie use" in await say(world, "help")
        assert await say(world, "use finance") == words.commands.bound_now("Finance")
        for bot in [*world.bots]:
            await bot.end(signal.SIGTERM)
        await world.start_bot()
        said = await say(world, "spaces", CHLOE)
        assert words.spaces.LISTED in said
        assert "supply-chain: your question" in said
        assert words.commands.bound_to("Finance") in said
        await world.answer(await world.ask(UNSURE, CHLOE))
        assert asked_in(world) == ["finance"]
        assert await say(world, "use off", BEN) == words.commands.UNBOUND
        assert words.commands.BOUND_TO_NONE in await say(world, "spaces")


async def test_ask_always_asks(world: World) -> None:
    """Also what is a subcommand alone; and other words behind one are a question."""
    await ask(world, "ask help")
    await ask(world, "new customers by month")
    asked = [root.text for root in world.slack.workspace.roots(SALES) if root.bot_id]
    assert [text.partition("asked: ")[2] for text in asked] == ["help", "new customers by month"]
    assert len(world.databricks.questions()) == 2


async def test_help_is_for_its_reader_alone(world: World) -> None:
    """It lists what this installation has, and asks nothing."""
    said = await say(world, "help")
    assert said.startswith(words.commands.INTRODUCTION)
    assert "/genie cancel" in said
    assert "/genie sign-in" not in said
    assert world.slack.workspace.roots(SALES) == []
