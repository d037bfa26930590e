"""What people read when Redis does not take a message: one sentence, while Slack sends the message again.

Slack sends an event that was not acknowledged again at once, after one and after five minutes; the first
delivery that can be stored is asked. https://docs.slack.dev/apis/events-api/#retries
"""

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.records.question import Surface
from bot.slack.api import optional
from bot.slack.openings import Opening, Openings
from bot.store.listening import Heard, ThreadReplies
from bot.store.questions import NotStored
from handlers.ephemeral import post_privately
from handlers.events.rules import Decision, decide
from handlers.payloads.messages import Message
from render import words
from render.blockkit.text_reply import text_reply

AGAIN_SECONDS = 60.0
"""Until a person is told again."""
LOOK_SECONDS = 0.8
"""For a look at the beginning of a thread."""
RETRY_NUMBER = "x-slack-retry-num"
SILENT = frozenset({Decision.IGNORE, Decision.OFFER})


def is_redelivered(request: AsyncBoltRequest) -> bool:
    """Tell whether Slack sends an event again."""
    number: Sequence[str] = request.headers.get(RETRY_NUMBER) or ["0"]
    return number[0] not in {"", "0"}


class OutageNotices:
    """Tells people that a message could not be stored: each once a minute, by this process alone."""

    def __init__(self, replies: ThreadReplies) -> None:
        """Take it that threads listen to `replies`, as most do: what was chosen for one is in Redis."""
        self._replies = replies
        self._told: dict[str, float] = {}
        self._threads: dict[tuple[str, str], tuple[float, bool]] = {}
        """Of each thread that was looked at within the last minute, whether it is ours."""

    @asynccontextmanager
    async def tells(
        self, message: Message | None, context: AsyncBoltContext, request: AsyncBoltRequest
    ) -> AsyncIterator[None]:
        """Tell the writer of a message that Redis does not take within the block; Slack sends it again."""
        try:
            yield
        except NotStored:
            if message and not is_redelivered(request):
                await self._tell(message, context)
            raise

    async def _tell(self, message: Message, context: AsyncBoltContext) -> None:
        now = time.monotonic()
        self._told = {user: at for user, at in self._told.items() if now - at < AGAIN_SECONDS}
        concerns_us = decide(message, self._heard(message)) not in SILENT
        if message.by_app or message.external or not concerns_us or message.user in self._told:
            return
        if message.surface is Surface.REPLY and not await self._is_ours(message, context):
            return
        if message.user in self._told:  # by another of their messages, meanwhile
            return
        self._told[message.user] = now
        # In a thread that nobody has replied in yet Slack shows nothing to one person alone.
        place = message.place if message.in_thread else replace(message.place, thread=None)
        await post_privately(context, place, message.user, text_reply(words.questions.MESSAGE_NOT_STORED))

    def _heard(self, message: Message) -> Heard:
        return Heard(known=message.surface is Surface.REPLY, replies=self._replies)

    async def _is_ours(self, message: Message, context: AsyncBoltContext) -> bool:
        """Look in Slack whether the bot has a part in a thread, as Redis cannot tell."""
        now, key = time.monotonic(), (message.place.channel, message.place.thread or "")
        self._threads = {each: seen for each, seen in self._threads.items() if now - seen[0] < AGAIN_SECONDS}
        if key not in self._threads:
            self._threads[key] = (now, False)
            self._threads[key] = (now, await _has_ours(context, *key))
        return self._threads[key][1]


async def _has_ours(context: AsyncBoltContext, channel: str, thread: str) -> bool:
    reading = Openings(context.client, context.bot_user_id or "").read(channel, thread)
    return (await optional(reading, Opening(), LOOK_SECONDS)).ours
