"""Messages in a real local Slack: posted once, found again, edited, and made simpler when Slack refuses."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackBusy, SlackRefused, SlackUnreachable
from bot.slack.messages import PROGRESS, Messages
from bot.store.keys import Keys
from render.blockkit.reply import Reply, Variant
from render.blockkit.text_reply import text_reply
from sandbox.faults import Fault
from sandbox.slack import Slack

pytestmark = pytest.mark.redis

SALES, ADA = "C0SALES001", "U0ADA00001"
NATIVE = Variant(blocks=({"type": "no_such_block"},), chart_at=0)
SIMPLE = text_reply("simple").variants[0]


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack() as slack:
        yield slack


@pytest.fixture
async def messages(slack: Slack, redis: "Redis") -> AsyncIterator[Messages]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        yield Messages(client, redis, Keys("test"))


async def test_a_post_is_found_again_instead_of_repeated(slack: Slack, messages: Messages) -> None:
    """Who cannot know whether a message was posted looks for the question's id in its metadata."""
    root = await slack.say(ADA, SALES, "hello")
    slack.faults.add(Fault(path="/api/chat.postMessage", drop=True, after=True))
    with pytest.raises(SlackUnreachable):
        await messages.post(SALES, root, text_reply("x"), "q1", seek=False)
    ts = (await messages.post(SALES, root, text_reply("x"), "q1", seek=True)).ts
    other = (await messages.post(SALES, root, text_reply("x"), "q2", seek=True)).ts
    assert [each.ts for each in slack.thread(SALES, root)[1:]] == [ts, other]


async def test_a_root_message_is_found_again_too(slack: Slack, messages: Messages) -> None:
    """The same for the message that a slash command opens a thread with."""
    one = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    assert (await messages.post(SALES, None, text_reply("x"), "q1", seek=True)).ts == one


async def test_a_post_steps_down_until_slack_takes_it(slack: Slack, messages: Messages) -> None:
    """A refused block costs the message its looks, never the message."""
    ts = (await messages.post(SALES, None, Reply("text", (NATIVE, SIMPLE)), "q1", seek=False)).ts
    assert "simple" in str(slack.workspace.message(SALES, ts).blocks)


async def test_an_edit_tells_which_variant_slack_took(slack: Slack, messages: Messages) -> None:
    """Later edits of the same answer begin there."""
    ts = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    reply = Reply("text", (NATIVE, NATIVE, SIMPLE))
    assert await messages.show(SALES, ts, reply) == 2
    with pytest.raises(SlackRefused, match="invalid_blocks"):
        await messages.show(SALES, ts, Reply("text", (NATIVE, NATIVE)))


@pytest.mark.parametrize("channel", ["C0RANDOM03", "C0ATTIC005", "C0NOWHERE9"])
async def test_a_channel_that_is_closed_to_us_is_a_refusal(channel: str, messages: Messages) -> None:
    """Not in it, archived, or not there: no simpler message helps."""
    with pytest.raises(SlackRefused) as refused:
        await messages.post(channel, None, Reply("text", (SIMPLE, SIMPLE)), "q1", seek=False)
    assert refused.value.code in {"not_in_channel", "is_archived", "channel_not_found"}


async def test_slacks_complaint_slows_everybody(slack: Slack, messages: Messages) -> None:
    """After a 429 no edit is made before Slack's word, and none for mere progress."""
    ts = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    slack.faults.add(Fault(path="/api/chat.update", status=429, retry_after="30", body="{}"))
    for _ in range(2):
        with pytest.raises(SlackBusy) as busy:
            await messages.show(SALES, ts, text_reply("y"))
        assert 25 < busy.value.retry_after <= 30
    assert not await messages.tell(SALES, ts, text_reply("z"))


async def test_what_is_urgent_is_told_where_progress_was_told_enough(messages: Messages) -> None:
    """Who has just clicked reads so, however often the message has changed."""
    ts = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    for _ in range(PROGRESS.capacity):
        assert await messages.tell(SALES, ts, text_reply("y"))
    assert not await messages.tell(SALES, ts, text_reply("y"))
    assert await messages.tell(SALES, ts, text_reply("z"), urgent=True)


async def test_progress_that_cannot_be_told_is_left_out(slack: Slack, messages: Messages) -> None:
    """A place in line is not worth a failed step."""
    ts = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    slack.faults.add(Fault(path="/api/chat.update", status=502, body="<html>"))
    assert not await messages.tell(SALES, ts, text_reply("y"))
    assert await messages.tell(SALES, ts, text_reply("y"))


async def test_progress_is_not_told_where_slack_does_not_answer(
    slack: Slack, messages: Messages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One edit is given up after its time, and for a minute nobody makes another that no answer needs."""
    monkeypatch.setattr("bot.slack.messages.PROGRESS_TIMEOUT_SECONDS", 0.1)
    ts = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    slack.faults.add(Fault(path="/api/chat.update", delay=30.0))
    async with asyncio.timeout(10):
        assert not await messages.tell(SALES, ts, text_reply("y"))
    assert not await messages.tell(SALES, ts, text_reply("y"))
    assert await messages.show(SALES, ts, text_reply("answer")) == 0


async def test_progress_on_a_message_that_is_gone_is_nothing_to_worry_about(messages: Messages) -> None:
    """Somebody removed the placeholder: that ends news about the line, and not the question."""
    assert await messages.tell(SALES, "1.000001", text_reply("still working"))


async def test_a_message_is_taken_away_once_or_twice(slack: Slack, messages: Messages) -> None:
    """One that is gone, or may not be deleted, stops no question."""
    ts = (await messages.post(SALES, None, text_reply("x"), "q1", seek=False)).ts
    theirs = await slack.say(ADA, SALES, "hello")
    for each in (ts, ts, theirs):
        await messages.delete(SALES, each)
    assert ts not in slack.workspace.messages[SALES]
    assert theirs in slack.workspace.messages[SALES]


@pytest.mark.parametrize("thread", ["", " ", "\t", "None", "0", "1700000000", "1700000000.1 ", "١٢.٣"])
async def test_a_thread_that_is_none_is_refused(
    thread: str, slack: Slack, messages: Messages, caplog: pytest.LogCaptureFixture
) -> None:
    """Slack would post into the channel: nothing stands there by accident, and the log has a line."""
    with pytest.raises(SlackRefused, match="invalid_thread_ts"):
        await messages.post(SALES, thread, text_reply("x"), "q1", seek=False)
    assert [each for each in slack.workspace.roots(SALES) if each.bot_id] == []
    assert caplog.messages == ["message.no_thread"]
