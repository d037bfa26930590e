"""Asks the question of a schedule: one of the usual questions, in line behind what people ask."""

from dataclasses import dataclass

from bot.failures import causes
from bot.failures.model import Cause
from bot.records.lease import JobLease
from bot.records.progress import FAILED, Progress, State
from bot.records.question import Question, Surface
from bot.records.research import as_research
from bot.records.watch import Watch, question_of
from bot.spaces.catalog import Catalog
from bot.store.changes import QuestionChanges
from bot.store.questions import QuestionStore
from genie.errors import GenieError

ENDED = frozenset({State.SHOWN, State.DELIVERED, State.OVERDUE, State.WITHDRAWN})
LOOK_SECONDS = 5.0
"""Between looks whether a question has ended."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How far the question of a run has come."""

    ended: bool
    withdrawn: bool
    failed: Cause | None
    """Why it has no answer, which its thread says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """Asks a question once for each run. Raises NotStored."""

    questions: QuestionStore
    changes: QuestionChanges
    catalog: Catalog

    async def begun(self, lease: JobLease) -> Asked | None:
        """Tell how far the question of a run has come; None before it is asked."""
        progress = await self.questions.progress(question_of(lease.job.id))
        if progress is None:
            return None
        return Asked(progress.state in ENDED, bool(progress.withdrawn), _failure(progress))

    async def begin(self, lease: JobLease, watch: Watch) -> None:
        """Ask it; again and again is the same as once."""
        space = self.catalog.space_of(watch.space, watch.text)
        question = _question(question_of(lease.job.id), watch, space, lease.progress.received_at)
        await self.questions.accept(as_research(question, self.catalog))

    async def withdraw(self, lease: JobLease) -> None:
        """Take back what a run asks, if it asks anything and that has not ended."""
        await self.changes.withdraw(question_of(lease.job.id))


def _question(question_id: str, watch: Watch, space: str, at: int) -> Question:
    return Question(
        id=question_id,
        text=watch.text,
        place=watch.place,
        asker=watch.owner.id,
        # Its words stand above the answer, or in the message that opens its thread.
        surface=Surface.BUTTON if watch.place.thread else Surface.COMMAND,
        written_at=at * 1000,
        # What was said before would make it another question each time.
        fresh=True,
        space=space,
        unseen=True,
        scheduled=watch.id,
    )


def _failure(progress: Progress) -> Cause | None:
    if progress.state is State.OVERDUE:
        return causes.OVERDUE
    if progress.outcome.startswith(FAILED):
        known = causes.by_word(progress.outcome.removeprefix(FAILED))
        return known or causes.ERROR_CAUSES[GenieError]
    return None
