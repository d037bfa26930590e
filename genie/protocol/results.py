"""From the JSON of a SQL result to its state and rows; today's arrays and the preview's typed ones.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution/getstatement
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genie.errors import Malformed, StatementFailed
from genie.model import Cell, Column, Table
from genie.protocol.coerce import Object, as_code, as_count, as_id, as_list, as_object, as_shown, as_text
from genie.protocol.columns import columns
from genie.protocol.links import ExternalLink, external_links
from genie.protocol.spilled_rows import fitted, widest

MAX_ROWS = 5_000
"""Genie's own limit, kept here too so that a wrong reply cannot fill the memory."""

_MAX_CELLS = 32 << 20
"""More than twice what Genie's own limit of bytes has room for."""

SUCCEEDED = "SUCCEEDED"
GONE_STATES = frozenset({"CLOSED", "EXPIRED"})
"""It has succeeded once, and its rows are not kept any more."""
FAILED_STATES = GONE_STATES | {"FAILED", "CANCELED", "CANCELLED"}
"""Any other state but SUCCEEDED, known or not, is still running."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the rows, and how to get the next part if there is one."""

    rows: Sequence[Row] = ()
    next_index: int | None = None
    next_link: str = ""
    characters: int = 0
    """In all cells together; counted here because a large reply is decoded off the event loop."""
    links: tuple[ExternalLink, ...] = ()
    """Where rows are that are not here: in an export all of them, in a query result none, one hopes."""

    @property
    def has_next(self) -> bool:
        """Whether the server says that more rows follow."""
        return self.next_index is not None or bool(self.next_link)


@dataclass(frozen=True, slots=True)
class Statement:
    """A SQL statement: how far it is and, once it has succeeded, its columns and first rows."""

    statement_id: str | None
    state: str
    format: str = ""
    failure: StatementFailed | None = None
    columns: tuple[Column, ...] = ()
    total_rows: int | None = None
    truncated: bool = False
    first: Chunk = Chunk()


def statement(reply: Any) -> Statement:
    """Read a query result or the reply to execute-query; Malformed if it has neither state nor rows."""
    body = as_object(as_object(reply).get("statement_response"))
    status, manifest = as_object(body.get("status")), as_object(body.get("manifest"))
    first = chunk(body.get("result"), _chunk_count(manifest))
    state = as_text(status.get("state")).upper() or (SUCCEEDED if first.rows else "")
    if not state:
        raise Malformed("the result has no state")
    return Statement(
        statement_id=as_id(body.get("statement_id")),
        state=state,
        format=as_text(manifest.get("format")),
        failure=_failure(state, status) if state in FAILED_STATES else None,
        columns=columns(as_object(manifest.get("schema")).get("columns")),
        total_rows=as_count(manifest.get("total_row_count")),
        truncated=manifest.get("truncated") is True,
        first=first,
    )


def chunk(reply: Any, total_chunks: int | None = None) -> Chunk:
    """Read one chunk of rows; without rows in all the forms that an empty result has."""
    body = as_object(reply)
    links = as_list(body.get("external_links"))
    last = as_object(links[-1]) if links else body
    index = as_count(last.get("chunk_index")) or as_count(body.get("chunk_index")) or 0
    following = as_count(body.get("next_chunk_index"))
    if following is None:
        following = as_count(last.get("next_chunk_index"))
    if following is None and total_chunks is not None and index + 1 < total_chunks:
        following = index + 1
    rows = tuple(map(_row, as_list(body.get("data_array"))[: MAX_ROWS + 1])) or tuple(
        map(_typed_row, as_list(body.get("data_typed_array"))[: MAX_ROWS + 1])
    )
    return Chunk(
        rows=rows,
        next_index=following,
        next_link=as_text(body.get("next_chunk_internal_link") or last.get("next_chunk_internal_link")),
        characters=sum(len(cell) for row in rows for cell in row if cell),
        links=external_links(links),
    )


def _chunk_count(manifest: Object) -> int | None:
    count = as_count(manifest.get("total_chunk_count"))
    return len(as_list(manifest.get("chunks"))) or None if count is None else count


def table(start: Statement, rows: Sequence[Row], *, truncated: bool) -> Table:
    """Make a rectangle of the rows: short ones are filled with None, cells beyond the columns are dropped.

    Malformed when that would make far more cells than Genie can have sent.
    """
    columns = start.columns or _unnamed(widest(rows))
    width = len(columns)
    if width * min(len(rows), MAX_ROWS) > _MAX_CELLS:
        raise Malformed("the result is too wide for its rows")
    return Table(
        columns=columns,
        rows=fitted(rows, width, MAX_ROWS),
        total_rows=start.total_rows,
        truncated=truncated or start.truncated or len(rows) > MAX_ROWS,
    )


def _failure(state: str, status: Object) -> StatementFailed:
    error = as_object(status.get("error"))
    sql_state = as_code(status.get("sql_state"))
    return StatementFailed(
        "CANCELED" if state == "CANCELLED" else state,
        sql_state=sql_state,
        code=as_code(error.get("error_code")),
        detail=as_text(error.get("message")),
    )


def _unnamed(width: int) -> tuple[Column, ...]:
    return tuple(Column(f"column {n}") for n in range(1, width + 1))


def _row(value: Any) -> Row:
    if not isinstance(value, list):
        raise Malformed("a row is not a list")
    return tuple(map(_cell, value))


def _typed_row(value: Any) -> Row:
    """Read a row of the preview: `{"values": [{"str": "EMEA"}, {}]}`, where `{}` is NULL."""
    return tuple(
        next((_cell(content) for content in as_object(item).values()), None)
        for item in as_list(as_object(value).get("values"))
    )


def _cell(value: Any) -> Cell:
    """Read a cell: a string or null by the rules; whatever else comes is shown as its JSON."""
    return None if value is None else as_shown(value)
