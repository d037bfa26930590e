"""The local Slack's page: its routes and its event stream."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.faults import Fault
from sandbox.slack import Slack

ADA, BEN = "U0ADA00001", "U0BEN00002"
SALES, RANDOM = "C0SALES001", "C0RANDOM03"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def browser(slack: Slack) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(slack.url) as session:
        yield session


async def post(browser: aiohttp.ClientSession, path: str, **body: Any) -> dict[str, Any]:
    async with browser.post(path, json=body) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def get(browser: aiohttp.ClientSession, path: str) -> dict[str, Any]:
    async with browser.get(path) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def line_of(stream: aiohttp.ClientResponse) -> dict[str, Any]:
    async for line in stream.content:
        if line.startswith(b"data: "):
            found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            return found
    raise AssertionError("the stream ended")


async def test_the_page_and_its_files(browser: aiohttp.ClientSession) -> None:
    """The page is served, its scripts too, and nothing outside its folder."""
    async with browser.get("/") as response:
        assert (response.status, response.content_type) == (200, "text/html")
    for name, status in (("app.js", 200), ("theme.css", 200), ("index.html", 404), ("..%2Fserver.py", 404)):
        async with browser.get(f"/page/{name}") as response:
            assert response.status == status


async def test_the_state_that_the_page_shows(browser: aiohttp.ClientSession) -> None:
    """Users, channels, commands and hints are as the contract says."""
    state = await get(browser, "/sandbox/workspace")
    assert state["commands"][0]["command"] == "/genie"
    assert len(state["users"]) == 15
    standings = {user["name"]: user["standing"] for user in state["users"] if user["standing"]}
    assert standings == {
        "gina": "guest",
        "sam": "guest",
        "xenia": "another company",
        "zoe": "deactivated",
    }
    ims = [channel for channel in state["channels"] if channel["is_im"]]
    ours = {u["id"] for u in state["users"] if not (u["is_bot"] or u["standing"] == "another company")}
    assert {channel["user"] for channel in ims} == ours
    root = (await post(browser, "/sandbox/messages", user=ADA, channel=SALES, text="hello"))["ts"]
    await post(browser, "/sandbox/messages", user=BEN, channel=SALES, text="hi", thread_ts=root)
    messages = (await get(browser, f"/sandbox/channels/{SALES}/messages"))["messages"]
    thread = (await get(browser, f"/sandbox/channels/{SALES}/threads/{root}"))["messages"]
    assert [(message["text"], message["reply_count"]) for message in messages] == [("hello", 1)]
    assert [message["text"] for message in thread] == ["hello", "hi"]


async def test_refusals_reach_the_page(browser: aiohttp.ClientSession) -> None:
    """What Slack's client would not do is `{ok: false, error}`, and nonsense is 400."""
    refused = await post(browser, "/sandbox/messages", user=ADA, channel="C0NOWHERE", text="a")
    assert refused == {"ok": False, "error": "channel_not_found"}
    gone = await post(browser, "/sandbox/views/V1/submit", user=ADA, values={})
    assert gone == {"ok": False, "error": "not_found"}
    async with browser.post("/sandbox/messages", json={"user": ADA}) as response:
        assert response.status == 400


async def test_the_stream_shows_each_what_is_theirs(slack: Slack, browser: aiohttp.ClientSession) -> None:
    """Posts and news of people reach everybody, ephemerals and direct messages only whom they concern."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    async with (
        browser.get("/sandbox/stream?user=" + ADA) as ada,
        browser.get("/sandbox/stream?user=" + BEN) as ben,
    ):
        await client.chat_postEphemeral(channel=SALES, user=ADA, text="for Ada")
        await slack.say(ADA, slack.workspace.direct(ADA).id, "to the bot")
        ts = await slack.say(ADA, SALES, "for all")
        await client.assistant_threads_setStatus(channel_id=SALES, thread_ts=ts, status="thinks")
        kinds = [(await line_of(ada))["type"] for _ in range(3)]
        assert kinds == ["ephemeral", "message", "message"]
        first = await line_of(ben)
        assert (first["type"], first["message"]["text"]) == ("message", "for all")
        status = await line_of(ben)
        assert (status["type"], status["thread_ts"], status["status"]) == ("status", ts, "thinks")
        await post(browser, "/sandbox/users", user=BEN, is_restricted=True, team_id="T9")
        assert (await line_of(ben))["type"] == "user_change"
        assert slack.workspace.users[BEN].team_id == ""
        slack.workspace.channels[RANDOM].members.discard(BEN)
        await slack.say(ADA, RANDOM, "not for guests")
        await slack.say(ADA, SALES, "for guests, too")
        assert (await line_of(ben))["message"]["text"] == "for guests, too"


async def test_faults_hit_the_web_api(slack: Slack) -> None:
    """A fault for one method answers in its place, and the call takes no effect."""
    slack.faults.add(Fault(path="/api/chat.postMessage", status=503, body="{}"))
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {slack.bot_token}"}) as session:
        body = {"channel": SALES, "text": "a"}
        async with session.post(f"{slack.api_url}chat.postMessage", json=body) as response:
            assert response.status == 503
        assert slack.workspace.messages[SALES] == {}
        async with session.post(f"{slack.api_url}chat.postMessage", json=body) as response:
            assert (await response.json())["ok"]
