"""What is shown of a run of Genie's agent mode: its queries while it works, then its report."""

from dataclasses import dataclass, field
from enum import StrEnum

from genie.model import Table
from render.answer.context import Audience
from render.blockkit.blocks import Element
from render.text.locales import ANYWHERE, Locale


class StepStatus(StrEnum):
    """How far a query is, in the words that Slack has for a task."""

    RUNNING = "in_progress"
    DONE = "complete"
    FAILED = "error"


@dataclass(frozen=True, slots=True)
class Step:
    """One query of a run; Genie's repetitions of the same SQL are one."""

    title: str = field(repr=False)
    status: StepStatus = StepStatus.RUNNING
    rows: int | None = None
    """None where that is not known."""
    more_rows: bool = False
    """There may be more rows than are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run that goes on."""

    question_id: str
    """Comes back with *Stop*."""
    question: str = field(default="", repr=False)
    asked_by: str = ""
    """The Slack id of the person who clicked, where nobody typed the question in the thread."""
    thought: str = field(default="", repr=False)
    """What Genie thought last, as Markdown."""
    steps: tuple[Step, ...] = ()
    stopping: bool = False
    """Genie was told to stop, and has not ended yet."""
    goes_on: bool = False
    """Genie does not stop."""
    locale: Locale = ANYWHERE


class RunEnd(StrEnum):
    """How a run ended, or why it is shown although it has not."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    OVERDUE = "overdue"
    """It takes longer than the bot waits; Genie may still be working."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A table inside the report, of which Genie may have sent the first rows only."""

    title: str = field(repr=False)
    table: Table = field(repr=False)
    """`total_rows` says how many there are."""


Passage = str | Excerpt
"""Genie's Markdown, or a table."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What Genie says it relied on."""

    title: str = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NamedResult:
    """A result that has an answer of its own below the report, or that only Databricks shows."""

    title: str = field(repr=False)
    rows: int | None = None
    more_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A run that has ended, and all that decides how its report looks."""

    question_id: str
    end: RunEnd = RunEnd.COMPLETED
    why: str = ""
    """Safe mrkdwn: why it failed, and what to do next."""
    again: Element | None = None
    """The button that offers another try."""
    expert: Element | None = None
    """The button that asks an expert."""
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    citations: tuple[Citation, ...] = ()
    results: tuple[NamedResult, ...] = ()
    """In the order in which they follow in the thread."""
    not_shown: tuple[str, ...] = field(default=(), repr=False)
    """Titles of results for which there is no room in the thread."""
    queries: int = 0
    seconds: float = 0.0
    genie_url: str = ""
    """Leads to the conversation in Databricks."""
    question: str = field(default="", repr=False)
    asked_by: str = ""
    """The Slack id of the person who clicked, where nobody typed the question in the thread."""
    asked_as: str = ""
    """As whom Databricks was asked, in words that are safe mrkdwn."""
    note: str = ""
    """A plain sentence to put first."""
    space_title: str = ""
    audience: Audience = Audience.CHANNEL
    is_quiet: bool = False
    """The thread takes mentions only."""
    locale: Locale = ANYWHERE
    missing: frozenset[str] = frozenset()
    """The suffixes of files that did not get into Slack."""
