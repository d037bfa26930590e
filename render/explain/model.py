"""The data that "How I Got This" shows."""

from dataclasses import dataclass

from genie.model import Query
from render.sql.model import QueryColumn


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: Genie's query with its notes, when its data was read, and where to look."""

    question: str
    query: Query | None
    read_at: float | None
    """Seconds since 1970."""
    link: str
    """Opens the conversation in Databricks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query in the reader's terms; `tables` and `filters` are None when it could not be taken apart."""

    sql: str
    tables: tuple[str, ...] | None = None
    filters: tuple[str, ...] | None = None
    columns: tuple[QueryColumn, ...] = ()
    """How those of its result are made."""
