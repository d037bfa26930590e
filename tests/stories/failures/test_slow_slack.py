"""Slack takes calls that an answer can do without, and never answers them."""

from dataclasses import replace

import aiohttp
import pytest

import bot.slack.ephemeral
import bot.slack.files
import bot.worker
from sandbox.databricks.api.exports import Exports
from sandbox.faults import Fault
from sandbox.slack.state.seed_data import LEAVER
from tests.stories.exports import ask_for_many, download, file, rows
from tests.stories.world import GENIE, OWN_CHARTS, company

pytestmark = pytest.mark.redis

OPTIONAL = (
    "/api/users.info",
    "/api/assistant.threads.setStatus",
    "/api/agents.sessions.setStatus",
    "/api/chat.getPermalink",
    "/api/files.info",
)
SECONDS = 15.0
"""Slack's own library gives each such call 30."""


async def test_an_answer_waits_for_no_call_that_it_can_do_without(redis_url: str) -> None:
    """No name, language, status or address comes: the first word does, and the answer with its picture.

    Slack has said before that the asker is no guest.
    """
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot(warm=True)
        await world.answer(await world.ask(f"{GENIE} revenue by region"))
        for path in OPTIONAL:
            world.slack.faults.add(Fault(path=path, delay=120.0, times=None))
        asked = await world.ask(f"{GENIE} revenue by region last year, <@{LEAVER.id}>")
        await world.slack.until(lambda: world.ours(asked), SECONDS)
        await world.answer(asked, within=SECONDS)
        assert await world.slack.until(lambda: [each for each in world.ours(asked) if each.files], SECONDS)
        await world.until(lambda: sum("question.ended" in line for line in world.bots[-1].log) == 2, SECONDS)
        assert len(world.databricks.questions()) == 2


def give_up_soon() -> None:
    """Let a process repeat a step at once, and notice soon that a storage says nothing."""
    vars(bot.worker).update(MAX_RETRY_SECONDS=0.05)
    vars(bot.slack.files).update(FROM_MEMORY=aiohttp.ClientTimeout(total=0.4))


def wait_long_for_replies() -> None:
    """Let a process wait for a `response_url` longer than the test does."""
    vars(bot.slack.ephemeral).update(TIMEOUT=aiohttp.ClientTimeout(total=120))


@pytest.mark.parametrize(
    "trouble", [Fault(status=503), pytest.param(Fault(delay=60.0), marks=pytest.mark.slow)]
)
async def test_a_chart_that_cannot_be_uploaded_keeps_no_question_waiting(
    redis_url: str, trouble: Fault
) -> None:
    """The storage works no more: the answer stands without its picture, and the next question is asked."""
    async with company(redis_url, databricks=OWN_CHARTS) as world:
        await world.start_bot(warm=True, prepare=give_up_soon)
        world.slack.faults.add(replace(trouble, path="/upload/*", times=None))
        asked = await world.ask(f"{GENIE} revenue by region last year")
        await world.answer(asked)
        await world.ask("and by product?", thread=asked)
        await world.answer(asked, 2)
        log = world.bots[-1].log
        await world.until(lambda: sum("answer.chart_missing" in line for line in log) == 2)
        await world.until(lambda: sum("question.ended" in line for line in log) == 2)


@pytest.mark.slow
async def test_an_export_waits_for_no_word_of_how_it_goes(redis_url: str) -> None:
    """The address for replies to the click hangs: the file comes as soon as it is there."""
    databricks = OWN_CHARTS | {"exports": Exports(chunk_rows=2_500)}
    async with company(redis_url, databricks=databricks) as world:
        await world.start_bot(prepare=wait_long_for_replies)
        answer = await ask_for_many(world)
        world.slack.faults.add(Fault(path="/response/*", delay=120.0, times=None))
        await download(world, answer)
        assert len(rows(await file(world, number=2))) == 6_001
