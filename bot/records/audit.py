"""Entries of the audit trail: who asked or took what, where, with whose rights, and how it ended."""

import json
from dataclasses import dataclass, field

from bot.records.job import Job, JobKind
from bot.records.lease import JobLease, Lease, QuestionLease
from bot.records.question import Question

QUESTION, RESEARCH, RESULT, PUBLISHED = "question", "research", "result", JobKind.PUBLISH.value
"""Kinds of entries beside those of jobs."""
NOT_AUDITED = frozenset(
    {
        JobKind.PRIVATE,  # the question that it asks has an entry
        JobKind.FEEDBACK,
        JobKind.DIGEST,  # it tells of no answer
        JobKind.FRESH,
        JobKind.TELL_WRITER,
    }
)
"""Jobs that neither read, show nor delete an answer."""
BOT = "bot"
"""As whom the bot asks for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One question, or one click that read, showed or deleted an answer."""

    kind: str
    id: str
    team: str
    user: str
    channel: str
    """Where it was asked or pressed."""
    private: bool
    """Only its user sees the answer."""
    space: str
    """Empty for a question that Genie never got, and for a click, whose `about` has it."""
    asked_as: str
    """The person with whose rights Databricks was asked, `bot` for the bot's, empty if it was not asked."""
    outcome: str
    about: str = ""
    """The question whose answer was wanted, or shown to somebody who asked the same."""
    asked_at: int
    """Milliseconds by Redis's clock."""

    @property
    def fields(self) -> dict[str, str | int]:
        """Return the form that Redis keeps; always with the same names, which it then keeps once."""
        return {
            "kind": self.kind,
            "id": self.id,
            "team": self.team,
            "user": self.user,
            "channel": self.channel,
            "private": int(self.private),
            "space": self.space,
            "as": self.asked_as,
            "outcome": self.outcome,
            "about": self.about,
            "asked_at": self.asked_at,
        }


@dataclass(frozen=True, slots=True)
class Audited:
    """What is to be written when a question or a job ends."""

    entry: AuditEntry
    days: int
    """For which it is kept."""
    content: str = field(default="", repr=False)
    """JSON of the question in words and its SQL; empty where those are not to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What the operator wants to be kept of what people ask, and for how many days: none for 0."""

    days: int = 0
    content: bool = False
    """The question in words, and its SQL, too."""
    as_users: bool = False
    """People ask with their own rights."""

    def of(self, lease: Lease, outcome: str, sql: str = "") -> Audited | None:
        """Return what to write about the end of a question or a job; None if it is not audited."""
        if not self.days:
            return None
        if isinstance(lease, QuestionLease):
            if lease.question.notice or outcome == "notice":
                return None  # a call for help or a greeting
            words = {"question": lease.progress.text or lease.question.text, "sql": sql}
            content = json.dumps(words, ensure_ascii=False) if self.content else ""
            return Audited(_of_question(lease, outcome), self.days, content)
        if isinstance(lease, JobLease) and lease.job.kind not in NOT_AUDITED:
            return Audited(self._of_job(lease.job, lease, outcome), self.days)
        return None

    def _of_job(self, job: Job, lease: JobLease, outcome: str) -> AuditEntry:
        return AuditEntry(
            kind=job.kind.value,
            id=job.id,
            team=job.place.team,
            user=job.user,
            channel=job.place.channel,
            private=job.place.is_direct,
            space="",
            asked_as=job.user if self.as_users else BOT,
            outcome=outcome,
            about=job.about,
            asked_at=lease.progress.received_at,
        )


def _of_question(lease: QuestionLease, outcome: str) -> AuditEntry:
    question, progress = lease.question, lease.progress
    return AuditEntry(
        kind=_kind(question),
        id=question.id,
        team=question.place.team,
        user=question.asker,
        channel=question.asked_at.channel,
        private=question.place.is_direct,
        space=progress.space,
        asked_as=_asked_as(question, progress.asked_as) if progress.message or progress.response else "",
        outcome=outcome,
        about=question.published_from or question.result_of or question.deepens or progress.reused,
        asked_at=progress.received_at,
    )


def _kind(question: Question) -> str:
    if question.published_from:
        return PUBLISHED
    if question.result_of:
        return RESULT
    return RESEARCH if question.research else QUESTION


def _asked_as(question: Question, stored: str) -> str:
    return stored.removeprefix(f"{question.place.team}.") or BOT
