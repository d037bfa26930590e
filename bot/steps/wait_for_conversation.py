"""Waits while another question runs in the conversation; costs polls and no tokens."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.failures import causes
from bot.failures.retry import requeue
from bot.identity.model import GenieOf
from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.replies.responder import StepContext
from bot.spaces.catalog import Catalog
from bot.store.threads import ThreadStore
from genie.agent_model import MAX_RUN_SECONDS
from genie.errors import GenieError, NotFound
from render.notices import progress

log = logging.getLogger(__name__)

NEWEST_MESSAGES = 5
"""Of a conversation; the running one is among them."""
FIRST_POLL_SECONDS, MAX_POLL_SECONDS = 3.0, 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitForConversationStep(StepContext):
    """Waits for the end of the question that is running in a conversation."""

    threads: ThreadStore
    genie_of: GenieOf
    catalog: Catalog
    deadline_seconds: float

    async def begin(self, lease: QuestionLease, failures_in_a_row: int) -> None:
        """Begin to wait, outside of the line, and say so."""
        placeholder = await self.responder.update_placeholder(lease, Placeholder.BLOCKED, progress.blocked())
        await self.queue.release(
            lease,
            _wait(failures_in_a_row),
            state=State.BLOCKED,
            **placeholder,
            failures_in_a_row=failures_in_a_row,
            polls=0,
            blocked_at=lease.progress.blocked_at or lease.now,
        )

    async def run(self, lease: QuestionLease) -> None:
        """Poll once whether it has ended."""
        seconds = MAX_RUN_SECONDS if lease.question.research else self.deadline_seconds
        if lease.now - lease.progress.blocked_at > seconds * 1000:
            await self.responder.fail(lease, causes.BLOCKED)
            return
        try:
            running = await self._running(lease)
        except GenieError as error:
            await self._poll_failed(lease, error)
            return
        if running:
            await self._poll_later(lease, self.queue.release)
        else:
            await requeue(self.queue, lease, polls=0)

    async def _poll_failed(self, lease: QuestionLease, error: GenieError) -> None:
        """Poll again as long as that may help; fail at a refusal that stays."""
        cause = causes.of_error(error)
        if cause.transient:
            await self._poll_later(lease, self.queue.release)
        elif lease.progress.attempts < cause.tolerated:
            await self._poll_later(lease, self.queue.fail)
        else:
            log.warning("question.refused", extra={"error": str(error), **cause.log})
            await self.responder.fail(lease, cause)

    async def _poll_later(self, lease: QuestionLease, give_back: Callable[..., Awaitable[None]]) -> None:
        polls = lease.progress.polls + 1
        await give_back(lease, _wait(polls + lease.progress.failures_in_a_row), polls=polls)

    async def _running(self, lease: QuestionLease) -> bool:
        into, space = lease.progress.into, self.catalog.space_of(lease.progress.space)
        # A thread that has a new conversation by now does not wait for the old one.
        if not into or await self.threads.current(lease, space) != into:
            return False
        seen = 0
        try:
            async for message in self.genie_of(lease.identity).messages(space, into):
                seen += 1
                if not message.final or seen == NEWEST_MESSAGES:
                    return not message.final
        except NotFound:
            pass  # it is gone, which the next POST finds out
        return False


def _wait(polls: int) -> float:
    return min(FIRST_POLL_SECONDS * 1.5 ** max(polls - 1, 0), MAX_POLL_SECONDS)
