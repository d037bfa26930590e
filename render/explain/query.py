"""Genie's query in the reader's terms. Loads sqlglot, so it belongs into the executor's process."""

from collections.abc import Sequence

from genie.protocol.unity_catalog import table_name
from render.explain.model import QueriedTable, Reading
from render.sql.filters import filters
from render.sql.layout import laid_out
from render.sql.parsing import LONGEST
from render.sql.read import read_query
from render.sql.tables import tables


def read_sql(sql: str) -> Reading:
    """Lay SQL out, and tell its columns, tables and filters as far as they can be known."""
    if len(sql) > LONGEST:
        return Reading(sql)
    read_from = tables(sql)
    return Reading(
        laid_out(sql),
        None if read_from is None else tuple(map(_queried, read_from)),
        None if read_from is None else filters(sql),
        read_query(sql).columns,
    )


def _queried(parts: Sequence[str]) -> QueriedTable:
    return QueriedTable(".".join(parts), table_name(parts))
