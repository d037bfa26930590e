"""What tests of listeners share: an address for ephemeral replies."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.unit.handlers.slack_app import ResponseUrl


@pytest.fixture
async def replies() -> AsyncIterator[ResponseUrl]:
    """Open a `response_url`."""
    address = ResponseUrl()
    app = web.Application()
    app.add_routes([web.post("/", address.take)])
    async with TestServer(app) as server:
        address.url = str(server.make_url("/"))
        yield address
