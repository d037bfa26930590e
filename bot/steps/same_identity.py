"""Ends what Genie was asked before it was changed as whom the bot asks: another identity cannot read that.

Or it can, and would show rows with other rights than they were asked with. What Genie does not have yet
moves: `bot.steps.private_first`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.failures import causes
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.replies.responder import StepContext

Run = Callable[[QuestionLease], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SameIdentity(StepContext):
    """Lets steps run for questions alone that the present identity has asked."""

    as_users: bool
    """People ask as themselves."""

    def only(self, run: Run) -> Run:
        """Return a step that ends other questions, in words if no answer is shown."""

        async def run_or_end(lease: QuestionLease) -> None:
            asked_by_person = bool(lease.progress.asked_as)
            if lease.question.published_from or asked_by_person is self.as_users:
                await run(lease)
            elif lease.progress.state is State.SHOWN:
                await self.responder.close(lease, causes.IDENTITY_CHANGED)
            else:
                await self.responder.fail(lease, causes.IDENTITY_CHANGED)

        return run_or_end
