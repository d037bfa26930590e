"""What the unit tests share."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.unit.genie.genie_server import genie, server

__all__ = ["genie", "server"]


@pytest.fixture
async def ephemeral() -> AsyncIterator[tuple[str, list[str]]]:
    """Open an address to answer a click at; return it with what was said there."""
    heard: list[str] = []

    async def hear(request: web.Request) -> web.Response:
        heard.append((await request.json())["text"])
        return web.Response(text="ok")

    app = web.Application()
    app.add_routes([web.post("/", hear)])
    async with TestServer(app) as server:
        yield str(server.make_url("/")), heard
