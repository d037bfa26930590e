"""Lets a question take the Genie message of the same one that was asked a moment ago: docs/decisions/28."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from bot.failures.retry import requeue
from bot.records.lease import QuestionLease
from bot.records.progress import Progress
from bot.records.question import Question, Surface
from bot.replies.responder import StepContext
from bot.spaces.catalog import Catalog
from bot.steps.private_first import PrivateFirst
from bot.store.results import Shared
from bot.store.reuse import ReuseStore
from bot.store.threads import ThreadStore
from genie.polling import next_poll_delay
from render.words.questions.moments import BEGINNINGS, MOMENTS, UNSPACED_MOMENTS

_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"\d\s?(?:h|hrs?|mins?|s|secs?|am|pm)(?![a-z])|(?<!\d)\d\d?[:h]\d\d(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SameQuestion(StepContext):
    """Shares Genie messages between questions with the same words, rights and space."""

    reuse: ReuseStore
    catalog: Catalog
    threads: ThreadStore
    private_first: PrivateFirst

    async def may_need_no_token(self, lease: QuestionLease) -> bool:
        """Tell whether a question in line is worth a closer look, as the same one was sent of late."""
        question, saved = lease.question, lease.progress
        has_space = saved.space or not self.catalog.several
        if not (has_space and self._shares(lease) and may_reuse(question, saved)):
            return False
        return await self.reuse.look(lease, self.catalog.space_of(saved.space))

    async def needs_no_token(self, lease: QuestionLease) -> bool:
        """Look closer, as with a token in hand, and tell the same: its lease has ended."""
        if await self.private_first.begins_anew(lease):
            return True
        space = self.catalog.space_of(lease.progress.space)
        lease, _ = await self.threads.pick_conversation(lease, space)
        return await self.is_shared(lease)

    async def is_shared(self, lease: QuestionLease) -> bool:
        """Tell whether a question needs no message of its own: its lease has ended."""
        return self._shares(lease) and await self._share(lease) is not Shared.ASK

    def _shares(self, lease: QuestionLease) -> bool:
        goes_on = lease.progress.is_follow_up or lease.question.research
        return bool(self.reuse.minutes) and not goes_on

    async def run(self, lease: QuestionLease) -> None:
        """Look once whether Genie has the same question, or let this one be asked by itself."""
        if await self._share(lease) is Shared.ASK:
            await requeue(self.queue, lease)

    async def _share(self, lease: QuestionLease) -> Shared:
        saved = lease.progress
        return await self.reuse.share(
            lease,
            self.catalog.space_of(saved.space),
            may_reuse=may_reuse(lease.question, saved),
            poll_in=next_poll_delay("SUBMITTED", 0, 0, lease.in_flight),
        )


def may_reuse(question: Question, progress: Progress) -> bool:
    """Tell whether a question may have the answer of another one, as far as it says itself.

    Not what somebody wants asked once more or anew, nor what has got no answer by an earlier attempt.
    """
    wants_own = question.fresh or question.revises or question.surface is Surface.BUTTON
    tried = progress.fresh or progress.repeated or progress.note
    return not (wants_own or tried or is_of_the_hour(progress.text))


def is_of_the_hour(text: str) -> bool:
    """Tell whether a question means something else a few minutes later: "the last hour", "latest order"."""
    said = f" {normalize('NFC', text).lower()} "
    words = {*_WORD.findall(said)}
    of_the_hour = words & MOMENTS or _CLOCK.search(said) or any(each.startswith(BEGINNINGS) for each in words)
    return bool(of_the_hour) or any(each in said for each in UNSPACED_MOMENTS)
