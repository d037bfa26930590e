"""What Genie's agent mode says, as frozen data in Databricks' words: a response, its events and its items.

Nothing here knows JSON: `genie.protocol.agent` builds these values from it. Agent mode runs for minutes, asks
several queries and writes a report; what it says comes item by item. An item is known by its type and id: a
later one with the same id takes the place of the earlier.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from genie.model import Cell, Column, MessageError

MAX_RUN_SECONDS = 1800.0
"""After which Genie ends a run, by its documentation."""


@dataclass(frozen=True, slots=True)
class ResponseRef:
    """Where a run lives in Genie; enough to carry on with it after any restart."""

    space_id: str
    conversation_id: str
    response_id: str
    """Of a run that was found, that of its question or message: perhaps not the one that cancels it."""


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the agent thinks or plans: progress, never a part of the answer."""

    id: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the agent uses: `name` is execute_sql, generate_visualization or another one.

    Until its item is done, title and SQL may be missing.
    """

    id: str
    call_id: str
    name: str
    title: str = field(default="", repr=False)
    sql: str = field(default="", repr=False)
    status: str = ""


@dataclass(frozen=True, slots=True)
class ToolOutput:
    """What a tool gave back: a title and, below it, Markdown with 100 rows at most."""

    id: str
    call_id: str
    """The call that it belongs to."""
    title: str = field(default="", repr=False)
    markdown: str = field(default="", repr=False)
    complete: bool = False
    """Whether this is all of it; it begins as a stub."""


@dataclass(frozen=True, slots=True)
class Citation:
    """What a part of the report rests on; without a `url` it is a name alone."""

    title: str = field(repr=False)
    url: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Prose:
    """A part of the report, as Markdown; `role` is assistant, or system for the reason of a failure."""

    id: str
    text: str = field(repr=False)
    citations: tuple[Citation, ...] = ()
    role: str = "assistant"


@dataclass(frozen=True, slots=True)
class ResultPart:
    """A table of the report, with the first rows of its query."""

    id: str
    text: str = field(repr=False)
    """The table as Markdown; its form may change from one reading to the next."""
    sql: str = field(repr=False)
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]] = field(repr=False)
    total_rows: int | None
    """How many rows the query gave, when Genie says so; often more than `rows` holds."""
    available: bool
    """Whether Genie could read the rows again for the report."""


Item = Reasoning | ToolCall | ToolOutput | Prose | ResultPart


class ResponseStatus(StrEnum):
    """How far a run is; any other word that Genie has for it is IN_PROGRESS."""

    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether the run has ended."""
        return self is not ResponseStatus.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class ResponseCreated:
    """The run has begun: save where, before anything else is read."""

    ref: ResponseRef


@dataclass(frozen=True, slots=True)
class ItemSeen:
    """Something was begun, changed or finished (`done`)."""

    items: tuple[Item, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class ResponseEnded:
    """The run has ended, with everything that it gave."""

    ref: ResponseRef
    status: ResponseStatus
    items: tuple[Item, ...]
    error: MessageError | None = None
    """Why it failed, as far as Genie says so."""
    reason: str = ""
    """Why it is incomplete, in Genie's word for it."""


ResponseEvent = ResponseCreated | ItemSeen | ResponseEnded


@dataclass(frozen=True, slots=True)
class ResponseState:
    """A run as Genie has stored it, read at any time."""

    status: ResponseStatus
    items: tuple[Item, ...]
    error: MessageError | None = None
    """Why it failed, as far as Genie says so."""

    @property
    def final(self) -> bool:
        """Whether the run has ended, so that nothing will change any more."""
        return self.status.final
