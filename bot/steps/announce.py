"""From `received` to the line: tell the person that the question is here and when it will be asked."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question import Placeholder, Question, QuestionLease, State, Surface
from bot.replies.responder import NOT_A_MEMBER, StepContext, credited
from bot.slack.api import SlackBusy, SlackRefused
from bot.slack.messages import Messages
from bot.slack.users import Users, mentioned, question_text
from bot.store.queue import Place, Value
from render import words
from render.blockkit.blocks import channel
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.notices import progress
from render.notices.help import help_reply

log = logging.getLogger(__name__)

REFRESH = 15.0
"""Seconds between looks at one's place in the line."""
SOON = 3.0
"""Seconds of waiting that are not worth a word."""
STEP, FAR = 0.02, 100
"""Seconds between the next tries of neighbours in line when Slack wants fewer posts, up to that place."""
LONGEST = 10_000
"""Characters of a question; Genie's own limit is not published."""
GREETINGS = frozenset({"help", "hi", "hello", "hey", "start"})
"""What begins a direct message and asks for help, not for data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceStep(StepContext):
    """Post the placeholder that later becomes the answer, and keep its place in line up to date."""

    messages: Messages
    users: Users
    bot_user: str
    """The user id by which people mention the bot."""
    starters: Sequence[str]
    """Questions that are offered with the help."""

    async def run(self, lease: QuestionLease) -> None:
        """Post the placeholder, or at once the words that need no Genie."""
        question = lease.question
        people = await self.users.of(question.place.team, mentioned(question.text) - {self.bot_user})
        text = question_text(question.text, self.bot_user, people)
        if question.surface is Surface.COMMAND and not lease.thread:
            try:
                lease = await self._open_thread(lease, text)
            except SlackRefused as refused:
                await self._close_unpostable(lease, refused)
                return
        if reply := self._without_genie(lease, text):
            await self.responder.respond_and_close(lease, reply, "notice")
            return
        await self._announce(lease, text)

    async def _open_thread(self, lease: QuestionLease, text: str) -> QuestionLease:
        question = lease.question
        asker = f"<@{question.asker}>"
        root = text_reply(
            words.share.asked_privately(channel(question.asked_in), text)
            if question.asked_in
            else words.general.asked(asker, text)
        )
        mark = f"{question.id}.root"
        thread = await self.messages.post(question.place.channel, None, root, mark, seek=lease.redelivered)
        return await self.queue.open_thread(lease, thread)

    async def _close_unpostable(self, lease: QuestionLease, refused: SlackRefused) -> None:
        """Close a slash command of a channel in which the bot may not post: only its asker is told."""
        log.warning("question.undeliverable", extra={"slack": refused.code})
        absent = refused.code in NOT_A_MEMBER
        sentence = words.general.NOT_IN_CHANNEL if absent else words.general.CHANNEL_CLOSED
        await self.responder.ephemeral(lease, sentence)
        await self.responder.close(lease, "refused")

    async def _announce(self, lease: QuestionLease, text: str) -> None:
        place = await self.queue.join(lease)
        channel, question_id = lease.question.place.channel, lease.question.id
        try:
            ts = await self.messages.post(
                channel,
                lease.thread,
                credited(lease, _words(place), text),
                question_id,
                seek=lease.redelivered,
                written_at=lease.question.written_at,
            )
        except SlackBusy as busy:
            # Who waits for Slack tries again in the order of the line, not all at the same moment.
            raise SlackBusy(busy.retry_after + STEP * min(place.number or 0, FAR)) from None
        saved = {"state": State.ANNOUNCED, "ts": ts, "text": text}
        await self._give_back(lease, place, saved | _placeholder(place))

    async def update_place(self, lease: QuestionLease) -> None:
        """Stand in line, and say so again when the place has changed."""
        place = await self.queue.join(
            lease, first=bool(lease.progress.failures_in_a_row or lease.progress.repeated)
        )
        saved, progress = _placeholder(place), lease.progress
        if progress.ts and saved != {"placeholder": progress.placeholder, "place": progress.place}:
            reply = credited(lease, _words(place))
            if not await self.messages.tell(lease.question.place.channel, progress.ts, reply):
                saved = {}
        await self._give_back(lease, place, saved)

    def _without_genie(self, lease: QuestionLease, text: str) -> Reply | None:
        if lease.question.external:
            return text_reply(words.general.EXTERNAL_PERSON)
        if _wants_help(lease.question, text):
            return help_reply(self.starters)
        return text_reply(words.general.question_too_long(LONGEST)) if len(text) > LONGEST else None

    async def _give_back(self, lease: QuestionLease, place: Place, saved: dict[str, Value]) -> None:
        if place.number is None:
            await self.queue.park(lease, **saved)
        else:
            # Who is not asked at once after all, because others were first, learns it soon.
            await self.queue.release(lease, REFRESH if place.seconds > SOON else SOON / 2, **saved)


def _wants_help(question: Question, text: str) -> bool:
    """Tell whether somebody only called us, or greets us in a new direct message."""
    begins = question.surface is Surface.DIRECT and question.id.endswith(f".{question.place.thread}")
    return not text or (begins and text.lower().strip(" !.?") in GREETINGS)


def _words(place: Place) -> Reply:
    if place.number is None:
        return progress.behind_previous()
    return progress.waiting(place.number + 1, place.seconds) if place.seconds > SOON else progress.working()


def _placeholder(place: Place) -> dict[str, Value]:
    """Return what is saved of the words for a place in line."""
    if place.number is None:
        return {"placeholder": Placeholder.BEHIND, "place": 0}
    if place.seconds > SOON:
        return {"placeholder": Placeholder.IN_LINE, "place": place.number + 1}
    return {"placeholder": Placeholder.WORKING, "place": 0}
