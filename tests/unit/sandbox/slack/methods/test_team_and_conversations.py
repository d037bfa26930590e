"""The local Slack's other methods, called with the real SDK: tokens, channels, users, reactions."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack
from sandbox.slack.state.settings import SCOPES

ADA = "U0ADA00001"
SALES = "C0SALES001"
LEADERS = "C0LEADERS4"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    settings = Settings(
        limits=Limits.none(), scopes=SCOPES | {"team:read", "channels:join", "reactions:write"}
    )
    async with Slack(settings) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_tokens(slack: Slack, client: AsyncWebClient) -> None:
    """Each method takes its kind of token and no other."""
    me = await client.auth_test()
    assert (me["user_id"], me["bot_id"]) == (slack.workspace.bot_user_id, slack.workspace.bot_id)
    assert (await client.api_test())["ok"]
    assert await error_of(client.api_test(error="boom")) == "boom"
    assert await error_of(client.auth_test(token="xoxb-wrong")) == "invalid_auth"
    nobody = AsyncWebClient(base_url=slack.api_url)
    assert await error_of(nobody.auth_test()) == "not_authed"
    assert await error_of(client.auth_test(token=slack.app_token)) == "not_allowed_token_type"
    bot_token = client.apps_connections_open(app_token=slack.bot_token)
    assert await error_of(bot_token) == "not_allowed_token_type"
    assert await error_of(client.api_call("genie.ask")) == "unknown_method"


async def test_a_missing_scope_is_named() -> None:
    """Without its scope a method is refused, and the answer says which scope is needed."""
    async with Slack(Settings(scopes=frozenset({"chat:write"}))) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as refused:
            await client.reactions_add(channel=SALES, timestamp="1.1", name="eyes")
        assert refused.value.response["needed"] == "reactions:write"
        await slack.say(ADA, SALES, "a")
        assert await error_of(client.conversations_history(channel=SALES)) == "missing_scope"


async def test_methods_that_read_take_no_json(slack: Slack) -> None:
    """A JSON body to a method that only reads is not looked at, as in Slack."""
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{slack.api_url}users.info", json={"user": ADA}) as as_json:
            assert (await as_json.json())["error"] == "invalid_arguments"
        async with session.post(f"{slack.api_url}users.info", data={"user": ADA}) as as_form:
            assert (await as_form.json())["ok"]
        async with session.post(f"{slack.api_url}chat.postMessage", data=b"{", headers=JSON) as broken:
            assert (await broken.json())["error"] == "invalid_json"


JSON = {"Content-Type": "application/json"}


async def test_users_and_team(client: AsyncWebClient) -> None:
    """People are found by id and e-mail address, and listed in pages."""
    ada = (await client.users_info(user=ADA))["user"]
    assert (ada["real_name"], ada["profile"]["email"]) == ("Ada Okafor", "ada@example.com")
    assert (await client.users_lookupByEmail(email="ada@example.com"))["user"]["id"] == ADA
    assert await error_of(client.users_lookupByEmail(email="no@example.com")) == "users_not_found"
    assert "locale" not in ada
    assert (await client.users_info(user=ADA, include_locale=True))["user"]["locale"] == "en-GB"
    assert await error_of(client.users_info(user="U0NOBODY")) == "user_not_found"
    listed = [user["id"] async for page in await client.users_list(limit=3) for user in page["members"]]
    assert len(listed) == len(set(listed)) == 14
    assert (await client.team_info())["team"]["name"] == "Sandbox"


async def test_channels(slack: Slack, client: AsyncWebClient) -> None:
    """Channels are listed by type in pages; the bot's membership shows; private ones hide from strangers."""
    found = [each async for page in await client.conversations_list(limit=2) for each in page["channels"]]
    assert {each["name"]: each["is_member"] for each in found} == {
        "sales": True,
        "finance": True,
        "random": False,
        "attic": True,
        "agency": True,
        "partner": True,
    }
    assert (await client.conversations_info(channel=LEADERS))["channel"]["is_private"]
    slack.workspace.channels[LEADERS].members.discard(slack.workspace.bot_user_id)
    assert await error_of(client.conversations_info(channel=LEADERS)) == "channel_not_found"
    assert await error_of(client.conversations_list(types="castle")) == "invalid_types"
    assert await error_of(client.conversations_list(limit=1_001)) == "invalid_limit"
    assert await error_of(client.conversations_list(cursor="next:x")) == "invalid_cursor"
    members = (await client.conversations_members(channel=SALES))["members"]
    assert ADA in members


async def test_opening_and_joining(slack: Slack, client: AsyncWebClient) -> None:
    """A direct message is opened by its person; the bot joins public channels only."""
    opened = await client.conversations_open(users=[ADA])
    assert slack.workspace.channels[opened["channel"]["id"]].user == ADA
    assert await error_of(client.conversations_open(users="U0NOBODY")) == "user_not_found"
    assert await error_of(client.conversations_open(users="")) == "users_list_not_supplied"
    await client.conversations_join(channel="C0RANDOM03")
    await client.chat_postMessage(channel="C0RANDOM03", text="hello")
    refused = client.conversations_join(channel=LEADERS)
    assert await error_of(refused) == "method_not_supported_for_channel_type"


async def test_history_and_threads(slack: Slack, client: AsyncWebClient) -> None:
    """History has roots, newest first; replies come in order and pages, with metadata when asked for."""
    root = await slack.say(ADA, SALES, "first")
    for number in range(3):
        metadata = {"event_type": "answer", "event_payload": {"number": number}}
        await client.chat_postMessage(channel=SALES, thread_ts=root, text=str(number), metadata=metadata)
    newest = await slack.say(ADA, SALES, "second")
    history = (await client.conversations_history(channel=SALES))["messages"]
    assert [message["ts"] for message in history] == [newest, root]
    assert (history[1]["reply_count"], history[1]["thread_ts"]) == (3, root)
    first = await client.conversations_replies(channel=SALES, ts=root, limit=2, include_all_metadata=True)
    assert [message["text"] for message in first["messages"]] == ["first", "0", "1"]
    assert first["messages"][1]["metadata"]["event_payload"] == {"number": 0}
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_replies(channel=SALES, ts=root, limit=2, cursor=cursor)
    assert [message["text"] for message in second["messages"]] == ["first", "2"]
    assert "metadata" not in second["messages"][1]
    assert await error_of(client.conversations_replies(channel=SALES, ts="1.1")) == "thread_not_found"
    assert await error_of(client.conversations_history(channel="C0RANDOM03")) == "not_in_channel"
    later = await client.conversations_history(channel=SALES, oldest=root)
    assert [message["ts"] for message in later["messages"]] == [newest]


async def test_reactions(slack: Slack, client: AsyncWebClient) -> None:
    """The app reacts once and takes it back once."""
    ts = await slack.say(ADA, SALES, "hello")
    where = {"channel": SALES, "timestamp": ts, "name": "eyes"}
    await client.reactions_add(**where)
    assert slack.workspace.message(SALES, ts).reactions == {"eyes": (slack.workspace.bot_user_id,)}
    assert await error_of(client.reactions_add(**where)) == "already_reacted"
    await client.reactions_remove(**where)
    assert await error_of(client.reactions_remove(**where)) == "no_reaction"
    assert await error_of(client.reactions_add(**where | {"timestamp": "1.1"})) == "message_not_found"
