"""HTTP mode of the local Slack, with slack-bolt behind a real aiohttp server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Settings, Slack, SlackError

ADA = "U0ADA00001"
SALES = "C0SALES001"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    settings = Settings(mode="http", ack_timeout=2.0, retry_delays=(0.0, 0.05, 0.05))
    async with Slack(settings) as slack:
        yield slack


@pytest.fixture
async def app(slack: Slack) -> AsyncIterator[AsyncApp]:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.settings.signing_secret)
    async with TestServer(app.web_app()) as server:
        slack.request_url = str(server.make_url("/slack/events"))
        yield app


async def test_signed_events_commands_and_clicks(slack: Slack, app: AsyncApp) -> None:
    """Bolt accepts the signature of events, commands and clicks, and answers all three."""
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    clicked = asyncio.Event()

    @app.event("app_mention")
    async def answer(event: dict[str, Any], say: Any) -> None:
        blocks = [{"type": "actions", "elements": [button]}]
        await say(text="hello", thread_ts=event["ts"], blocks=blocks)

    @app.event("message")
    async def ignore() -> None:
        pass

    @app.command("/genie")
    async def command(ack: Any) -> None:
        await ack("on it")

    @app.action("go")
    async def click(ack: Any) -> None:
        await ack()
        clicked.set()

    ts = await slack.say(ADA, SALES, f"<@{slack.workspace.bot_user_id}> hi")
    reply = (await slack.until(lambda: slack.thread(SALES, ts)[1:]))[0]
    await slack.command(ADA, SALES, "/genie", "hello")
    assert slack.ephemerals[0].text == "on it"
    await slack.click(ADA, SALES, reply.ts, "go")
    assert clicked.is_set()


async def test_the_request_url_is_verified(slack: Slack, app: AsyncApp) -> None:
    """The challenge comes back from Bolt, and from nobody when no app listens."""
    assert await slack.verify_request_url()
    slack.request_url = None
    assert not await slack.verify_request_url()


async def test_a_wrong_secret_is_refused_and_retried(slack: Slack, app: AsyncApp) -> None:
    """An app with another signing secret answers 401, and the event comes four times in all."""
    app._async_middleware_list[1].verifier.signing_secret = "another"  # type: ignore[attr-defined]
    await slack.say(ADA, SALES, "hello")
    await slack.until(lambda: slack.deliveries[0].given_up)
    assert slack.deliveries[0].attempts == 4


Answer = Callable[[web.Request], Awaitable[web.Response]]


async def listening(slack: Slack, answer: Answer) -> TestServer:
    application = web.Application()
    application.router.add_post("/", answer)
    server = TestServer(application)
    await server.start_server()
    slack.request_url = str(server.make_url("/"))
    return server


async def test_retries_say_their_number_and_reason(slack: Slack) -> None:
    """Redeliveries carry Slack's two headers and the same event id."""
    seen: list[tuple[str | None, str | None, str]] = []
    ended = asyncio.Event()

    async def fail(request: web.Request) -> web.Response:
        event_id = (await request.json())["event_id"]
        headers = request.headers
        seen.append((headers.get("X-Slack-Retry-Num"), headers.get("X-Slack-Retry-Reason"), event_id))
        if len(seen) == 1:
            await ended.wait()
        return web.Response(status=500)

    server = await listening(slack, fail)
    await slack.say(ADA, SALES, "hello")
    await slack.until(lambda: slack.deliveries[0].given_up)
    ended.set()
    await server.close()
    assert [entry[:2] for entry in seen] == [
        (None, None),
        ("1", "http_timeout"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]
    assert len({entry[2] for entry in seen}) == 1


async def test_an_app_may_ask_for_no_retry(slack: Slack) -> None:
    """X-Slack-No-Retry ends the redelivery of an event."""

    async def refuse(_request: web.Request) -> web.Response:
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    server = await listening(slack, refuse)
    await slack.say(ADA, SALES, "hello")
    await slack.until(lambda: slack.deliveries[0].given_up)
    await server.close()
    assert slack.deliveries[0].attempts == 1


async def test_a_click_while_the_app_is_away(slack: Slack) -> None:
    """Nobody at the request URL: the click fails for its user, once."""
    with pytest.raises(SlackError) as refused:
        await slack.command(ADA, SALES, "/genie")
    assert refused.value.error == "dispatch_failed"
