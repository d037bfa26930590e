"""The bot's messages: one per question, posted once and then only edited.

https://docs.slack.dev/reference/methods/chat.postMessage and chat.update
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import (
    GONE,
    REMEMBERED_SECONDS,
    SlackBusy,
    SlackError,
    SlackRefused,
    ask_slack,
    checked_thread,
    permalink,
    thread_messages,
)
from bot.store.keys import Keys
from bot.store.limiter import AdaptiveLimit, Bucket, Rate
from render.blockkit.blocks import Block
from render.blockkit.reply import Reply

log = logging.getLogger(__name__)

EVENT_TYPE = "genie_question"

CLOCKS_DIFFER = 60.0
"""Seconds by which our clock and Slack's may disagree."""

POSTS = Rate(60, 10.0)
POSTS_THROTTLED = Rate(1, 1.0)
"""In one channel: what Slack lets through in a burst is its secret, one a second is safe."""
EDITS = Rate(120, 60.0)
EDITS_THROTTLED = Rate(45, 60.0)
"""In the whole workspace: Slack promises 50 a minute, and often takes more."""
PROGRESS = Rate(10, 60.0)
"""Edits that only tell how it goes; the others are for answers."""
PROGRESS_TIMEOUT_SECONDS = 5.0
"""No answer waits longer for an edit that only tells how it goes.

Not one second: an edit that Slack carries out after we gave it up must not come after that of the answer.
"""
EDITS_WITH_CHARTS = 40
"""Edits of a minute beyond which charts take none: what Slack promises, without those for progress."""

TOO_MUCH = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_blocks_too_long",
        "msg_too_long",
        "invalid_attachments",
        "only_one_table_allowed",
        "block_mismatch",
        "too_many_attachments",
    }
)
"""Refusals that a simpler variant gets around."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours that stands in Slack."""

    ts: str
    variant: int = 0
    """The number of the variant that Slack took; 0 of a message that was found again."""


class Messages:
    """Post, find and edit our messages, within what Slack allows the whole workspace."""

    def __init__(self, slack: AsyncWebClient, redis: "Redis", keys: Keys) -> None:
        """Write through `slack`; the budgets are shared through Redis."""
        self._slack, self._redis, self._keys = slack, redis, keys
        self._edits = AdaptiveLimit(redis, keys, "slack:chat.update", EDITS, EDITS_THROTTLED)
        self._progress = Bucket(redis, keys, "slack:progress", PROGRESS)

    async def post(
        self,
        channel: str,
        thread: str | None,
        reply: Reply,
        mark: str,
        *,
        seek: bool,
        written_at: int = 0,
        broadcast: bool = False,
    ) -> Posted:
        """Post a message that carries `mark`, such as the question's id.

        With `seek`, a message that an earlier attempt posted with this mark and did not save is found again;
        `written_at` (microseconds since 1970) limits the search to the later messages of a long thread.
        With `broadcast`, people see the reply in the channel as well, and answer it in its thread.
        Without a thread, it is for the channel: None, and never an empty one that was meant to be one.
        """
        if thread is not None:
            checked_thread(thread)
        if seek and (ts := await self.find(channel, thread, mark, written_at)):
            return Posted(ts)
        name = f"slack:chat.postMessage:{channel}"
        posts = AdaptiveLimit(self._redis, self._keys, name, POSTS, POSTS_THROTTLED)
        await _within(posts)
        refusal = SlackRefused("no_text")
        for number, variant in enumerate(reply.variants):
            blocks = list(variant.blocks)
            try:
                ts = await self._post(posts, channel, thread, reply.text, blocks, mark, broadcast)
            except SlackRefused as refused:
                if refused.code not in TOO_MUCH:
                    raise
                refusal = refused
            else:
                return Posted(ts, number)
        raise refusal

    async def _post(
        self,
        posts: AdaptiveLimit,
        channel: str,
        thread: str | None,
        text: str,
        blocks: list[Block],
        mark: str,
        broadcast: bool,  # noqa: FBT001
    ) -> str:
        call = self._slack.chat_postMessage(
            channel=channel,
            thread_ts=thread,
            text=text,
            blocks=blocks,
            reply_broadcast=broadcast or None,
            parse="none",
            link_names=False,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"question": mark}},
        )
        try:
            return str((await ask_slack(call))["ts"])
        except SlackBusy as busy:
            await posts.on_rate_limited(busy.retry_after)
            raise

    async def find(self, channel: str, thread: str | None, mark: str, written_at: int) -> str | None:
        """Find the message that carries `mark`; None where there is none, or we may not read."""
        ours = {"question": mark}
        try:
            async for message in self._said(channel, thread, written_at):
                metadata = message.get("metadata") or {}
                if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload") == ours:
                    return str(message["ts"])
        except SlackRefused:
            return None  # we may not read here, so we cannot know; better twice than never
        return None

    async def _said(self, channel: str, thread: str | None, written_at: int) -> AsyncIterator[dict[str, Any]]:
        """Give the messages among which one of ours may be."""
        if thread:
            since = f"{max(written_at / 1_000_000 - CLOCKS_DIFFER, 0):.6f}"
            async for message in thread_messages(self._slack, channel, thread, since, metadata=True):
                yield message
        else:
            call = self._slack.conversations_history(channel=channel, include_all_metadata=True, limit=100)
            for message in (await ask_slack(call)).get("messages") or []:
                yield message

    async def show(
        self, channel: str, ts: str, reply: Reply, *, variant: int = 0, image: Block | None = None
    ) -> int:
        """Edit a message into the first variant, from `variant` on, that Slack takes; return its number."""
        await _within(self._edits)
        for number in range(variant, len(reply.variants)):
            step = reply.variants[number]
            blocks = list(step.blocks)
            pictured = image and not step.has_native_chart
            if image and pictured:
                blocks.insert(step.chart_at, image)
            try:
                await self._edit(channel, ts, reply.text, blocks)
            except SlackRefused as refused:
                if refused.code not in TOO_MUCH or pictured or number == len(reply.variants) - 1:
                    raise
            else:
                return number
        raise SlackRefused("invalid_blocks")

    async def delete(self, channel: str, ts: str) -> None:
        """Take a message away; one that is gone already is fine."""
        try:
            await ask_slack(self._slack.chat_delete(channel=channel, ts=ts))
        except SlackRefused as refused:
            if refused.code != GONE:
                log.warning("message.not_deleted", extra={"slack": refused.code})

    async def address(self, channel: str, ts: str) -> str | None:
        """Return where a message can be seen ("" when Slack does not tell), None if it is gone."""
        try:
            return await permalink(self._slack, channel, ts)
        except SlackRefused:
            return ""

    async def can_spare_an_edit(self, owed: int) -> bool:
        """Whether an edit is left for a chart when each of `owed` questions still gets its answer."""
        used = await self._edits.used()
        return used is not None and used + owed < EDITS_WITH_CHARTS

    async def tell(self, channel: str, ts: str, reply: Reply, *, urgent: bool = False) -> bool:
        """Edit a message for mere progress; False, and nothing done, when edits are short.

        Where Slack takes an edit and does not answer, nobody makes another for a minute. What the user waits
        for who has just clicked is `urgent`, and told all the same.
        """
        if await self._edits.throttled() or (await self._progress.take() and not urgent):
            return False
        for variant in reply.variants:
            try:
                async with asyncio.timeout(PROGRESS_TIMEOUT_SECONDS):
                    await self._edit(channel, ts, reply.text, list(variant.blocks))
            except TimeoutError:
                await self._progress.close(REMEMBERED_SECONDS)
                return False
            except SlackRefused as refused:
                if refused.code not in TOO_MUCH:
                    break  # whether the answer can stand here is found out when there is one
            except SlackError:
                return False
            else:
                break
        return True

    async def _edit(self, channel: str, ts: str, text: str, blocks: list[Block]) -> None:
        # Left out, `parse` and `link_names` would go back to Slack's own defaults, which link and ping.
        call = self._slack.chat_update(
            channel=channel, ts=ts, text=text, blocks=blocks, parse="none", link_names=False
        )
        try:
            await ask_slack(call)
        except SlackBusy as busy:
            await self._edits.on_rate_limited(busy.retry_after)
            raise


def replacement(mark: str, ts: str) -> str:
    """Return the mark of a message that takes the place of one with this `ts`, which cannot be edited."""
    return f"{mark}.{ts}"


async def _within(limit: AdaptiveLimit) -> None:
    if wait := await limit.take():
        raise SlackBusy(wait)
