"""The local Slack's two generations of status, called with the real SDK."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack, SlackError
from sandbox.slack.state.settings import AGENT_EVENTS, EVENTS

ADA = "U0ADA00001"
SALES = "C0SALES001"
AGENT = Settings(limits=Limits.none(), agent=True)


@pytest.fixture
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[Slack]:
    """Open Slack with the settings that a test may give."""
    async with Slack(getattr(request, "param", Settings(limits=Limits.none()))) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_the_status_ends_with_the_apps_post(slack: Slack, client: AsyncWebClient) -> None:
    """A status shows in its thread until the app posts there."""
    root = await slack.say(ADA, SALES, "hello")
    await client.assistant_threads_setStatus(channel_id=SALES, thread_ts=root, status="is thinking")
    assert slack.workspace.statuses[SALES, root] == "is thinking"
    await client.chat_postMessage(channel=SALES, text="elsewhere")
    assert slack.workspace.statuses[SALES, root] == "is thinking"
    await client.chat_postMessage(channel=SALES, thread_ts=root, text="done")
    assert slack.workspace.statuses[SALES, root] == ""
    missing = client.assistant_threads_setStatus(channel_id=SALES, thread_ts="1.1", status="a")
    assert await error_of(missing) == "invalid_thread_ts"


async def test_an_empty_status_takes_it_away(slack: Slack, client: AsyncWebClient) -> None:
    """The app need not post to end a status."""
    root = await slack.say(ADA, SALES, "hello")
    for status in ("is thinking", ""):
        await client.assistant_threads_setStatus(channel_id=SALES, thread_ts=root, status=status)
        assert slack.workspace.statuses[SALES, root] == status


async def test_the_status_fades_by_itself() -> None:
    """A status that nobody renews is gone after its time; told again, in the same words too, it stays."""
    async with Slack(Settings(status_life=0.2)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        root = await slack.say(ADA, SALES, "hello")
        shown: dict[str, Any] = {"channel_id": SALES, "thread_ts": root, "status": "is thinking"}
        await client.assistant_threads_setStatus(**shown)
        await asyncio.sleep(0.12)
        await client.assistant_threads_setStatus(**shown)
        await asyncio.sleep(0.12)
        assert slack.workspace.statuses[SALES, root] == "is thinking"
        await slack.until(lambda: slack.workspace.statuses[SALES, root] == "")


async def test_sessions_are_for_agents(slack: Slack, client: AsyncWebClient) -> None:
    """An app that is not declared an agent may not use them."""
    root = await slack.say(ADA, SALES, "hello")
    call = client.agents_sessions_setStatus(channel_id=SALES, thread_ts=root, status="processing")
    assert await error_of(call) == "access_denied"


@pytest.mark.parametrize("slack", [AGENT], indirect=True)
async def test_a_post_does_not_end_a_session(slack: Slack, client: AsyncWebClient) -> None:
    """A session keeps its status until the app says another one, and its title for good."""
    root = await slack.say(ADA, SALES, "hello")
    where: dict[str, Any] = {"channel_id": SALES, "thread_ts": root}
    told = await client.agents_sessions_setStatus(**where, status="processing", title="Sales")
    await client.chat_postMessage(channel=SALES, thread_ts=root, text="done")
    assert slack.workspace.sessions[SALES, root].status == "processing"
    again = await client.agents_sessions_setStatus(**where, status="suspended", title="Other")
    assert slack.workspace.sessions[SALES, root].status == "suspended"
    assert (told["status"], again["title"]) == ("processing", "Sales")
    assert told["warning"] == "missing_agent_session_stopped_event_subscription"


async def test_a_session_goes_idle_by_itself() -> None:
    """After its time, and not before the last word's time; who can be stopped is not warned."""
    settings = replace(AGENT, session_life=0.05, events=EVENTS | {"agent_session_stopped"})
    async with Slack(settings) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        root = await slack.say(ADA, SALES, "hello")
        where: dict[str, Any] = {"channel_id": SALES, "thread_ts": root}
        told = await client.agents_sessions_setStatus(**where, status="processing")
        assert "warning" not in told
        await slack.until(lambda: slack.workspace.sessions[SALES, root].status == "active")


@pytest.mark.parametrize("slack", [AGENT], indirect=True)
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"status": "is thinking"}, "invalid_arguments"),
        ({"status": ""}, "invalid_arguments"),
        ({"thread_ts": "1.1"}, "invalid_thread_ts"),
        ({"thread_ts": None}, "invalid_arguments"),
        ({"channel_id": "C0NOWHERE1"}, "channel_not_found"),
        ({"title": "t" * 201}, "invalid_arguments"),
        ({"initiator_user_id": "U0NOBODY"}, "invalid_arguments"),
    ],
)
async def test_a_session_takes_slacks_words_alone(
    wrong: dict[str, str], error: str, slack: Slack, client: AsyncWebClient
) -> None:
    """No free text, no other thread or channel, no strangers."""
    root = await slack.say(ADA, SALES, "hello")
    right: dict[str, Any] = {"channel_id": SALES, "thread_ts": root, "status": "processing"}
    assert await error_of(client.agents_sessions_setStatus(**right | wrong)) == error


@pytest.mark.parametrize("heard", [True, False])
async def test_stop_is_offered_while_an_agent_works(*, heard: bool) -> None:
    """Only where the app hears of it; the press alone changes nothing."""
    async with Slack(replace(AGENT, events=AGENT_EVENTS if heard else EVENTS)) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        root = await slack.say(ADA, SALES, "hello")
        where: dict[str, Any] = {"channel_id": SALES, "thread_ts": root}
        await client.agents_sessions_setStatus(**where, status="processing")
        if heard:
            await slack.stop_session(ADA, SALES, root)
            assert slack.workspace.sessions[SALES, root].status == "processing"
            await client.agents_sessions_setStatus(**where, status="active")
        with pytest.raises(SlackError, match="not_found"):
            await slack.stop_session(ADA, SALES, root)


@pytest.mark.parametrize(
    "slack", [Settings(retired=frozenset({"assistant.threads.setStatus"}))], indirect=True
)
async def test_a_method_that_slack_has_taken_away(slack: Slack, client: AsyncWebClient) -> None:
    """It refuses with the word for that."""
    root = await slack.say(ADA, SALES, "hello")
    call = client.assistant_threads_setStatus(channel_id=SALES, thread_ts=root, status="is thinking")
    assert await error_of(call) == "method_deprecated"
