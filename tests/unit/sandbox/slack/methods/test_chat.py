"""The local Slack's chat methods, called with the real SDK."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Limits, Settings, Slack

ADA = "U0ADA00001"
SALES = "C0SALES001"
RANDOM = "C0RANDOM03"
ATTIC = "C0ATTIC005"


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack(Settings(limits=Limits.none())) as slack:
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


async def test_posting_in_a_thread(slack: Slack, client: AsyncWebClient) -> None:
    """A post lands in the thread, as the bot, with block ids that Slack makes up."""
    root = await slack.say(ADA, SALES, "hello")
    posted = await client.chat_postMessage(channel=SALES, thread_ts=root, text="hi", blocks=[section("hi")])
    reply = slack.thread(SALES, root)[1]
    assert (reply.ts, reply.text, reply.user) == (posted["ts"], "hi", slack.workspace.bot_user_id)
    assert posted["message"]["bot_id"] == slack.workspace.bot_id
    assert posted["message"]["blocks"][0]["block_id"]


async def test_a_reply_can_stand_in_the_channel_too(slack: Slack, client: AsyncWebClient) -> None:
    """A broadcast reply is in its thread and in the channel; without a thread it is a post like any other."""
    root = await slack.say(ADA, SALES, "hello")
    told = await client.chat_postMessage(channel=SALES, thread_ts=root, text="news", reply_broadcast=True)
    plain = await client.chat_postMessage(channel=SALES, text="hi", reply_broadcast=True)
    history = (await client.conversations_history(channel=SALES))["messages"]
    assert [each["ts"] for each in history] == [plain["ts"], told["ts"], root]
    assert (told["message"]["subtype"], told["message"]["thread_ts"]) == ("thread_broadcast", root)
    assert "subtype" not in plain["message"]
    assert [each.ts for each in slack.thread(SALES, root)] == [root, told["ts"]]


async def test_posting_to_a_person_is_posting_to_the_dm(slack: Slack, client: AsyncWebClient) -> None:
    """A user id as channel means the direct message with that person."""
    posted = await client.chat_postMessage(channel=ADA, text="psst")
    assert slack.workspace.channels[posted["channel"]].user == ADA


POSTS = {
    "channel_not_found": {"channel": "C0NOWHERE", "text": "a"},
    "not_in_channel": {"channel": RANDOM, "text": "a"},
    "is_archived": {"channel": ATTIC, "text": "a"},
    "no_text": {"channel": SALES, "text": " "},
    "thread_not_found": {"channel": SALES, "text": "a", "thread_ts": "1.000001"},
    "invalid_blocks": {"channel": SALES, "text": "a", "blocks": [{"type": "nonsense"}]},
    "invalid_blocks_format": {"channel": SALES, "text": "a", "blocks": "[{"},
    "msg_blocks_too_long": {"channel": SALES, "text": "a", "blocks": [section("x" * 3_000)] * 5},
    "markdown_text_conflict": {"channel": SALES, "text": "a", "markdown_text": "b"},
    "msg_too_long": {"channel": SALES, "markdown_text": "x" * 12_001},
    "invalid_metadata_format": {"channel": SALES, "text": "a", "metadata": {"event_type": "a"}},
    "invalid_arguments": {"text": "a"},
}


@pytest.mark.parametrize(("error", "post"), POSTS.items(), ids=POSTS.keys())
async def test_refused_posts(client: AsyncWebClient, error: str, post: dict[str, Any]) -> None:
    """A post that Slack refuses is refused with Slack's word for it."""
    assert await error_of(client.api_call("chat.postMessage", json=post)) == error


async def test_metadata_too_large(client: AsyncWebClient) -> None:
    """Metadata is for a few ids."""
    metadata = {"event_type": "a", "event_payload": {"sql": "x" * 9_000}}
    call = client.chat_postMessage(channel=SALES, text="a", metadata=metadata)
    assert await error_of(call) == "metadata_too_large"


async def test_markdown_text_becomes_a_markdown_block(client: AsyncWebClient) -> None:
    """`markdown_text` alone is a message."""
    posted = await client.chat_postMessage(channel=SALES, markdown_text="# Hello")
    assert posted["message"]["blocks"][0]["type"] == "markdown"


async def test_an_update_with_text_alone_removes_the_blocks(client: AsyncWebClient) -> None:
    """Text without blocks replaces both; blocks leave no edited mark, text does."""
    metadata = {"event_type": "asked", "event_payload": {"id": "1"}}
    posted = await client.chat_postMessage(channel=SALES, text="a", blocks=[section("a")], metadata=metadata)
    where = {"channel": SALES, "ts": posted["ts"]}
    with_blocks = await client.chat_update(**where, text="b", blocks=[section("b")])
    assert "edited" not in with_blocks["message"]
    plain = await client.chat_update(**where, text="c")
    assert "blocks" not in plain["message"]
    assert "edited" in plain["message"]
    assert plain["message"]["metadata"] == metadata


async def test_metadata_is_replaced_and_removed_on_demand(client: AsyncWebClient) -> None:
    """Metadata survives an update unless it is given; an empty object removes it."""
    first = {"event_type": "a", "event_payload": {}}
    posted = await client.chat_postMessage(channel=SALES, text="a", metadata=first)
    where = {"channel": SALES, "ts": posted["ts"]}
    second = {"event_type": "b", "event_payload": {"id": "2"}}
    changed = await client.chat_update(**where, text="b", metadata=second)
    assert changed["message"]["metadata"] == second
    removed = await client.chat_update(**where, text="b", metadata={})
    assert "metadata" not in removed["message"]


async def test_refused_updates(slack: Slack, client: AsyncWebClient) -> None:
    """Only the app's own, existing message may be edited, with at most 4,000 characters of text."""
    theirs = await slack.say(ADA, SALES, "mine")
    own = (await client.chat_postMessage(channel=SALES, text="a"))["ts"]
    for ts, text, error in (
        ("1.000001", "a", "message_not_found"),
        (theirs, "a", "cant_update_message"),
        (own, "x" * 4_001, "msg_too_long"),
        (own, " ", "no_text"),
    ):
        call = client.api_call("chat.update", json={"channel": SALES, "ts": ts, "text": text})
        assert await error_of(call) == error


async def test_deleting(slack: Slack, client: AsyncWebClient) -> None:
    """The app may delete its own messages only."""
    theirs = await slack.say(ADA, SALES, "mine")
    own = (await client.chat_postMessage(channel=SALES, text="a"))["ts"]
    await client.chat_delete(channel=SALES, ts=own)
    assert own not in slack.workspace.messages[SALES]
    assert await error_of(client.chat_delete(channel=SALES, ts=own)) == "message_not_found"
    assert await error_of(client.chat_delete(channel=SALES, ts=theirs)) == "cant_delete_message"


async def test_ephemeral_messages(slack: Slack, client: AsyncWebClient) -> None:
    """An ephemeral message reaches a member of the channel and nobody's history."""
    done = await client.chat_postEphemeral(channel=SALES, user=ADA, text="for you")
    shown = slack.ephemerals[0]
    assert (shown.ts, shown.for_user, shown.text) == (
        done["message_ts"],
        ADA,
        "for you",
    )
    assert shown.ts not in slack.workspace.messages[SALES]
    stranger = client.chat_postEphemeral(channel=SALES, user="U0STRANGER", text="a")
    assert await error_of(stranger) == "user_not_in_channel"


async def test_permalinks(slack: Slack, client: AsyncWebClient) -> None:
    """A message has an address; one that is not there has none."""
    ts = await slack.say(ADA, SALES, "hello")
    link = (await client.chat_getPermalink(channel=SALES, message_ts=ts))["permalink"]
    assert link == f"{slack.url}/archives/{SALES}/p{ts.replace('.', '')}"
    missing = client.chat_getPermalink(channel=SALES, message_ts="1.000001")
    assert await error_of(missing) == "message_not_found"


async def test_the_request_log_keeps_calls_with_their_errors(slack: Slack, client: AsyncWebClient) -> None:
    """Each call is in the request log with its arguments, and the error it met."""
    await client.chat_postMessage(channel=SALES, text="a")
    await error_of(client.chat_postMessage(channel=RANDOM, text="b"))
    kept = [(call.method, call.arguments["text"], call.error) for call in slack.request_log]
    assert kept == [("chat.postMessage", "a", None), ("chat.postMessage", "b", "not_in_channel")]
