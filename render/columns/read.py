"""Read a result once: from its query first, then from types and names, then from values."""

from datetime import date

from genie.model import Table
from render.columns.additivity import adds_up
from render.columns.classify import classify
from render.columns.kinds import NUMBERS, TIMES, Kind
from render.columns.numbers import read_float
from render.columns.reading import Adds, ColumnReading, Reading, Role, Source
from render.sql.model import UNREAD, QueryReading

_ROLES = {
    **dict.fromkeys(TIMES, Role.TIME),
    **dict.fromkeys(NUMBERS, Role.MEASURE),
    Kind.CATEGORY: Role.CATEGORY,
    Kind.GEOGRAPHY: Role.CATEGORY,
    Kind.BOOLEAN: Role.CATEGORY,
    Kind.IDENTIFIER: Role.IDENTIFIER,
    Kind.COORDINATE: Role.MEASURE,
    Kind.TEXT: Role.TEXT,
}


def read_result(table: Table, query: QueryReading = UNREAD, today: date | None = None) -> Reading:  # noqa: ARG001
    """Return what `table` means; `today` is that of the reader, without it no period is judged."""
    columns = []
    for at, (column, kind) in enumerate(zip(table.columns, classify(table), strict=True)):
        known = [number for row in table.rows if (number := read_float(row[at])) is not None]
        adds = bool(known) and adds_up(column.name, kind, max(known))
        columns.append(
            ColumnReading(
                column=column,
                kind=kind,
                role=_ROLES[kind],
                adds=Adds.EVERYWHERE if adds else Adds.NEVER,
                known_from=Source.NAME,
            )
        )
    return Reading(tuple(columns), limited=table.incomplete or query.limited)
