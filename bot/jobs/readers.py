"""Lets a job post below an answer in a channel only where its readers may still read it.

docs/decisions/21-who-asks-and-who-reads.md
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.records.lease import JobLease
from bot.replies.answer_privacy import AnswerPrivacy
from bot.replies.responder import StepContext
from render import words

Run = Callable[[JobLease], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers(StepContext):
    """Looks who is in a channel by now, as before an answer."""

    privacy: AnswerPrivacy

    def looked_at(self, run: Run) -> Run:
        """Return a job that is refused where guests or people of other companies may read along."""

        async def run_or_refuse(lease: JobLease) -> None:
            place = lease.job.place
            if place.is_direct or not await self.privacy.may_have_outsiders(place):
                await run(lease)
            else:
                await self.responder.reject(lease, words.readers.OTHERS_READ, "outsiders")

        return run_or_refuse
