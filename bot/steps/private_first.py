"""Moves a question of a channel into its asker's direct messages, if not everybody may read its answer.

docs/decisions/21-who-asks-and-who-reads.md
"""

import asyncio
import logging
from dataclasses import dataclass

from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.records.question import Question
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.responder import StepContext
from bot.slack.api import SlackRefused
from bot.slack.direct_messages import DirectMessages
from bot.slack.messages import Messages
from bot.slack.users import Users
from bot.store.queue import Value
from bot.store.threads import ThreadStore
from render import words
from render.blockkit.blocks import mention
from render.blockkit.text_reply import quiet_reply
from render.text.escape import literal

log = logging.getLogger(__name__)

OPENING_SECONDS = 0.3
"""Between looks whether an earlier question of the same person has opened a thread in direct messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateFirst(StepContext):
    """Moves questions before anything of them is shown; what it does can be repeated at any point."""

    privacy: AnswerPrivacy
    direct_messages: DirectMessages
    messages: Messages
    threads: ThreadStore
    users: Users

    async def move(self, lease: QuestionLease) -> QuestionLease | None:
        """Return a question where it is answered; None if it is not now."""
        question = lease.question
        if question.asked_in:
            finds_thread = question.asked_thread and not lease.thread
            return await self._into_thread(lease, question.place.channel) if finds_thread else lease
        return await self._move(lease) if await self._goes_private(question) else lease

    async def move_as_unpostable(self, lease: QuestionLease, note: str) -> None:
        """Move a question of which nothing can be posted where it was asked; `note` begins its answer."""
        moved = await self._move(await self.queue.save(lease, note=note))
        if moved:
            await self.queue.release(moved, 0)

    async def _move(self, lease: QuestionLease) -> QuestionLease | None:
        question = lease.question
        try:
            channel = await self.direct_messages.open(question.asker)
        except SlackRefused as refused:
            log.warning("question.undeliverable", extra={"slack": refused.code})
            await self.responder.decline(lease, words.share.NO_DIRECT_MESSAGE_FROM_HERE, "refused")
            return None
        return await self._into_thread(lease, channel)

    async def _into_thread(self, lease: QuestionLease, channel: str) -> QuestionLease | None:
        """Take a question into the thread of its asker's earlier ones, None while one of them opens that."""
        moved = await self.threads.move(lease, channel)
        if moved is None:
            await self.queue.postpone(lease, OPENING_SECONDS)
        return moved

    async def _goes_private(self, question: Question) -> bool:
        """Tell whether a question is answered privately; what follows on a private answer is, too."""
        if await self.privacy.wants_private(question.place, question.asker):
            return True
        is_first = question.begins_thread and not question.revises
        return bool(question.place.thread) and not is_first and await self.threads.has_private(question)

    async def begins_anew(self, lease: QuestionLease) -> bool:
        """Have a question announced once more, to move; False if its answer may stand where it was announced.

        Others came in while it waited, its asker wants it so now, or IDENTITY or USER_ANSWERS was another.
        """
        question, ts = lease.question, lease.progress.ts
        place = question.place
        if question.asked_in or not await self.privacy.wants_private(place, question.asker):
            return False
        if ts:
            await self.messages.delete(place.channel, ts)
        again: dict[str, Value] = {"ts": "", "placeholder": Placeholder.NONE, "place": 0}
        await self.queue.release(lease, 0, state=State.RECEIVED, **again)
        return True

    async def tell_channel(self, lease: QuestionLease) -> QuestionLease:
        """Say once, in the thread in which a person asked, that the answer is private; not what was asked."""
        question, saved = lease.question, lease.progress
        asked_at = question.asked_at
        if not question.asked_thread or question.unseen or saved.joined or saved.channel_told:
            return lease
        person = await self.users.person(question.place.team, question.asker)
        line = quiet_reply(words.share.answered_privately(literal(person.name) or mention(question.asker)))
        posting = self.messages.post(
            asked_at.channel, asked_at.thread, line, line_mark(question.id), seek=lease.redelivered
        )
        try:
            # A look at the readers, so that the guests among them are counted when the answer is shared.
            await asyncio.gather(posting, self.privacy.readers(asked_at))
        except SlackRefused as refused:  # the answer is none the worse for it
            log.info("channel.not_told", extra={"slack": refused.code})
        return await self.queue.save(lease, channel_told=1)


def line_mark(question_id: str) -> str:
    """Return the mark of what a channel is told of a question that is answered privately."""
    return f"{question_id}.line"
