"""The data that "How I Got This" shows."""

from dataclasses import dataclass

from genie.model import Query, TableDetails, TableName
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
class QueriedTable:
    """A table or view that a query reads, with what the reader may know of it."""

    text: str
    """How the query names it."""
    name: TableName | None = None
    """Its whole name, where the query says that."""
    link: str = ""
    """Opens its page in Databricks."""
    details: TableDetails | None = None
    """What Unity Catalog notes about it, as far as the reader may see that and it came in time."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query in the reader's terms; `tables` and `filters` are None when it could not be taken apart."""

    sql: str
    tables: tuple[QueriedTable, ...] | None = None
    filters: tuple[str, ...] | None = None
    columns: tuple[QueryColumn, ...] = ()
    """How those of its result are made."""
