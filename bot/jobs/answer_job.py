"""Shared by jobs about an answer: wait until it is complete, and load it again."""

import logging
from dataclasses import dataclass

from bot.failures import causes
from bot.failures.retry import MAX_ATTEMPTS
from bot.records.lease import JobLease
from bot.records.progress import State
from bot.replies.load_answer import AnswerLoader, LoadedAnswer
from bot.replies.responder import StepContext
from genie.errors import GenieError
from render import words

log = logging.getLogger(__name__)

INCOMPLETE_SECONDS = 1.0
"""Until the next look whether all of an answer is in Slack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerJob(StepContext):
    """A job about an answer that is in Slack."""

    loader: AnswerLoader

    async def wait_until_complete(self, lease: JobLease) -> bool:
        """Give the job back while the end of its answer or failure is on its way; tell whether it was."""
        answered = await self.loader.questions.progress(lease.job.about)
        if not answered or answered.state in {State.DELIVERED, State.OVERDUE, State.WITHDRAWN}:
            return False
        await self.queue.release(lease, INCOMPLETE_SECONDS)
        return True

    async def load(
        self,
        lease: JobLease,
        *,
        forgotten: str = words.share.ANSWER_FORGOTTEN,
        attempts: int = MAX_ATTEMPTS,
    ) -> LoadedAnswer | None:
        """Load the answer; None when it cannot be had, which the user who clicked has been told."""
        try:
            loaded = await self.loader.load_answer(lease.job.about, lease.identity)
        except GenieError as error:
            cause = causes.of_error(error)
            if cause.transient and lease.progress.attempts < attempts - 1:
                raise
            log.warning("job.answer_unreadable", extra={"error": str(error), **cause.log})
            await self.responder.reject(lease, cause.told(as_users=self.responder.as_users), cause)
            return None
        if loaded is None:
            await self.responder.reject(lease, forgotten, "forgotten")
        return loaded
