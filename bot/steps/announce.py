"""Announces a question: posts its placeholder, and updates the place in line that it shows."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.identity.model import SlackUser
from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.records.question import Notice, Question, Surface
from bot.replies.asker_guard import NOT_KNOWN, AskerGuard, Rejection
from bot.replies.introduce_spaces import introduced
from bot.replies.responder import StepContext, credited
from bot.slack.api import NOT_A_MEMBER, SlackBusy, SlackRefused, SlackUnreachable, closes_place
from bot.slack.messages import Messages
from bot.slack.openings import Opening, Openings
from bot.slack.users import Users, mentioned, question_text
from bot.steps.ask import MAX_CHARACTERS
from bot.steps.choose_space import ChooseSpace
from bot.steps.private_first import PrivateFirst
from bot.steps.same_question import SameQuestion
from bot.store.queue import Value
from bot.store.results import Place
from bot.store.threads import ThreadStore
from render import words
from render.blockkit.blocks import channel
from render.blockkit.reply import Reply
from render.blockkit.text_reply import text_reply
from render.notices import progress
from render.notices.help import help_reply
from render.notices.message_above import offer_above
from render.watch.message import scheduled

log = logging.getLogger(__name__)

News = tuple[Placeholder, Reply, int]
"""What a placeholder says, in words, and the place in line that these name."""

PLACE_SECONDS = 15.0
"""Between looks at a question's place in the line, or more."""
SOON_SECONDS = 3.0
"""Shorter waits are not announced."""
STAGGER_SECONDS, MAX_STAGGERED = 0.02, 100
"""Between the next attempts of neighbours in line when Slack wants fewer posts, up to that place."""
MAX_LOOKS = 6
"""At who asks, before that person is told that Slack does not say it."""
TO_US = frozenset({Surface.MENTION, Surface.DIRECT})
NOTICES = {
    Notice.THANKS: text_reply(words.questions.YOU_ARE_WELCOME),
    Notice.NO_FILES: text_reply(words.questions.NO_FILES),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceStep(StepContext):
    """Posts the placeholder, which later becomes the answer."""

    messages: Messages
    openings: Openings
    threads: ThreadStore
    users: Users
    guard: AskerGuard
    private_first: PrivateFirst
    choose_space: ChooseSpace
    same_question: SameQuestion
    signed_in: Callable[[SlackUser], Awaitable[object]]
    """Raises NotSignedIn for a person who has to sign in before Genie is asked."""
    bot_user: str
    """The user id by which people mention the bot."""
    starters: Sequence[str]
    """Questions that are offered with the help."""

    async def run(self, lease: QuestionLease) -> None:
        """Post the placeholder, or at once a reply that needs no Genie."""
        question = lease.question
        team = question.place.team
        if rejection := await self._rejection(lease):
            await self.threads.leave(lease)
            await self.responder.decline(lease, rejection.sentence, rejection.outcome)
            return
        people = await self.users.of(team, mentioned(question.text) - {self.bot_user})
        _, text = self.choose_space.catalog.named(question_text(question.text, self.bot_user, people))
        opening = await self._opening(question)
        if question.above and opening.app_text:
            text = words.questions.about_above(text, opening.app_text)
        reply = self._without_genie(lease, text, opening)
        if not reply:
            await self.signed_in(question.identity)
        if not (reply and lease.thread) or await self._takes_over_privately(lease):
            placed = await self._place(lease, text)
            if placed is None:
                return
            lease = placed
        if reply:
            await self.responder.respond_and_close(lease, reply, "notice")
        else:
            await self._announce(lease, text, await self._note(lease, opening))

    async def _rejection(self, lease: QuestionLease) -> Rejection | None:
        """Return why a person is not answered, also if Slack does not say who it is and all else works."""
        question = lease.question
        team, asker, asked_in = question.place.team, question.asker, question.asked_at.channel
        try:
            return await self.guard.rejection_in_step(team, asker, asked_in, external=question.external)
        except SlackUnreachable:
            if lease.progress.attempts < MAX_LOOKS - 1:
                raise
        with suppress(SlackRefused):  # unreachable for all, in which case the question waits
            await self.users.ask(team, self.bot_user)
        return NOT_KNOWN

    async def _takes_over_privately(self, lease: QuestionLease) -> bool:
        """Tell whether the words that a question was edited from may have moved: it has their message now."""
        return bool(lease.progress.ts) and await self.threads.has_private(lease.question)

    async def _place(self, lease: QuestionLease, text: str) -> QuestionLease | None:
        """Bring a question to the thread in which it is answered; None if it is not now, or has ended."""
        placed = await self.private_first.move(lease)
        if placed is None:
            return None
        if not placed.thread:
            try:
                placed = await self._open_thread(placed, text)
            except SlackRefused as refused:
                await self._close_unpostable(placed, refused)
                return None
        return await self.private_first.tell_channel(placed)

    async def _opening(self, question: Question) -> Opening:
        """Return how the thread began, if the question is the first there that we know of and a reply."""
        channel, thread = question.asked_at.channel, question.asked_at.thread or ""
        if question.above:
            return replace(await self.openings.read(channel, thread), ours=False)
        if question.notice or question.begins_thread or question.surface not in TO_US or question.asked_in:
            return Opening()
        new = await self.threads.is_new(question.place)
        return await self.openings.glance(channel, thread) if new else Opening()

    async def _note(self, lease: QuestionLease, opening: Opening) -> str:
        """Return what the answer says first if it does not know what it was asked about."""
        question = lease.question
        if opening.ours:
            return words.threads.NOT_REMEMBERED
        apart = question.asked_thread and not lease.progress.joined
        if apart and await self.threads.has_conversation(question.asked_at):
            return words.share.CONVERSATION_APART
        return ""

    async def _open_thread(self, lease: QuestionLease, text: str) -> QuestionLease:
        question = lease.question
        if question.asked_thread:
            said = words.share.asked_in_channel(channel(question.asked_in), text)
        elif question.asked_in:
            said = words.share.asked_privately(channel(question.asked_in), text)
        else:
            said = words.questions.asked(f"<@{question.asker}>", text)
        by_clock = question.scheduled and not question.asked_in
        root = scheduled(question.asker, text, question.scheduled) if by_clock else text_reply(said)
        mark = f"{question.id}.root"
        posted = await self.messages.post(question.place.channel, None, root, mark, seek=lease.redelivered)
        return await self.threads.open(lease, posted.ts)

    async def _close_unpostable(self, lease: QuestionLease, refused: SlackRefused) -> None:
        """Close a question of a channel or thread in which the bot may not post: only its asker is told.

        One that nobody saw being asked is answered privately.
        """
        absent, question = refused.code in NOT_A_MEMBER, lease.question
        if question.unseen and not question.asked_in and closes_place(refused.code):
            note = words.shortcuts.WAS_NOT_A_MEMBER if absent else words.shortcuts.WAS_CLOSED
            await self.private_first.move_as_unpostable(lease, note)
            return
        log.warning("question.undeliverable", extra={"slack": refused.code})
        sentence = words.questions.NOT_IN_CHANNEL if absent else words.questions.PLACE_CLOSED
        await self.responder.decline(lease, sentence, "refused")

    async def _announce(self, lease: QuestionLease, text: str, note: str) -> None:
        lease, offer = await self.choose_space.settle(lease, text)
        if offer:
            saved = await self._show(lease, text, note, (Placeholder.CHOOSING_SPACE, offer, 0), None)
            if saved:
                await self.choose_space.wait(lease, saved)
            return
        place = await self.queue.join(lease)
        news = _news(lease, place)
        if news[2] and place.settles_in:
            await self.queue.postpone(lease, place.settles_in)
        elif saved := await self._show(lease, text, note, news, place.number):
            await self._give_back(lease, place, saved)

    async def _show(
        self, lease: QuestionLease, text: str, note: str, news: News, in_line: int | None
    ) -> dict[str, Value]:
        """Post the placeholder; return what is to be saved, nothing where it cannot be posted."""
        told, reply, number = news
        channel, question_id = lease.question.place.channel, lease.question.id
        if lease.progress.ts:  # the message of the words that were edited
            edited = await self.responder.update_placeholder(lease, told, reply, number)
            return {"state": State.ANNOUNCED, "text": text, **edited}
        try:
            posted = await self.messages.post(
                channel,
                lease.thread,
                credited(lease, reply, text),
                question_id,
                seek=lease.redelivered,
                written_at=lease.question.written_at,
            )
        except SlackBusy as busy:
            # Questions that wait for Slack try again in the order of the line, not all at once.
            raise SlackBusy(busy.retry_after + STAGGER_SECONDS * min(in_line or 0, MAX_STAGGERED)) from None
        except SlackRefused as refused:
            if not closes_place(refused.code):
                raise
            await self._close_unpostable(lease, refused)
            return {}
        saved: dict[str, Value] = {"state": State.ANNOUNCED, "ts": posted.ts, "text": text}
        saved |= {"placeholder": told, "place": number}
        return saved | ({"note": note} if note else {})

    async def update_place(self, lease: QuestionLease) -> None:
        """Stand in line, once the space is known, and edit the placeholder when the place has changed."""
        lease, offer = await self.choose_space.settle(lease, lease.progress.text)
        if offer:
            await self.choose_space.go_on_waiting(lease, offer)
            return
        place = await self.queue.join(
            lease, first=bool(lease.progress.failures_in_a_row or lease.progress.repeated)
        )
        saved = await self.responder.update_placeholder(lease, *_news(lease, place))
        await self._give_back(lease, place, saved)

    def _without_genie(self, lease: QuestionLease, text: str, opening: Opening) -> Reply | None:
        if lease.question.notice in NOTICES:
            return NOTICES[lease.question.notice]
        if lease.question.notice is Notice.HELP or not text:
            spaces = introduced(self.choose_space.catalog)
            return help_reply(self.starters, spaces, as_users=self.responder.as_users)
        if lease.question.above and not opening.app_text:
            return text_reply(words.questions.ABOVE_GONE)
        if opening.app_text and not lease.question.above:
            return offer_above(lease.question.id)
        return (
            text_reply(words.questions.question_too_long(MAX_CHARACTERS))
            if len(text) > MAX_CHARACTERS
            else None
        )

    async def _give_back(self, lease: QuestionLease, place: Place, saved: dict[str, Value]) -> None:
        if place.number is None:
            await self.queue.park(lease, **saved)
            return
        announced = replace(lease, progress=replace(lease.progress, **saved))
        if place.seconds and await self.same_question.may_need_no_token(announced):
            lease = await self.queue.advance(lease, **saved)
            if await self.same_question.needs_no_token(lease):
                return
        await self.queue.release(lease, _next_look(place), **saved)


def _next_look(place: Place) -> float:
    """Return the seconds until the place is looked at again: in a long line it changes slowly."""
    if place.seconds > SOON_SECONDS:
        return max(PLACE_SECONDS, place.seconds / 4)
    return SOON_SECONDS / 2  # one that is not asked at once after all, as others were first, says so soon


def _news(lease: QuestionLease, place: Place) -> News:
    """Return what the placeholder of a waiting question says."""
    question = lease.question
    if place.number is None:
        edited = bool(question.revises)
        return Placeholder.BEHIND, progress.behind_previous(question.origin, edited=edited), 0
    if place.seconds > SOON_SECONDS:
        number = place.number + 1
        return Placeholder.IN_LINE, progress.waiting(number, place.seconds, question.origin), number
    return Placeholder.WORKING, progress.working(), 0
