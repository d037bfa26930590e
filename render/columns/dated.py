"""Times as people call them: months whose year stands in a column of its own, numbered days of the week."""

from collections.abc import Sequence
from dataclasses import replace

from genie.model import Cell
from render.columns.kinds import Kind
from render.columns.numbers import read_float
from render.columns.periods import NAMED_KINDS
from render.columns.reading import ColumnReading
from render.words.results.values import WEEKDAYS


def dated(column: ColumnReading, cells: Sequence[Cell]) -> tuple[ColumnReading, tuple[Cell, ...]]:
    """Return a column of which another one tells the year as one of dates, numbered days of the week by name.

    Any other stays as it is.
    """
    if column.monday is not None:
        return with_weekdays(column, cells)
    if column.year is None or not column.moments:
        return column, tuple(cells)
    kind = NAMED_KINDS.get(column.grain, Kind.TIME) if column.grain else Kind.TIME
    dates = tuple(moment.isoformat() if moment else None for moment in column.moments)
    return replace(column, column=replace(column.column, type_name="DATE"), kind=kind), dates


def with_weekdays(column: ColumnReading, cells: Sequence[Cell]) -> tuple[ColumnReading, tuple[Cell, ...]]:
    """Return a column that numbers the days of the week with their names, any other as it is."""
    monday = column.monday
    if monday is None:
        return column, tuple(cells)

    def name(cell: str) -> str:
        number = read_float(cell)
        return cell if number is None else WEEKDAYS[round(number - monday) % len(WEEKDAYS)]

    named = replace(
        column,
        column=replace(column.column, type_name="STRING"),
        kind=Kind.CATEGORY,
        in_order=tuple(map(name, column.in_order)),
        monday=None,
    )
    return named, tuple(None if cell is None else name(cell) for cell in cells)
