"""Months, quarters and weeks whose year stands in a column of its own, as dates."""

from collections.abc import Sequence
from dataclasses import replace

from genie.model import Cell
from render.columns.kinds import Kind
from render.columns.periods import NAMED_KINDS
from render.columns.reading import ColumnReading


def dated(column: ColumnReading, cells: Sequence[Cell]) -> tuple[ColumnReading, tuple[Cell, ...]]:
    """Return a column of which another one tells the year as one of dates, any other as it is."""
    if column.year is None or not column.moments:
        return column, tuple(cells)
    kind = NAMED_KINDS.get(column.grain, Kind.TIME) if column.grain else Kind.TIME
    dates = tuple(moment.isoformat() if moment else None for moment in column.moments)
    return replace(column, column=replace(column.column, type_name="DATE"), kind=kind), dates
