"""What tests of listeners share: an address for ephemeral replies, and time for them."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from handlers import ephemeral
from handlers.events import reactions
from tests.unit.handlers.slack_app import ResponseUrl

BUSY_MACHINE_SECONDS = 10.0


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let calls to Slack take their time where a test is not about that: the machine may be busy."""
    monkeypatch.setattr(ephemeral, "REPLY_TIMEOUT_SECONDS", BUSY_MACHINE_SECONDS)
    monkeypatch.setattr(ephemeral, "MODAL_TIMEOUT_SECONDS", BUSY_MACHINE_SECONDS)
    monkeypatch.setattr(reactions, "USER_TIMEOUT_SECONDS", BUSY_MACHINE_SECONDS)


@pytest.fixture
async def replies() -> AsyncIterator[ResponseUrl]:
    """Open a `response_url`."""
    address = ResponseUrl()
    app = web.Application()
    app.add_routes([web.post("/", address.take)])
    async with TestServer(app) as server:
        address.url = str(server.make_url("/"))
        yield address
