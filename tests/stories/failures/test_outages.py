"""Redis is full, read-only or away: people are told once, and their questions are asked when it is back."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from render import words
from render.answer.actions import INSIGHTS
from render.blockkit.buttons import FEEDBACK
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.settings import Settings
from tests.redis_servers import Server, running
from tests.redis_troubles import AWAY, FULL, READ_ONLY, Trouble
from tests.stories.world import ADA, BEN, GENIE, SALES, Bot, World, company, kinds

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
SLACK = Settings(mode="http", retry_delays=(0.3, 1.0, 3.0, 10.0), ack_timeout=15.0, trigger_life=15.0)
"""Sends an event again sooner than Slack does, and once more often."""


@asynccontextmanager
async def outage(trouble: Trouble, server: Server) -> AsyncIterator[None]:
    """Let Redis refuse all writes within the block."""
    async with server.client() as operator:
        await trouble.begin(server, operator)
        try:
            yield
        finally:
            await trouble.end(server, operator)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """Run a server that keeps its data when it is restarted."""
    server = Server(tmp_path / "server", "--save", "", "--appendonly", "yes", "--appendfsync", "always")
    async with running(server):
        yield server


@pytest.fixture
async def world(server: Server) -> AsyncIterator[World]:
    """Open the company with one bot, behind HTTP."""
    async with company(f"redis://{server.address}", mode="http", slack=SLACK) as opened:
        await opened.start_bot()
        yield opened


def told(world: World, user: str = ADA) -> list[str]:
    """Return what one person alone has read."""
    return [each.text for each in world.slack.ephemerals if each.for_user == user]


def logged(bot: Bot) -> list[str]:
    """Return the events of the log that are warnings or worse."""
    lines = [json.loads(line) for line in bot.log if line.startswith("{")]
    return [line["event"] for line in lines if line["level"] != "info"]


async def ready(world: World) -> dict[str, bool]:
    """Ask the bot whether it can serve."""
    address = f"http://127.0.0.1:{world.environment['PORT']}/readyz"
    async with aiohttp.ClientSession() as http, http.get(address) as answer:
        parts: dict[str, bool] = await answer.json()
        assert (answer.status == 200) == all(parts.values())
        return parts


@pytest.mark.parametrize("trouble", [FULL, READ_ONLY, AWAY], ids=lambda trouble: trouble.begin.__name__)
async def test_a_mention_is_told_and_asked_when_redis_is_back(
    trouble: Trouble, server: Server, world: World
) -> None:
    """One sentence to the asker, however often Slack delivers; one question, one answer, two log lines."""
    async with outage(trouble, server):
        asked = await world.ask(QUESTION)
        await world.slack.until(lambda: told(world))
        assert not (await ready(world))["redis"]
    answer = await world.answer(asked)
    assert "data_table" in kinds(answer)
    assert told(world) == [words.questions.MESSAGE_NOT_STORED]
    assert "five minutes" in words.questions.MESSAGE_NOT_STORED
    assert len(world.databricks.questions()) == 1
    assert (await ready(world))["redis"]
    assert logged(world.bots[0]) == ["redis.down", "redis.up"]


async def test_who_replies_is_told_and_who_talks_elsewhere_is_not(server: Server, world: World) -> None:
    """Without Redis the bot sees in Slack which threads are its own; small talk and others' are left."""
    asked = await world.ask(QUESTION)
    await world.answer(asked)
    others = await world.ask("lunch?", BEN)
    async with outage(FULL, server):
        await world.ask("at noon", BEN, thread=others)
        await world.ask("thanks!", ADA, thread=asked)
        await world.ask("and by month?", ADA, thread=asked)
        await world.ask("only EMEA", ADA, thread=asked)
        await world.slack.until(lambda: told(world))
        await world.ask(QUESTION, BEN)
        await world.slack.until(lambda: told(world, BEN))
    await world.answer(asked, 3)
    assert told(world) == told(world, BEN) == [words.questions.MESSAGE_NOT_STORED]
    assert world.ours(others) == []


async def test_who_adds_a_mention_by_an_edit_is_told(server: Server, world: World) -> None:
    """The edit comes again like a message, and asks when Redis is back."""
    asked = await world.ask("revenue by region last year")
    async with outage(FULL, server):
        await world.slack.edit(ADA, SALES, asked, QUESTION)
        await world.slack.until(lambda: told(world))
    await world.answer(asked)
    assert told(world) == [words.questions.MESSAGE_NOT_STORED]
    assert len(world.databricks.questions()) == 1


async def test_where_threads_take_mentions_only_a_reply_is_told_nothing(server: Server) -> None:
    """It would not be asked with Redis either; a mention would."""
    async with company(f"redis://{server.address}", mode="http", slack=SLACK) as world:
        await world.start_bot(THREAD_REPLIES="mentions")
        asked = await world.ask(QUESTION)
        await world.answer(asked)
        async with outage(FULL, server):
            await world.ask("that looks odd to me", BEN, thread=asked)
            await world.slack.until(lambda: any(each.attempts > 1 for each in world.slack.deliveries))
            await world.ask(f"{GENIE} and by month?", ADA, thread=asked)
            await world.slack.until(lambda: told(world))
        assert told(world, BEN) == []


async def test_commands_clicks_and_modals_say_to_press_again(server: Server, world: World) -> None:
    """Slack does not send them again: each is acknowledged with words."""
    asked = await world.ask(QUESTION)
    answer = await world.answer(asked)
    await world.chart(answer)
    thumbs = world.slack.workspace.message(SALES, answer.ts).blocks[-1]["elements"][0]
    async with outage(READ_ONLY, server):
        await world.slack.command(ADA, SALES, "/genie", "revenue by region last year")
        await world.slack.click(ADA, SALES, answer.ts, INSIGHTS)
        value = thumbs["positive_button"]["value"]
        await world.slack.click(ADA, SALES, answer.ts, FEEDBACK, value=value)
        expected = [words.questions.NOT_STORED, words.insights.NOT_STORED, words.feedback.NOT_KEPT]
        await world.slack.until(lambda: len(told(world)) == len(expected))
        assert told(world) == expected
        assert all("in a minute" in each for each in expected)
        assert all(each.acked_at for each in world.slack.deliveries if each.kind != "events_api")


async def test_over_a_socket_slack_sends_an_event_again_that_was_not_taken(server: Server) -> None:
    """There an event that is not acknowledged is repeated after three seconds."""
    slack = Settings(mode="socket", retry_delays=(0.1, 0.1, 0.1), limits=Limits())
    async with company(f"redis://{server.address}", slack=slack) as world:
        await world.start_bot()
        async with outage(READ_ONLY, server):
            asked = await world.ask(QUESTION)
            await world.slack.until(lambda: told(world))
        await world.answer(asked)
        assert told(world) == [words.questions.MESSAGE_NOT_STORED]
        assert len(world.databricks.questions()) == 1
