"""What parts of the bot tell about their work: frozen records, without words, names or ids of people.

A part gets an `Observe` and calls it with a record; who counts, and whether anybody does, is not its concern.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where the time of a question goes."""

    LINE = "line"
    """From when it was received until it left the line with a token."""
    POST = "post"
    """Until Genie had it."""
    GENIE = "genie"
    """Until Genie had finished, as a poll found."""
    ANSWER = "answer"
    """Until the answer was in Slack with its chart and files."""
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class QuestionEnded:
    """A question has ended."""

    outcome: str
    space: str
    """The id of the space; empty if Genie never got it."""
    polls: int
    seconds: Mapping[Stage, float]
    """By stage, those that it passed."""
    reused: bool = False
    """It has shared the Genie message of the same question."""


@dataclass(frozen=True, slots=True)
class ResearchEnded:
    """A question for research has ended, which takes minutes, and is no part of the times of questions."""

    outcome: str
    seconds: float
    """Since it was asked of the bot."""


@dataclass(frozen=True, slots=True)
class JobEnded:
    """A job that a click started has ended, or a result of research was shown."""

    kind: str
    outcome: str
    seconds: float


@dataclass(frozen=True, slots=True)
class StepFailed:
    """A step of a question or a job was not done; `cause` is slack, genie, redis, lease or crash."""

    cause: str


@dataclass(frozen=True, slots=True)
class SlackCalled:
    """A method of Slack was called; `result` is ok or the kind of the error."""

    method: str
    result: str
    seconds: float


@dataclass(frozen=True, slots=True)
class GenieCalled:
    """A request was sent to Databricks, or could not be; `result` is ok or the kind of the error."""

    operation: str
    result: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """A piece of work was done off the event loop, or an answer composed."""

    work: str
    result: str
    seconds: float


@dataclass(frozen=True, slots=True)
class LoopLagged:
    """The event loop came late to what was due."""

    seconds: float


Record = (
    QuestionEnded | ResearchEnded | JobEnded | StepFailed | SlackCalled | GenieCalled | Rendered | LoopLagged
)
Observe = Callable[[Record], None]
OK = "ok"


def nobody(_record: Record) -> None:
    """Observe nothing."""
