"""Socket Mode of the local Slack, with slack-bolt's own client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Settings, Slack, SlackError

ADA = "U0ADA00001"
SALES = "C0SALES001"


@asynccontextmanager
async def bolt(slack: Slack, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    handler = AsyncSocketModeHandler(app, slack.app_token, web_client=app.client, ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt's own
    try:
        await slack.until(lambda: slack.socket.connections)
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # Bolt's own


def app_of(slack: Slack) -> AsyncApp:
    return AsyncApp(client=AsyncWebClient(token=slack.bot_token, base_url=slack.api_url))


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(ack_timeout=15.0, retry_delays=(0.0, 0.05, 0.05))) as slack:
        yield slack


@pytest.fixture
async def impatient() -> AsyncIterator[Slack]:
    """Run a Slack that waits only a second for an acknowledgement."""
    async with Slack(Settings(ack_timeout=1.0, retry_delays=(0.0, 0.05, 0.05))) as slack:
        yield slack


async def test_an_event_is_delivered_and_acknowledged(slack: Slack) -> None:
    """Bolt gets the mention, acknowledges it and answers in the thread."""
    app = app_of(slack)

    @app.event("app_mention")
    async def answer(event: dict[str, Any], say: Any) -> None:
        await say(text="hello", thread_ts=event["ts"])

    @app.event("message")
    async def ignore() -> None:
        pass

    async with bolt(slack, app):
        ts = await slack.say(ADA, SALES, f"<@{slack.workspace.bot_user_id}> hi")
        await slack.until(lambda: len(slack.thread(SALES, ts)) == 2)
        await slack.until(lambda: all(delivery.acked_at for delivery in slack.deliveries))
        assert {delivery.attempts for delivery in slack.deliveries} == {1}


async def test_an_event_that_nobody_takes_is_sent_four_times(impatient: Slack) -> None:
    """Without an acknowledgement the same event id comes again with retry_attempt 1 to 3."""
    app = app_of(impatient)
    seen: list[tuple[str, str | None]] = []
    all_came = asyncio.Event()

    @app.middleware
    async def watch(body: dict[str, Any], request: Any, next_: Any) -> Any:
        seen.append((body["event_id"], (request.headers.get("x-slack-retry-num") or [None])[0]))
        if len(seen) == 4:
            all_came.set()
        return await next_()  # and no listener for it

    async with bolt(impatient, app):
        await impatient.say(ADA, SALES, "hello")
        await impatient.until(lambda: impatient.deliveries[0].given_up)
        await all_came.wait()
    assert len({event_id for event_id, _ in seen}) == 1
    assert [retry for _, retry in seen][1:] == ["1", "2", "3"]
    assert (impatient.deliveries[0].attempts, impatient.deliveries[0].acked_at) == (4, None)


async def test_an_event_waits_for_a_connection(slack: Slack) -> None:
    """What was said while the app was away reaches it on a redelivery."""
    await slack.say(ADA, SALES, "anyone?")
    app = app_of(slack)

    @app.event("message")
    async def take() -> None:
        pass

    async with bolt(slack, app):
        await slack.until(lambda: slack.deliveries[0].acked_at)


async def test_a_command_that_is_not_acknowledged_fails_for_its_user(impatient: Slack) -> None:
    """The user reads Slack's words, and the command is not sent again."""
    async with bolt(impatient, app_of(impatient)):
        with pytest.raises(SlackError) as refused:
            await impatient.command(ADA, SALES, "/genie", "hello")
    assert refused.value.error == "operation_timeout"
    assert impatient.ephemerals[0].text == '/genie failed with the error "operation_timeout"'
    assert [delivery.attempts for delivery in impatient.deliveries] == [1]


async def test_each_payload_goes_to_one_connection(slack: Slack) -> None:
    """With two connections every event reaches exactly one of them, and each gets some."""
    seen: list[tuple[str, str]] = []

    def app_named(name: str) -> AsyncApp:
        app = app_of(slack)

        @app.event("message")
        async def note(body: dict[str, Any]) -> None:
            seen.append((name, body["event_id"]))

        return app

    async with bolt(slack, app_named("one")), bolt(slack, app_named("two")):
        await slack.until(lambda: slack.socket.connections == 2)
        for number in range(40):
            await slack.say(ADA, SALES, str(number))
        await slack.until(lambda: all(delivery.acked_at for delivery in slack.deliveries))
    assert len({event_id for _, event_id in seen}) == len(seen) == 40
    assert {name for name, _ in seen} == {"one", "two"}


async def test_renewed_and_dropped_connections(slack: Slack) -> None:
    """After a `disconnect` message and after a cut cable the app comes back with a new ticket."""
    async with bolt(slack, app_of(slack)):
        await slack.socket.disconnect("warning")
        await slack.until(lambda: slack.socket.opened == 2 and slack.socket.connections == 1)
        slack.socket.drop()
        await slack.until(lambda: slack.socket.opened == 3 and slack.socket.connections == 1)
    assert sum(call.method == "apps.connections.open" for call in slack.request_log) == 3


async def test_tickets_are_good_once(slack: Slack) -> None:
    """A used, unknown or refused ticket opens nothing."""
    client = AsyncWebClient(base_url=slack.api_url)

    async def ticket() -> str:
        return str((await client.apps_connections_open(app_token=slack.app_token))["url"])

    async with aiohttp.ClientSession() as session:
        url = await ticket()
        async with session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            await socket.ping()
        slack.socket.refuse_tickets(1)
        for bad in (url, url.replace("ticket=", "ticket=x"), await ticket()):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(bad)
        async with session.ws_connect(await ticket()) as socket:
            assert (await socket.receive_json())["type"] == "hello"


async def test_an_eleventh_connection_is_turned_away(slack: Slack) -> None:
    """There are ten connections; the next is told too_many_websockets."""
    client = AsyncWebClient(base_url=slack.api_url)
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            url = (await client.apps_connections_open(app_token=slack.app_token))["url"]
            sockets.append(await session.ws_connect(url))
        hellos = [await socket.receive_json() for socket in sockets]
        assert [hello["type"] for hello in hellos] == ["hello"] * 10 + ["disconnect"]
        assert hellos[10]["reason"] == "too_many_websockets"
        await asyncio.gather(*(socket.close() for socket in sockets))
