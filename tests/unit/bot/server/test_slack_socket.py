"""The watchdog over Socket Mode, with short times, against a real server."""

import asyncio
import gc
import time
from collections.abc import AsyncIterator

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.server.slack_socket import ConnectionLost, OnHello, SocketMode, Timeouts
from sandbox.faults import Fault
from sandbox.slack import Slack
from tests.unit.handlers.slack_app import authorize

QUICK = Timeouts(check=0.05, first=0.5, rebuild=0.4, ping=60.0)
"""With a ping this rare the SDK mends nothing by itself, so that only the watchdog can."""


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


def socket_mode(slack: Slack, timeouts: Timeouts = QUICK, on_hello: OnHello | None = None) -> SocketMode:
    """Build one for the local Slack."""
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(client=client, authorize=authorize, signing_secret="")
    return SocketMode(app, slack.app_token, on_hello or nobody, timeouts)


async def logged(caplog: pytest.LogCaptureFixture, event: str) -> None:
    """Wait for a line of the log."""
    async with asyncio.timeout(10):
        while event not in caplog.messages:  # noqa: ASYNC110 - a log tells nobody
            await asyncio.sleep(0.01)


async def nobody(_connections: int) -> None:
    """Care for no number of connections."""


async def test_it_is_connected_within_and_leaves_nothing_behind(slack: Slack) -> None:
    """At the end the socket, its session and its tasks are closed."""
    before = asyncio.all_tasks()
    mode = socket_mode(slack)
    with pytest.raises(ConnectionLost):
        await mode.ping()
    async with mode.connected():
        await mode.ping()
        assert slack.socket.connections == 1
    await slack.until(lambda: slack.socket.connections == 0)
    del mode
    gc.collect()
    assert {task for task in asyncio.all_tasks() - before if "sandbox" not in repr(task)} == set()


async def test_a_dead_socket_is_replaced(slack: Slack) -> None:
    """Readiness says that the connection is away, and the watchdog builds another client."""
    mode = socket_mode(slack)
    async with mode.connected():
        slack.socket.drop()
        await slack.until(lambda: slack.socket.opened == 2)
        async with asyncio.timeout(5):
            while True:
                try:
                    await mode.ping()
                except ConnectionLost:
                    await asyncio.sleep(0.01)
                else:
                    break
        assert slack.socket.connections == 1


async def test_a_refused_address_is_not_tried_for_ever(slack: Slack) -> None:
    """Also at the start, where the SDK asks for no other one; long before the client is replaced."""
    slack.socket.refuse_tickets(2)
    timeouts = Timeouts(check=0.05, first=20.0, rebuild=60.0, ping=0.1)
    async with socket_mode(slack, timeouts).connected():
        await slack.until(lambda: slack.socket.connections == 1)
    assert len([call for call in slack.request_log if call.method == "apps.connections.open"]) >= 3


async def test_it_begins_without_a_connection_when_that_takes_long(slack: Slack) -> None:
    """There may be work from before; readiness says that Slack is away."""
    slack.faults.add(Fault(path="/link/", delay=60, times=None))
    mode = socket_mode(slack)
    began = time.monotonic()
    async with mode.connected():
        assert 0.4 < time.monotonic() - began < 5
        with pytest.raises(ConnectionLost):
            await mode.ping()


async def test_it_never_gives_up(slack: Slack, caplog: pytest.LogCaptureFixture) -> None:
    """However long Slack is away, the connection comes back; the log has a line for each of the two."""
    async with socket_mode(slack).connected():
        slack.faults.add(Fault(path="/api/apps.connections.open", status=503, times=9))
        slack.socket.drop()
        await slack.until(lambda: slack.socket.opened == 2)
        await logged(caplog, "socket_mode.up")
        assert caplog.messages == ["socket_mode.down", "socket_mode.up"]


async def test_a_token_that_is_refused_meanwhile_is_told_once(
    slack: Slack, caplog: pytest.LogCaptureFixture
) -> None:
    """An operator has to mend that, and the bot goes on by itself when it is mended."""
    refusal = '{"ok": false, "error": "token_revoked"}'
    async with socket_mode(slack).connected():
        slack.faults.add(Fault(path="/api/apps.connections.open", status=200, body=refusal, times=None))
        slack.socket.drop()
        await logged(caplog, "socket_mode.refused")
        slack.faults.clear()
        await slack.until(lambda: slack.socket.opened == 2)
    assert caplog.messages.count("socket_mode.refused") == 1


async def test_it_hears_how_many_connections_the_app_has(slack: Slack) -> None:
    """Slack says so at the begin of each."""
    heard = list[int]()

    async def hear(connections: int) -> None:
        heard.append(connections)

    async with socket_mode(slack).connected(), socket_mode(slack, on_hello=hear).connected():
        async with asyncio.timeout(5):
            while not heard:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)
    assert heard == [2]
