"""Databricks is away at the start: the bot serves without, says so on its port, and stops for a refusal."""

import asyncio
import signal

import pytest

from sandbox.faults import Fault
from tests.stories.starting.test_slack_away import asked_for, events, until_ready
from tests.stories.starting.test_starting import NOBODY
from tests.stories.world import GENIE, company, kinds, words_of

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"
AWAY = Fault(status=503, times=None)


async def test_a_start_goes_on_without_databricks(redis_url: str) -> None:
    """What people ask meanwhile is asked when it is back; one line tells what to check, and one the end."""
    async with company(redis_url) as world:
        world.databricks.faults.add(AWAY)
        bot = await world.start_bot()
        await until_ready(world, redis=True, slack=True, databricks=False)
        assert (await asked_for(world, "/readyz"))[0] == 503
        assert await asked_for(world, "/healthz") == (200, {"alive": True})
        asked = await world.ask(QUESTION)
        await world.slack.until(lambda: world.ours(asked))
        world.databricks.faults.clear()
        answer = await world.answer(asked)
        assert "data_table" in kinds(answer)
        await until_ready(world, redis=True, slack=True)
        [down], [up] = events(bot, "databricks.down"), events(bot, "databricks.up")
        assert "DATABRICKS_HOST" in down["check"]
        assert up["seconds"] > 0
        later = await world.answer(await world.ask(QUESTION))
        assert "Genie space: " in words_of(later)
        assert await bot.end(signal.SIGTERM) == 0


async def test_a_refusal_after_the_outage_ends_the_bot(redis_url: str) -> None:
    """Waiting would not help; it ends as the start would have."""
    async with company(redis_url) as world:
        world.databricks.faults.add(AWAY)
        ending = asyncio.create_task(world.refused_start(DATABRICKS_TOKEN="dapi0"))
        await until_ready(world, redis=True, slack=True, databricks=False)
        world.databricks.faults.clear()
        assert "refuses our sign-in" in (await ending).splitlines()[-1]


async def test_a_wrong_address_is_told_and_waited_for(redis_url: str) -> None:
    """It cannot be told from an outage."""
    async with company(redis_url, DATABRICKS_HOST=NOBODY) as world:
        bot = await world.start_bot()
        [down] = events(bot, "databricks.down")
        assert f"Databricks at {NOBODY} does not answer" in down["check"]
        assert await bot.end(signal.SIGTERM) == 0
