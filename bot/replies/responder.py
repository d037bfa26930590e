"""How every question ends: with words in its thread, and one line in the log."""

import logging
from dataclasses import replace

from bot.failures.model import Cause
from bot.question import Held, State, Surface
from bot.slack.api import SlackRefused
from bot.slack.ephemeral import Whispers
from bot.slack.messages import Delivery
from bot.slack.status import StatusLine
from bot.store.queue import Queue
from render import words
from render.blockkit.reply import Reply
from render.blockkit.text_reply import asked_by, under

log = logging.getLogger(__name__)

GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Refusals of an edit after which a new message still helps: somebody removed ours."""

ABSENT = frozenset({"not_in_channel", "channel_not_found"})
"""Refusals of a post that an invitation mends."""


class Ending:
    """Bring a question's last words to its thread, and let the next question of that thread begin."""

    def __init__(self, queue: Queue, delivery: Delivery, status: StatusLine, whispers: Whispers) -> None:
        """Write through `delivery`, and to one person alone through `whispers`."""
        self._queue, self._delivery, self._status, self._whispers = queue, delivery, status, whispers

    async def end(
        self, held: Held, reply: Reply, outcome: str | Cause, state: State = State.DELIVERED
    ) -> None:
        """Show `reply` where the answer was expected; `outcome` is for the log."""
        try:
            await self._say(held, credited(held, reply))
        except SlackRefused as refused:
            log.warning("question.undeliverable", extra={"slack": refused.code})
        await self.close(held, outcome, state)

    async def _say(self, held: Held, reply: Reply) -> None:
        try:
            await self.show(held, reply)
        except SlackRefused as refused:
            if not held.progress.ts or refused.code in GONE:
                raise
            # The message cannot be edited any more, whatever the words; nobody shall wait before it for ever.
            channel, question = held.question.place.channel, held.question
            await self._delivery.post(channel, held.thread or None, reply, question.id, seek=False)

    async def show(self, held: Held, reply: Reply) -> tuple[Held, int]:
        """Edit the question's message into `reply`, or post it if there is none (any more)."""
        channel = held.question.place.channel
        if held.progress.ts:
            try:
                return held, await self._delivery.show(channel, held.progress.ts, reply)
            except SlackRefused as refused:
                if refused.code not in GONE:
                    raise
        question = held.question
        seek = held.again and not held.progress.ts  # it would find the one that cannot be edited
        ts = await self._delivery.post(
            channel, held.thread or None, reply, question.id, seek=seek, written_at=question.written_at
        )
        await self._queue.save(held, ts=ts)
        return replace(held, progress=replace(held.progress, ts=ts)), 0

    async def privately(self, held: Held, refused: SlackRefused) -> None:
        """End a slash command where we may not post: only its asker can be told."""
        log.warning("question.undeliverable", extra={"slack": refused.code})
        sentence = words.general.NOT_IN_CHANNEL if refused.code in ABSENT else words.general.CHANNEL_CLOSED
        if held.question.response_url:
            await self._whispers.say(held.question.response_url, sentence)
        await self.close(held, "refused")

    async def whisper(self, held: Held, sentence: str, *, thread: str | None = None) -> None:
        """Tell only whoever gave an order, where Slack gave us a way to; in its own thread, or in another."""
        if held.question.response_url:
            where = thread or held.question.place.thread
            await self._whispers.say(held.question.response_url, sentence, where)

    async def refuse(
        self, held: Held, sentence: str, outcome: str | Cause, *, thread: str | None = None
    ) -> None:
        """End an order that comes to nothing: whoever gave it is told, and may give it again."""
        await self.whisper(held, sentence, thread=thread)
        await self.close(held, outcome, State.REFUSED)

    async def close(
        self,
        held: Held,
        outcome: str | Cause,
        state: State = State.DELIVERED,
        *,
        asked_back: bool = False,
    ) -> None:
        """Finish a question whose last words are said; `asked_back` if they are a question of Genie's."""
        if held.progress.asked_at:
            await self._status.clear(held, asked_back=asked_back)
        await self._queue.finish(held, state)
        asked = held.progress.asked_at
        log.info(
            "question.ended",
            extra={
                "outcome": outcome.name if isinstance(outcome, Cause) else outcome,
                "surface": held.question.surface.value,
                "looks": held.progress.looks,
                "setbacks": held.progress.setbacks,
                "seconds_since_asked": (held.now - asked) / 1000 if asked else None,
                **(outcome.log if isinstance(outcome, Cause) else {}),
            },
        )
        await self._tell_where_asked(held)

    async def _tell_where_asked(self, held: Held) -> None:
        """Tell who asked privately from a channel, there, that the reply is in the direct messages."""
        question, ts = held.question, held.progress.ts
        if question.asked_in and question.response_url and ts:
            link = await self._whispers.link(question.place.channel, ts)
            await self._whispers.say(question.response_url, words.share.replied_privately(link))


def credited(held: Held, reply: Reply, text: str = "") -> Reply:
    """Put the asker and the question, which is `text` as long as it is not saved, above a short reply."""
    if held.question.surface is not Surface.BUTTON:
        return reply
    line = asked_by(held.question.asker, text or held.progress.text)
    return under(line, reply) if line else reply
