"""Words for one person alone reach that person, wherever it was asked, and nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.slack.direct_messages import DirectMessages
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.files import Files
from bot.slack.messages import Messages
from bot.slack.private_messages import PrivateMessages
from render.blockkit.text_reply import text_reply
from sandbox.slack import Slack
from sandbox.slack.state.records import Message
from tests.redis.queue_moves import KEYS
from tests.stories.world import ADA, RANDOM, SALES

pytestmark = pytest.mark.redis

WORDS = text_reply("for you alone")


@asynccontextmanager
async def slack_and_messages(redis: "Redis") -> AsyncIterator[tuple[Slack, PrivateMessages]]:
    """Open a Slack, and what speaks to one person there."""
    async with Slack() as slack, aiohttp.ClientSession() as http:
        client = AsyncWebClient(slack.bot_token, slack.api_url, session=http, retry_handlers=[])
        direct = DirectMessages(client, Files(client, http), "U0GENIEBOT")
        ephemeral = EphemeralReplies(client, http)
        yield slack, PrivateMessages(Messages(client, redis, KEYS), ephemeral, direct)


def lease(
    channel: str, thread: str | None, *, ts: str = "", url: str = "", surface: Surface = Surface.REPLY
) -> QuestionLease:
    """Return the lease of a question that was asked there."""
    asked = Question(
        f"T1.{channel}.{thread}", "q", Place("T1", channel, thread), ADA, surface, response_url=url or None
    )
    return QuestionLease(question=asked, progress=Progress(state=State.RECEIVED, ts=ts or None), owner="w:1")


def heard(slack: Slack) -> list[Message]:
    """Return what the bot said, and check that Ada alone can read it."""
    direct = [channel.id for channel in slack.workspace.channels.values() if channel.user == ADA]
    posted = [each for id_, said in slack.workspace.messages.items() for each in said.values() if each.bot_id]
    assert all(each.channel in direct for each in posted)
    assert all(each.for_user == ADA for each in slack.ephemerals)
    return [*slack.ephemerals, *posted]


async def test_a_thread_without_a_reply_shows_nothing_so_the_channel_does(redis: "Redis") -> None:
    """Below the first message of a thread to be; once something of ours is there, in the thread."""
    async with slack_and_messages(redis) as (slack, private):
        ts = await slack.say(ADA, SALES, "question")
        await private.tell(lease(SALES, ts), WORDS, "m")
        await private.tell(lease(SALES, ts, ts="1.1"), WORDS, "m")
        begun = lease(SALES, ts)
        await private.tell(replace(begun, question=replace(begun.question, id="T1.C.other")), WORDS, "m")
        assert [each.thread_ts for each in heard(slack)] == [None, ts, ts]


async def test_where_neither_may_be_spoken_to_it_comes_directly(redis: "Redis") -> None:
    """The bot is not in the channel, and what it was asked by is used up."""
    async with slack_and_messages(redis) as (slack, private):
        await private.tell(lease(RANDOM, None, url=f"{slack.url}/response/gone"), WORDS, "m")
        [said] = heard(slack)
        assert (said.for_user, said.text) == (None, WORDS.text)


async def test_in_direct_messages_it_stays_and_is_said_once(redis: "Redis") -> None:
    """A message there is no ephemeral one; killed after it, the next attempt finds it."""
    async with slack_and_messages(redis) as (slack, private):
        channel = slack.workspace.direct(ADA).id
        thread = await slack.say(ADA, channel, "question")
        asked = lease(channel, thread)
        again = replace(asked, progress=replace(asked.progress, attempts=1))
        for each in (asked, again):
            await private.tell(each, WORDS, "mark")
        [said] = heard(slack)
        assert (said.thread_ts, said.for_user) == (thread, None)
