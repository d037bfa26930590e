"""Years and what is counted in them in two columns: together they are one time."""

import re
from collections.abc import Sequence
from dataclasses import replace

from render.columns import names, time_names
from render.columns.evidence.sample import Sample
from render.columns.evidence.time_column import TimeForm, moments_of
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.columns.reading import ColumnReading, Role
from render.sql.model import Operation

_PARTS = (
    (time_names.MONTH, Grain.MONTH, "{}-{:02}"),
    (time_names.PERIOD, Grain.MONTH, "{}-{:02}"),
    (time_names.QUARTER, Grain.QUARTER, "{}-Q{}"),
    (time_names.WEEK, Grain.WEEK, "{}-W{:02}"),
)
_PART = re.compile(r"[QTPMWK]{0,2}0?(\d\d?)(?:\.0)?", re.IGNORECASE)


def in_years(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    """Complete the numbers of months, quarters and weeks by the years that stand beside them."""
    year = next((at for at, column in enumerate(columns) if _has_years(column)), None)
    if year is None:
        return list(columns)
    return [
        _of_year(sample, column, samples[year], columns[year], year)
        for sample, column in zip(samples, columns, strict=True)
    ]


def _has_years(column: ColumnReading) -> bool:
    return (
        column.role is Role.TIME
        and column.grain is Grain.YEAR
        and (column.kind is Kind.YEAR or column.is_fiscal)
    )


def _of_year(
    part: Sample, column: ColumnReading, years: Sample, year: ColumnReading, at: int
) -> ColumnReading:
    found = next((each for each in _PARTS if _is_part(part, column, each[0], each[1])), None)
    if column is year or not found:
        return column
    _, grain, text = found
    if year.is_fiscal:
        return replace(column, role=Role.TIME, kind=Kind.CATEGORY, in_order=(), grain=grain, is_fiscal=True)
    pairs = zip(years.cells, part.cells, strict=True)
    joined = [text.format(y[:4], number) if y and p and (number := _number(p)) else None for y, p in pairs]
    moments = moments_of(TimeForm(Kind.TIME), joined)
    if not moments:
        return column
    return replace(column, role=Role.TIME, in_order=(), moments=moments, year=at, grain=grain)


def _is_part(part: Sample, column: ColumnReading, words: names.Words, grain: Grain) -> bool:
    if column.role not in {Role.ORDERED, Role.CATEGORY} and not column.is_fiscal:
        return False
    told = part.query.operation is Operation.DATE_PART and part.query.grain == grain
    named = words.among(part.names) and not time_names.SINCE.among(part.names)
    return (told or named) and bool(part.values) and all(map(_number, part.values))


def _number(cell: str) -> int | None:
    """Read the position of a month, quarter or week: 3, Q3, P03, March."""
    found = _PART.fullmatch(cell.strip())
    return int(found[1]) if found else time_names.MONTH_NAMES.get(names.folded(cell.strip(". ")))
