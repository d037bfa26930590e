"""Which rows stand for a period that is not over: what they hold will grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from render.columns import names, time_names
from render.columns.evidence.period_labels import written_grain
from render.columns.evidence.sample import Sample
from render.columns.kinds import Kind
from render.columns.periods import Grain, is_over
from render.columns.reading import ColumnReading, Role
from render.sql.model import Operation

_GRACE = timedelta(days=1)
"""Figures of a month, quarter or week that ended yesterday are often late."""
_PERIODS = frozenset({Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR})
_DAYS_OF_WEEK = 7
_OF_RECORDS = frozenset({Operation.MIN, Operation.MAX, Operation.PREVIOUS})


def unfinished_rows(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], today: date
) -> frozenset[int]:
    """Return the rows of periods that are not over `today`; none where all are still to come."""
    at = next((at for at in _by_rank(columns) if _has_periods(at, samples, columns)), None)
    if at is None:
        return frozenset()
    periods = _periods(samples[at], columns[at])
    if all(period.begins > today for period in periods.values()):
        return frozenset()
    foreseen = _has_forecast(samples, columns) or not any(
        period.is_over(today) for period in periods.values()
    )
    return frozenset(
        row
        for row, period in periods.items()
        if not period.is_over(today) and (period.begins <= today or not foreseen)
    )


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
    is_end = grain is Grain.WEEK and time_names.END.among(sample.names)
    back = _DAYS_OF_WEEK - 1 if is_end else 0
    return {
        row: _Period(
            date.fromordinal(max(1, moment.toordinal() - back)),
            grains[cell] if column.year is None else grain,
        )
        for row, (cell, moment) in enumerate(zip(sample.cells, column.moments, strict=True))
        if moment is not None and cell is not None
    }


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
    if column.grain is not Grain.DAY or query.is_key or query.operation is Operation.TIME:
        return True
    rows = len(samples[at].cells)
    naming = (Role.IDENTIFIER, Role.CATEGORY, Role.TEXT)
    return rows > 1 and not any(
        len(set(sample.cells)) == rows
        for other, sample in enumerate(samples)
        if columns[other].role in naming and (other < at or columns[other].role is Role.IDENTIFIER)
    )


def _has_forecast(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> bool:
    """Whether a column foresees something, so that rows of the future are meant to be there."""
    return any(
        column.role in {Role.MEASURE, Role.COMPARISON} and names.TARGET.among(sample.names)
        for sample, column in zip(samples, columns, strict=True)
    )
