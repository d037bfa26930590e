"""Forgets a person who wishes that; the audit trail keeps no more of it than that it was done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.records.lease import JobLease
from bot.replies.responder import StepContext
from bot.store.oversight.forget_person import Forgotten
from render import words


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPersonJob(StepContext):
    """Deletes what is kept of the user who asked for it; repeated, it deletes what is left."""

    forget: Callable[[str, str], Awaitable[Forgotten]]
    """Of a workspace and a user."""

    async def run(self, lease: JobLease) -> None:
        """Delete it, and tell the user alone."""
        forgotten = await self.forget(lease.job.place.team, lease.job.user)
        # This job itself is on its way.
        await self.responder.ephemeral(lease, words.commands.forgot_person(forgotten.running - 1))
        await self.responder.close(lease, "forgotten")
