"""Read a result once: from its query first, then from types and names, then from values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from genie.model import Cell, Column, Table
from render.columns.additivity import adds_up
from render.columns.classify import classify
from render.columns.kinds import NUMBER_TYPES, NUMBERS, TIMES, Kind
from render.columns.label_order import own_order
from render.columns.names import name_words
from render.columns.numbers import read_float
from render.columns.periods import Grain
from render.columns.reading import Adds, ColumnReading, Reading, Role, Source
from render.columns.times import own_clock, parse_period
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


_PARTS = {"month": (Grain.MONTH, "{}-{:02}"), "quarter": (Grain.QUARTER, "{}-Q{}")}


def read_result(table: Table, query: QueryReading = UNREAD, today: date | None = None) -> Reading:  # noqa: ARG001
    """Return what `table` means; `today` is that of the reader, without it no period is judged."""
    columns = []
    for at, (column, kind) in enumerate(zip(table.columns, classify(table), strict=True)):
        cells = [row[at] for row in table.rows]
        columns.append(_read(column, kind, cells))
    return Reading(_dated(table, columns), limited=table.incomplete or query.limited)


def _read(column: Column, kind: Kind, cells: Sequence[Cell]) -> ColumnReading:
    known = [number for cell in cells if (number := read_float(cell)) is not None]
    adds = bool(known) and adds_up(column.name, kind, max(known))
    read = ColumnReading(
        column=column,
        kind=kind,
        role=_ROLES[kind],
        adds=Adds.EVERYWHERE if adds else Adds.NEVER,
        known_from=Source.NAME,
    )
    if kind in TIMES:
        return _ordered_or_time(read, cells)
    values = [cell for cell in cells if cell is not None]
    if kind is Kind.CATEGORY and (order := own_order(values)):
        return replace(read, role=Role.ORDERED, in_order=order)
    return read


def _ordered_or_time(read: ColumnReading, cells: Sequence[Cell]) -> ColumnReading:
    moments = _moments(cells)
    if moments:
        return replace(read, moments=moments)
    if read.column.type_name.upper() not in NUMBER_TYPES:
        return read
    values = {cell for cell in cells if cell is not None}
    return replace(read, role=Role.ORDERED, in_order=tuple(sorted(values, key=float)))


def _moments(cells: Sequence[Cell]) -> tuple[datetime | None, ...]:
    """Return when each period begins, nothing when one of them is none of the calendar."""
    found = {cell: parse_period(cell) for cell in set(cells) if cell is not None}
    if not all(found.values()):
        return ()
    plain = {cell: own_clock(moment) for cell, moment in found.items() if moment}
    return tuple(plain.get(cell) if cell is not None else None for cell in cells)


def _dated(table: Table, columns: Sequence[ColumnReading]) -> tuple[ColumnReading, ...]:
    """Complete the numbers of months and quarters by the years that stand beside them."""
    year = next((at for at, column in enumerate(columns) if column.kind is Kind.YEAR), None)
    if year is None:
        return tuple(columns)
    years = [row[year] for row in table.rows]
    return tuple(
        _of_year(column, year, years, [row[at] for row in table.rows]) for at, column in enumerate(columns)
    )


def _of_year(part: ColumnReading, year: int, years: Sequence[Cell], cells: Sequence[Cell]) -> ColumnReading:
    unit = name_words(part.column.name)[-1:]
    if part.role is not Role.ORDERED or unit not in (["month"], ["quarter"]):
        return part
    grain, text = _PARTS[unit[0]]
    moments = _moments(
        [text.format(y, int(float(p))) if y and p else None for y, p in zip(years, cells, strict=True)]
    )
    if not moments:
        return part
    return replace(part, role=Role.TIME, in_order=(), moments=moments, year=year, grain=grain)
