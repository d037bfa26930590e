"""Slack is away for 20 minutes and nothing gives up: pauses are shorter here, and as many as in that time."""

import signal
from functools import partial

import pytest

import bot.server.slack_socket
import bot.startup.away
import bot.worker
from bot.server.slack_socket import Timeouts
from bot.startup.away import AWAY_SECONDS
from bot.worker import MAX_RETRY_SECONDS
from sandbox.faults import Fault
from tests.stories.starting.test_slack_away import AWAY, QUESTION, asked_for, events, until_ready
from tests.stories.world import company, kinds, waiting

pytestmark = [pytest.mark.redis, pytest.mark.slow]

OUTAGE_SECONDS = 20 * 60
LOOKS = round(OUTAGE_SECONDS / AWAY_SECONDS[1])
ATTEMPTS = round(OUTAGE_SECONDS / MAX_RETRY_SECONDS)
REBUILDS = round(OUTAGE_SECONDS / Timeouts().rebuild)
NO_PAUSE, PAUSE = 0.01, 0.3
"""The longer one between two connections and between two edits: a busy machine connects in that time, and the
edits of a minute are not used up."""


def look_often() -> None:
    """Shorten every pause of a process between two attempts to reach Slack."""
    vars(bot.startup.away).update(AWAY_SECONDS=(NO_PAUSE, 2 * NO_PAUSE))
    vars(bot.worker).update(MAX_RETRY_SECONDS=PAUSE)
    quick = partial(Timeouts, check=NO_PAUSE, first=NO_PAUSE, rebuild=PAUSE)
    vars(bot.server.slack_socket).update(Timeouts=quick)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_start_looks_for_slack_for_20_minutes(mode: str, redis_url: str) -> None:
    """What was stored before is answered then."""
    async with company(redis_url, mode=mode) as world:
        before = await world.start_bot(prepare=look_often)
        asked = await world.ask(QUESTION)
        await world.slack.until(lambda: world.ours(asked))
        await before.end(signal.SIGTERM)
        world.slack.faults.add(Fault(path="/api/auth.test", status=503, times=LOOKS))
        bot = await world.start_bot(prepare=look_often)
        assert world.slack.faults.waiting == ()
        assert "data_table" in kinds(await world.answer(asked))
        assert (len(events(bot, "slack.down")), len(events(bot, "slack.up"))) == (1, 1)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_running_bot_tries_for_20_minutes(mode: str, redis_url: str) -> None:
    """An answer that was due comes once Slack is back, and so does the connection."""
    async with company(redis_url, mode=mode, LOG_LEVEL="DEBUG") as world:
        bot = await world.start_bot(prepare=look_often)
        asked = await world.ask(QUESTION)
        await world.asked()
        world.slack.faults.add(AWAY["refuses"])
        world.slack.faults.add(Fault(path="/link/*", status=503, times=None))
        world.slack.socket.drop()
        await world.until(lambda: len(events(bot, "step.no_slack")) >= ATTEMPTS)
        if mode == "socket":
            await world.until(lambda: len(events(bot, "socket_mode.rebuild")) >= REBUILDS)
            assert (await asked_for(world, "/readyz"))[1] == {"redis": True, "slack": False}
        assert (await asked_for(world, "/healthz"))[0] == 200
        world.slack.faults.clear()
        assert not waiting(await world.answer(asked))
        assert len([each for each in world.ours(asked) if not each.files]) == 1
        assert len(world.databricks.questions()) == 1
        await until_ready(world, redis=True, **({"slack": True} if mode == "socket" else {}))
