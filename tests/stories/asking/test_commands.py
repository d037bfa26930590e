"""`/genie` with subcommands: each does what it says, on any replica, and only its user reads the reply."""

import signal
from collections.abc import AsyncIterator

import pytest

from render import words
from tests.stories.privacy import words_of_view
from tests.stories.world import ADA, BEN, SALES, World, company, words_of

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
    await say(world, text)
    root = await world.slack.until(
        lambda: next((each for each in world.slack.workspace.roots(SALES) if each.ts not in before), None)
    )
    await world.answer(root.ts)
    return root.ts


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
    assert "sign-in" not in said
    assert world.slack.workspace.roots(SALES) == []
