"""Slack sends an event again that the bot did not take, and people write on meanwhile."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.test_utils import RawTestServer

from tests.stories.world import GENIE, PATIENT_SLACK, World, company, kinds

pytestmark = pytest.mark.redis

QUESTION = f"{GENIE} revenue by region last year"


@asynccontextmanager
async def away(world: World) -> AsyncIterator[list[int]]:
    """Let a proxy refuse what Slack sends to the bot; yield a list that grows by each of these refusals."""
    refused: list[int] = []

    async def refuse(_request: web.BaseRequest) -> web.Response:
        refused.append(503)
        return web.Response(status=503)

    async with RawTestServer(refuse) as proxy:
        behind, world.slack.request_url = world.slack.request_url, str(proxy.make_url("/"))
        yield refused
        world.slack.request_url = behind


async def test_a_reply_is_asked_that_came_before_its_mention(redis_url: str) -> None:
    """While Slack has yet to send the mention again its thread is not known; thanks are still no question."""
    slack = replace(PATIENT_SLACK, mode="http", retry_delays=(3.0,))
    async with company(redis_url, slack=slack, mode="http") as world:
        await world.start_bot()
        async with away(world) as refused:
            asked = await world.ask(QUESTION)
            await world.until(lambda: len(refused) == len(world.slack.deliveries))
        await world.ask("and by month?", thread=asked)
        await world.ask("thanks!", thread=asked)
        await world.slack.until(lambda: world.slack.deliveries[-1].acked_at)
        assert "data_table" in kinds(await world.answer(asked, 2))
        texts = [each.content for each in world.databricks.questions()]
        assert texts == ["revenue by region last year", "and by month?"]
