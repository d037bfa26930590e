"""The health addresses, over a real server."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.server.health import Ping, health_app

Client = TestClient[Request, Application]
Serve = Callable[[dict[str, Ping]], AbstractAsyncContextManager[Client]]


async def well() -> None:
    """Answer at once."""


async def broken() -> None:
    """Fail with a text that is nobody's business."""
    raise ConnectionError("redis://user:password@host refused")


async def stuck() -> None:
    """Never answer."""
    await asyncio.Event().wait()


@pytest.fixture
def serve() -> Serve:
    """Serve the application with given pings."""

    @asynccontextmanager
    async def served(pings: dict[str, Ping]) -> AsyncIterator[Client]:
        async with TestClient(TestServer(health_app(pings, ping_seconds=0.05))) as client:
            yield client

    return served


async def test_a_process_is_alive_whatever_its_parts_do(serve: Serve) -> None:
    """Liveness does not depend on Slack, Redis or Databricks: a restart would not mend them."""
    async with serve({"redis": broken}) as client:
        assert (await client.get("/healthz")).status == 200


async def test_ready_when_every_part_answers(serve: Serve) -> None:
    """With all parts well the bot is ready and says so for each."""
    async with serve({"slack": well, "redis": well}) as client:
        reply = await client.get("/readyz")
        assert (reply.status, await reply.json()) == (200, {"slack": True, "redis": True})


@pytest.mark.parametrize("bad", [broken, stuck])
async def test_not_ready_when_a_part_fails_or_hangs(serve: Serve, bad: Ping) -> None:
    """A part that fails or does not answer in time is named, and no exception's text gets out."""
    async with serve({"slack": well, "redis": bad}) as client:
        reply = await client.get("/readyz")
        assert (reply.status, await reply.json()) == (503, {"slack": True, "redis": False})


async def test_the_page_says_what_this_is(serve: Serve) -> None:
    """Who opens the port in a browser reads what runs there."""
    async with serve({}) as client:
        reply = await client.get("/")
        assert reply.content_type == "text/html"
        assert "Genie" in await reply.text()
