"""Leases: the time for which a worker owns a question or job, and the record that it works on."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.identity.model import SlackUser
from bot.records.job import Job, JobProgress
from bot.records.progress import Progress, Saved, State
from bot.records.question import Place, Question, Surface

LEASE_SECONDS = 10.0
"""After that another worker may claim a question whose worker has gone silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A question or a job that this worker works on, until it is given back or finished."""

    owner: str
    """Names this lease alone: a worker that has lost its lease can no longer save."""
    now: int = 0
    """Redis's time of the claim, in milliseconds."""
    since: float = 0.0
    """This process's monotonic time just before the claim, in seconds."""
    progress: Saved

    @property
    def record(self) -> Question | Job:
        """What is leased."""
        raise NotImplementedError

    @property
    def thread(self) -> str:
        """The thread to answer in; empty only before the root message of a slash command is posted."""
        return self.progress.thread or self.record.place.thread or ""

    @property
    def present_ms(self) -> int:
        """Redis's time now, in milliseconds, as this process knows it from its claim."""
        return self.now + round((time.monotonic() - self.since) * 1000)

    @property
    def identity(self) -> SlackUser:
        """As whom Databricks is asked."""
        return self.record.identity

    @property
    def redelivered(self) -> bool:
        """Whether an earlier lease of this step did not end, and may have done a part of the step."""
        return self.progress.attempts > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLease(Lease):
    """The lease of a question."""

    question: Question
    progress: Progress
    in_flight: int = 1
    """Questions that had left the line and not ended, and jobs, at the time of the claim."""
    granted: bool = False
    """Whether a fresh token for one question POST came with this lease."""
    unread: bool = False
    """No process could read the record for long: it has to end. Only its place and its message are known."""

    @property
    def record(self) -> Question:
        """The question."""
        return self.question


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLease(Lease):
    """The lease of a job."""

    job: Job
    progress: JobProgress

    @property
    def record(self) -> Job:
        """The job."""
        return self.job


def read_lease(
    record: Mapping[str, str], owner: str, now: int, since: float, in_flight: int, *, granted: bool
) -> Lease:
    """Read a leased record; raises KeyError, TypeError or ValueError for one of another version."""
    if "job" in record:
        job, job_progress = Job.from_json(record["job"]), JobProgress.from_hash(record)
        return JobLease(job=job, progress=job_progress, owner=owner, now=now, since=since)
    return QuestionLease(
        question=Question.from_json(record["question"]),
        progress=Progress.from_hash(record),
        owner=owner,
        now=now,
        since=since,
        in_flight=in_flight,
        granted=granted,
    )


def unread_lease(
    record_id: str, record: Mapping[str, str], owner: str, now: int, since: float
) -> QuestionLease:
    """Return what can be known of a question or a job that cannot be read, by its place or else by its id."""
    try:
        stored = json.loads(record.get("question") or record["job"])
        asker, response_url = str(stored.get("asker") or stored.get("user") or ""), stored.get("response_url")
        place = Place(**{name: stored["place"][name] for name in ("team", "channel", "thread")})
    except (AttributeError, KeyError, TypeError, ValueError):
        team, channel, written, *_ = [*record_id.split(".", 2), "", ""]
        asker, response_url = "", None
        place = Place(team, channel, ".".join(written.split(".")[:2]))
    return QuestionLease(
        question=Question(record_id, "", place, asker, Surface.MENTION, response_url=response_url),
        progress=Progress(
            state=State.ANNOUNCED,
            thread=record.get("thread"),
            ts=record.get("ts"),
            withdrawn=int("withdrawn" in record),
        ),
        owner=owner,
        now=now,
        since=since,
        unread=True,
    )
