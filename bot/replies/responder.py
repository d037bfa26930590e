"""How every question ends: with words in its thread, and one line in the log."""

import logging
from dataclasses import dataclass, replace

from bot.failures.model import Cause
from bot.failures.replies import failure_reply
from bot.question import Lease, State, Surface
from bot.slack.api import SlackRefused
from bot.slack.ephemeral import EphemeralReplies
from bot.slack.messages import Messages
from bot.slack.status import StatusLine
from bot.store.queue import Queue
from render import words
from render.blockkit.reply import Reply
from render.blockkit.text_reply import asked_by, under

log = logging.getLogger(__name__)

UNEDITABLE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
"""Refusals of an edit after which a new message still helps: the old one was removed or is too old."""

NOT_A_MEMBER = frozenset({"not_in_channel", "channel_not_found"})
"""Refusals of a post that an invitation of the bot mends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """Shows the reply to a question or job, and closes it so that the next one of its thread begins."""

    queue: Queue
    messages: Messages
    status: StatusLine
    ephemeral_replies: EphemeralReplies

    async def respond_and_close(
        self, lease: Lease, reply: Reply, outcome: str | Cause, state: State = State.DELIVERED
    ) -> None:
        """Show `reply` where the answer was expected; `outcome` is for the log."""
        try:
            await self._respond_or_post(lease, credited(lease, reply))
        except SlackRefused as refused:
            log.warning("question.undeliverable", extra={"slack": refused.code})
        await self.close(lease, outcome, state)

    async def fail(self, lease: Lease, cause: Cause, state: State = State.DELIVERED) -> None:
        """Explain why there is no answer, and close."""
        await self.respond_and_close(lease, failure_reply(cause, lease.question.id), cause, state)

    async def _respond_or_post(self, lease: Lease, reply: Reply) -> None:
        try:
            await self.respond(lease, reply)
        except SlackRefused as refused:
            if not lease.progress.ts or refused.code in UNEDITABLE:
                raise
            # The message cannot be edited any more, whatever the words; nobody shall wait before it for ever.
            channel, question = lease.question.place.channel, lease.question
            await self.messages.post(channel, lease.thread or None, reply, question.id, seek=False)

    async def respond(self, lease: Lease, reply: Reply) -> tuple[Lease, int]:
        """Edit the question's message into `reply`, or post it if there is none (any more)."""
        channel = lease.question.place.channel
        if lease.progress.ts:
            try:
                return lease, await self.messages.show(channel, lease.progress.ts, reply)
            except SlackRefused as refused:
                if refused.code not in UNEDITABLE:
                    raise
        question = lease.question
        seek = lease.again and not lease.progress.ts  # it would find the one that cannot be edited
        ts = await self.messages.post(
            channel, lease.thread or None, reply, question.id, seek=seek, written_at=question.written_at
        )
        await self.queue.save(lease, ts=ts)
        return replace(lease, progress=replace(lease.progress, ts=ts)), 0

    async def ephemeral(self, lease: Lease, sentence: str, *, thread: str | None = None) -> None:
        """Tell only the user who clicked, in the thread of the click or in another."""
        if lease.question.response_url:
            where = thread or lease.question.place.thread
            await self.ephemeral_replies.say(lease.question.response_url, sentence, where)

    async def reject(
        self, lease: Lease, sentence: str, outcome: str | Cause, *, thread: str | None = None
    ) -> None:
        """Close a job that failed: the user who clicked is told why, and may click again."""
        await self.ephemeral(lease, sentence, thread=thread)
        await self.close(lease, outcome, State.REFUSED)

    async def close(
        self,
        lease: Lease,
        outcome: str | Cause,
        state: State = State.DELIVERED,
        *,
        asked_back: bool = False,
    ) -> None:
        """Finish a question whose reply is shown; `asked_back` if the reply is a question of Genie's."""
        if lease.progress.asked_at:
            await self.status.clear(lease, asked_back=asked_back)
        await self.queue.finish(lease, state)
        asked = lease.progress.asked_at
        log.info(
            "question.ended",
            extra={
                "outcome": outcome.name if isinstance(outcome, Cause) else outcome,
                "surface": lease.question.surface.value,
                "polls": lease.progress.polls,
                "failures": lease.progress.failures_in_a_row,
                "seconds_since_asked": (lease.now - asked) / 1000 if asked else None,
                **(outcome.log if isinstance(outcome, Cause) else {}),
            },
        )
        await self._tell_where_asked(lease)

    async def _tell_where_asked(self, lease: Lease) -> None:
        """Tell who asked privately from a channel, there, that the reply is in the direct messages."""
        question, ts = lease.question, lease.progress.ts
        if question.asked_in and question.response_url and ts:
            link = await self.ephemeral_replies.link(question.place.channel, ts)
            await self.ephemeral_replies.say(question.response_url, words.share.replied_privately(link))


@dataclass(frozen=True, slots=True, kw_only=True)
class StepContext:
    """What every step and job works with; each adds collaborators of its own."""

    queue: Queue
    responder: Responder


def credited(lease: Lease, reply: Reply, text: str = "") -> Reply:
    """Put the asker and the question, which is `text` as long as it is not saved, above a short reply."""
    if lease.question.surface is not Surface.BUTTON:
        return reply
    line = asked_by(lease.question.asker, text or lease.progress.text)
    return under(line, reply) if line else reply
