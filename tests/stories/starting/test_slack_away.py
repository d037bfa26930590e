"""Slack is away, also at the start: the bot waits, says so on its port, and comes back by itself."""

import asyncio
import json
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox.faults import Fault
from tests.stories.world import GENIE, Bot, World, company, kinds, waiting

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
HTML = "<!doctype html><title>Sign in to the network</title>"
AWAY = {
    "refuses": Fault(path="/api/*", status=503, times=None),
    "is another server": Fault(path="/api/*", status=200, body=HTML, content_type="text/html", times=None),
    "drops connections": Fault(path="/api/*", drop=True, times=None),
}


async def asked_for(world: World, path: str) -> tuple[int, Any]:
    """Ask the bot on its port; 0 while nobody listens there."""
    with suppress(aiohttp.ClientConnectionError):
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"http://127.0.0.1:{world.environment['PORT']}{path}") as answer,
        ):
            return answer.status, await answer.json()
    return 0, None


async def until_ready(world: World, **parts: bool) -> None:
    """Wait until the bot says this of its parts."""
    async with asyncio.timeout(40):
        while (await asked_for(world, "/readyz"))[1] != parts:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


def events(bot: Bot, name: str) -> list[dict[str, Any]]:
    """Return the lines of the log with one event."""
    lines = [json.loads(line) for line in bot.log if line.startswith("{")]
    return [line for line in lines if line["event"] == name]


@pytest.mark.parametrize("away", AWAY.values(), ids=AWAY.keys())
async def test_a_start_waits_for_slack(away: Fault, redis_url: str) -> None:
    """The port is open meanwhile and says what is missing; one line tells what to check, and one the end."""
    async with company(redis_url) as world:
        world.slack.faults.add(away)
        starting = asyncio.create_task(world.start_bot())
        await until_ready(world, redis=True, slack=False)
        assert await asked_for(world, "/healthz") == (200, {"alive": True})
        assert not starting.done()
        world.slack.faults.clear()
        bot = await starting
        assert "data_table" in kinds(await world.answer(await world.ask(QUESTION)))
        [down], [up] = events(bot, "slack.down"), events(bot, "slack.up")
        assert "proxy or firewall" in down["check"]
        assert up["seconds"] > 0
        await until_ready(world, redis=True, slack=True)


async def test_over_http_a_start_waits_too(redis_url: str) -> None:
    """What Slack posts before the bot has started it sends again."""
    async with company(redis_url, mode="http") as world:
        world.slack.faults.add(AWAY["refuses"])
        starting = asyncio.create_task(world.start_bot())
        await until_ready(world, redis=True, slack=False)
        asked = await world.ask(QUESTION)
        world.slack.faults.clear()
        await starting
        assert "data_table" in kinds(await world.answer(asked))


async def test_a_start_that_waits_can_be_stopped(redis_url: str, tmp_path: Path) -> None:
    """SIGTERM ends it at once, and in good order."""
    async with company(redis_url) as world:
        world.slack.faults.add(AWAY["refuses"])
        bot = Bot(world.environment, warm=False)
        starting = asyncio.create_task(bot.start())
        await until_ready(world, redis=True, slack=False)
        async with asyncio.timeout(10):
            assert await bot.end(signal.SIGTERM) == 0
        with pytest.raises(AssertionError):
            await starting


async def test_a_token_that_slack_refuses_after_an_outage_stops_the_start(redis_url: str) -> None:
    """Waiting would not help."""
    async with company(redis_url) as world:
        world.slack.faults.add(Fault(path="/api/auth.test", status=503, times=2))
        said = await world.refused_start(SLACK_BOT_TOKEN="xoxb-other")
        assert "refuses SLACK_BOT_TOKEN (invalid_auth)" in said.splitlines()[-1]


async def test_a_running_bot_outlives_an_outage_of_slack(redis_url: str) -> None:
    """Slack takes no calls and no connections while an answer is on its way: it comes when Slack is back."""
    async with company(redis_url) as world:
        bot = await world.start_bot()
        asked = await world.ask(QUESTION)
        await world.asked()
        world.slack.faults.add(AWAY["refuses"])
        world.slack.faults.add(Fault(path="/link/*", status=503, times=None))
        world.slack.socket.drop()
        await until_ready(world, redis=True, slack=False)
        assert (await asked_for(world, "/healthz"))[0] == 200
        later = await world.ask(QUESTION)
        world.slack.faults.clear()
        for thread in (asked, later):
            answer = await world.answer(thread)
            assert not waiting(answer)
            assert len([each for each in world.ours(thread) if not each.files]) == 1
        assert len(world.databricks.questions()) == 2
        await until_ready(world, redis=True, slack=True)
        assert (len(events(bot, "socket_mode.down")), len(events(bot, "socket_mode.up"))) == (1, 1)
        assert [line for line in bot.log if "Traceback" in line] == []


async def test_two_installations_on_one_app_are_told(redis_url: str) -> None:
    """Slack spreads the events over all connections of an app: a second one takes half of them away."""
    async with company(redis_url) as world:
        first, same = await world.start_bot(), await world.start_bot(PORT="0")
        stranger = await world.start_bot(PORT="0", REDIS_PREFIX="another")
        await world.until(lambda: events(stranger, "socket_mode.strangers"))
        [line] = events(stranger, "socket_mode.strangers")
        assert (line["connections"], line["processes"]) == (3, 1)
        assert events(first, "socket_mode.strangers") == events(same, "socket_mode.strangers") == []
