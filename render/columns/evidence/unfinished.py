"""Which rows stand for a period that is not over: what they hold will grow."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from render.columns import names, time_names
from render.columns.evidence.period_labels import written_grain
from render.columns.evidence.sample import Sample
from render.columns.kinds import Kind
from render.columns.names import name_words
from render.columns.periods import MONTHS_IN, Grain, is_over
from render.columns.reading import Adds, ColumnReading, Role
from render.sql.model import Operation, QueryReading

_GRACE = timedelta(days=1)
"""Figures of a month, quarter or week that ended yesterday are often late."""
_PERIODS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})
_DAYS_OF_WEEK = 7
_MOST_SCENARIOS = 4
"""Actual, plan and forecast; a product may be called Plan, beside many others."""
_OF_RECORDS = frozenset({Operation.MIN, Operation.MAX, Operation.PREVIOUS})


def unfinished_rows(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading, today: date
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows of periods that are not over `today`, and those of periods that have not begun.

    The future of a plan is complete, and where all is still to come there is nothing to tell it from.
    """
    at = next((at for at in _by_rank(columns) if _has_periods(at, samples, columns)), None)
    if at is None:
        return frozenset(), frozenset()
    periods = _periods(samples[at], columns[at])
    to_come = frozenset(row for row, period in periods.items() if period.begins > today)
    if len(to_come) == len(periods):
        return frozenset(), frozenset()
    foretold = _foretold_rows(samples, columns)
    is_plan = (
        to_come <= foretold
        or _is_plan(samples[at], samples, columns, query)
        or not any(period.is_over(today) for period in periods.values())
    )
    running = frozenset(row for row, period in periods.items() if not period.is_over(today)) - foretold
    return running - to_come if is_plan else running, to_come


@dataclass(frozen=True, slots=True)
class _Period:
    """What a row stands for."""

    begins: date
    grain: Grain

    def is_over(self, today: date) -> bool:
        """Whether it is over, and its figures are complete."""
        grace = timedelta() if self.grain is Grain.DAY else _GRACE
        return is_over(datetime.combine(self.begins, time()), self.grain, today - grace)


def _periods(sample: Sample, column: ColumnReading) -> dict[int, _Period]:
    """Return the periods of the rows, by their beginnings also where their ends name them."""
    grain = column.grain or Grain.DAY
    grains = {
        cell: (column.kind is Kind.CATEGORY and written_grain(cell.strip())) or grain
        for cell in set(sample.cells)
        if cell is not None
    }
    names_ends = time_names.END.among(sample.names)
    return {
        row: _Period(
            _begun(moment.date(), grain, is_end=names_ends), grains[cell] if column.year is None else grain
        )
        for row, (cell, moment) in enumerate(zip(sample.cells, column.moments, strict=True))
        if moment is not None and cell is not None
    }


def _begun(day: date, grain: Grain, *, is_end: bool) -> date:
    """Return where a period begins of which `day` is one: its first, or the last of a month that ends it."""
    if grain is Grain.WEEK and is_end:
        return date.fromordinal(max(1, day.toordinal() - _DAYS_OF_WEEK + 1))
    if grain not in MONTHS_IN or day.day != monthrange(day.year, day.month)[1]:
        return day
    month = max(12, day.year * 12 + day.month - MONTHS_IN[grain])
    return date(month // 12, month % 12 + 1, 1)


def _by_rank(columns: Sequence[ColumnReading]) -> list[int]:
    """Return the columns, those first that another one completes by its years."""
    return sorted(range(len(columns)), key=lambda at: (columns[at].year is None, at))


def _has_periods(at: int, samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> bool:
    """Whether a column says of which period each row is, and not only when something happened."""
    column, query = columns[at], samples[at].query
    if column.role is not Role.TIME or column.grain not in _PERIODS or not column.moments:
        return False
    if query.operation in _OF_RECORDS:
        return False
    if query.is_key or query.operation is Operation.TIME:
        return True
    rows = len(samples[at].cells)
    naming = {Role.IDENTIFIER, Role.CATEGORY, Role.TEXT} if column.grain is Grain.DAY else {Role.IDENTIFIER}
    of_records = any(
        len(set(sample.cells)) == rows
        for other, sample in enumerate(samples)
        if columns[other].role in naming and (other < at or columns[other].role is Role.IDENTIFIER)
    )
    return not of_records and (rows > 1 or column.grain is not Grain.DAY)


def _is_plan(
    time: Sample, samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading
) -> bool:
    """Whether rows of the future are meant to be there: of forecasts, due dates, balances of a loan."""
    origin = [word for text in query.origin for word in name_words(text)]
    sources = [word for source in time.query.sources for word in name_words(source)]
    if time_names.PLANNED.among([*time.names, *sources, *origin]):
        return True
    measured = [
        (sample, column)
        for sample, column in zip(samples, columns, strict=True)
        if column.role in {Role.MEASURE, Role.COMPARISON}
    ]
    if any(names.TARGET.among(each.names) or time_names.PLANNED.among(each.names) for each, _ in measured):
        return True
    return bool(measured) and all(column.adds is Adds.NOT_OVER_TIME for _, column in measured)


def _foretold_rows(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> frozenset[int]:
    """Return the rows that are called a forecast or a plan, beside others that are actual."""
    for sample, column in zip(samples, columns, strict=True):
        if column.role is not Role.CATEGORY or sample.is_number:
            continue
        told = {cell for cell in set(sample.values) if _says_plan(cell)}
        if told and len(told) < sample.distinct <= _MOST_SCENARIOS:
            return frozenset(row for row, cell in enumerate(sample.cells) if cell in told)
    return frozenset()


def _says_plan(label: str) -> bool:
    """Whether a label is that of a plan: Forecast, Budget 2026; the Basic plan is a product."""
    words = name_words(label)
    return bool(words) and all(map(names.TARGET.has, words))
