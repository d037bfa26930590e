"""Jobs with their progress, and ids that follow from others, so that what is wanted twice is done once."""

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from bot.identity.model import SlackUser
from bot.records.progress import Saved
from bot.records.question import Place


class JobKind(StrEnum):
    """What a click or a command starts besides a question."""

    EXPORT = "export"
    INSIGHTS = "insights"
    REDRAW_CHART = "redraw_chart"
    SHARE = "share"
    PRIVATE = "private"
    """Ask a question in the direct messages of its asker."""
    PUBLISH = "publish"
    DISMISS = "dismiss"
    FEEDBACK = "feedback"
    FRESH = "fresh"
    """Say in a thread that it begins a new conversation."""
    FORGET = "forget"
    """Delete the conversations of a thread."""
    FORGET_PERSON = "forget_person"
    """Delete what is kept of its user."""
    WATCH_SET = "watch_set"
    """Say in a thread that something of it is watched."""
    WATCH_TABLE = "watch_table"
    """Show the rows that a watch found last."""
    TELL_WRITER = "tell_writer"
    """Tell the writer of a reply, and nobody else, what the bot made of it."""
    WATCH = "watch"
    """Run a watch that is due."""
    ASK_EXPERT = "ask_expert"
    """Put a question before the experts."""
    REVIEW = "review"
    """Tell what an expert said about it."""
    DIGEST = "digest"
    """Tell the experts' channel what was asked in a week."""


class Stage(StrEnum):
    """How far a job has come."""

    QUEUED = "queued"
    DONE = "done"
    REFUSED = "refused"
    """It failed, and may be started again."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that a user started besides a question; never changes."""

    id: str
    """The same for every click that wants the same."""
    kind: JobKind
    place: Place
    user: str
    about: str = ""
    """The question that it asks, or whose answer it is about."""
    payload: str = field(default="", repr=False)
    """The format of an export, the chart to draw, the time of a rating with a reason, a question to ask."""
    response_url: str | None = field(default=None, repr=False)

    @property
    def identity(self) -> SlackUser:
        """As whom Databricks is asked: as the user who clicked."""
        return SlackUser(self.place.team, self.user)

    @property
    def queue_name(self) -> str:
        """The user's name in the store."""
        return self.identity.queue_name

    def to_json(self) -> str:
        """Return the form that Redis keeps."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Job":
        """Read what `to_json` wrote."""
        data = json.loads(text)
        return cls(**data | {"place": Place(**data["place"]), "kind": JobKind(data["kind"])})


@dataclass(frozen=True, slots=True)
class JobProgress(Saved):
    """What has been saved about a job."""

    stage: Stage
    waiting: int = 0
    """1 once the user was told that other files come first."""
    reviewed: int = 0
    """1 once the reason of a rating is in the review channel."""
    left: str = "[]"
    """JSON: conversations still to be deleted: space, id, and a word for one that another identity asked."""
    reused: int = 0
    """1 if the thread that is forgotten has an answer whose conversation is another thread's."""


def job_id(place: Place, name: str, mark: str) -> str:
    """Return the id of a job of a thread, which `mark` tells from others."""
    return f"{place.team}.{place.channel}.{place.thread}.{name}.{mark}"


def privately(job_id: str) -> str:
    """Return the id of the question that a job asks privately."""
    return f"{job_id}.private"


def published(question_id: str) -> str:
    """Return the id of the job that publishes a private answer, and then of the question that shows it."""
    return f"{question_id}.publish"
