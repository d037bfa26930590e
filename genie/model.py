"""Genie's replies as frozen data, in Databricks' own words.

Nothing here knows JSON: `genie.protocol` builds these values from it. Times are seconds since 1970.
Vendor's page: https://docs.databricks.com/api/workspace/genie
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

COMPLETED = "COMPLETED"
FAILED = "FAILED"
CANCELLED = "CANCELLED"
QUERY_RESULT_EXPIRED = "QUERY_RESULT_EXPIRED"

FINAL_STATUSES = frozenset({COMPLETED, FAILED, CANCELLED, QUERY_RESULT_EXPIRED})
"""The four statuses after which a message does not change; any other, known or not, is still running."""

Cell = str | None
"""A value as Genie sends it: text whatever the column's type, or None for SQL's NULL."""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Where a question lives in Genie; enough to carry on with it after any restart."""

    space_id: str
    conversation_id: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that was filled into an author-verified query; any of its fields may be empty."""

    keyword: str
    sql_type: str
    value: str


@dataclass(frozen=True, slots=True)
class Thought:
    """A step of Genie's reasoning, as Markdown."""

    kind: str
    content: str


@dataclass(frozen=True, slots=True)
class Query:
    """The SQL that Genie wrote, and how it read the question."""

    attachment_id: str | None
    title: str = ""
    description: str = ""
    sql: str = ""
    statement_id: str | None = None
    parameters: tuple[Parameter, ...] = ()
    thoughts: tuple[Thought, ...] = ()
    row_count: int | None = None
    truncated: bool = False
    updated_at: float | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of Genie's prose, as Markdown."""

    content: str
    purpose: str | None = None
    attachment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Visualization:
    """A chart that Genie can draw for one of its queries."""

    attachment_id: str
    title: str = ""
    query_attachment_id: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Questions that Genie proposes to ask next."""

    questions: tuple[str, ...]


Attachment = Query | Text | Visualization | Suggestions


@dataclass(frozen=True, slots=True)
class MessageError:
    """Why a message failed. `detail` may quote tables and SQL: never log it."""

    type: str
    detail: str = field(default="", repr=False)


class Rating(StrEnum):
    """What a person thinks of an answer; NONE takes an earlier rating back."""

    POSITIVE = "POSITIVE"
    NEGATIVE = "NEGATIVE"
    NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Feedback:
    """The rating that a message has; the latest one counts."""

    rating: Rating
    comment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """One question and, once `status` is final, its answer or error."""

    ref: MessageRef
    status: str
    content: str = ""
    attachments: tuple[Attachment, ...] = ()
    error: MessageError | None = None
    created_at: float | None = None
    updated_at: float | None = None
    feedback: Feedback | None = None
    user_id: str = ""
    """The identity behind the token that asked."""

    @property
    def final(self) -> bool:
        """Whether this message will not change any more."""
        return self.status in FINAL_STATUSES


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result; `type_name` is Databricks' (STRING, LONG, DECIMAL, ...), unknown ones too."""

    name: str
    type_name: str = "STRING"
    type_text: str = ""
    precision: int | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of an answer: each row has exactly one cell per column."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    total_rows: int | None = None
    """How many rows the query gave, when Genie says so; may be more than `rows` holds."""
    truncated: bool = False
    """Genie cut the result (row or byte limit)."""
    run_again: bool = False
    """The query was run once more for these rows, just now."""

    @property
    def incomplete(self) -> bool:
        """Whether rows exist that are not here."""
        return self.truncated or (self.total_rows is not None and self.total_rows > len(self.rows))


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer that was selected among the attachments of a finished message."""

    ref: MessageRef
    texts: tuple[str, ...] = ()
    """The summary, in order, as Markdown."""
    clarification: str | None = None
    """Genie asks back: a reply in the thread answers it."""
    query: Query | None = None
    table: Table | None = None
    visualization: Visualization | None = None
    suggestions: tuple[str, ...] = ()
    read_at: float | None = None
    """When the query read the data, as far as Genie says so."""


@dataclass(frozen=True, slots=True)
class Space:
    """A Genie space."""

    space_id: str
    title: str = ""
    description: str = ""
    warehouse_id: str | None = None
    parent_path: str = ""
    create_time: str = ""
    update_time: str = ""
    starters: tuple[str, ...] = ()
    """Its sample questions, where its definition was asked for."""
    tables: tuple[str, ...] = ()
    """The full names of its tables and metric views, where its definition was asked for."""


@dataclass(frozen=True, slots=True)
class TableName:
    """The whole name of a table or view in Unity Catalog, which keeps all names in small letters."""

    catalog: str
    schema: str
    table: str


class Certification(StrEnum):
    """What the stewards of a table say of it, by Databricks' tag."""

    CERTIFIED = "certified"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class TableDetails:
    """What Unity Catalog notes about a table, and tells this caller; nothing of it comes from its rows."""

    owner: str = field(default="", repr=False)
    """A user's e-mail address, a group's name, or a service principal's application id."""
    altered_at: float | None = None
    """When the table itself was last altered; of its rows this says nothing."""
    certification: Certification | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list of a space.

    `kind` is Genie's `agent_type` as it came, today GENIE_CONVERSATION_TYPE_CHAT or ..._AGENT.
    """

    conversation_id: str
    title: str = ""
    created_at: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A person's remark about a message."""

    ref: MessageRef
    comment_id: str
    content: str = field(default="", repr=False)
    created_at: float | None = None
    user_id: str = ""
