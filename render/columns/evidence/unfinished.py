"""Which rows stand for a period that is not over: what they hold will grow."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from render.columns import names, time_names
from render.columns.evidence.sample import Sample
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
    moments, grain = _starts(samples[at], columns[at]), columns[at].grain or Grain.DAY
    known = {row: moment.date() for row, moment in enumerate(moments) if moment is not None}
    if all(day > today for day in known.values()):
        return frozenset()
    known_by = today - (_GRACE if grain is not Grain.DAY else timedelta())
    foreseen = _has_forecast(samples, columns) or not any(
        is_over(datetime.combine(day, datetime.min.time()), grain, known_by) for day in known.values()
    )
    return frozenset(
        row
        for row, day in known.items()
        if not is_over(datetime.combine(day, datetime.min.time()), grain, known_by)
        and (day <= today or not foreseen)
    )


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


def _starts(sample: Sample, column: ColumnReading) -> Sequence[datetime | None]:
    """Return when the periods begin, also where they are named by their ends."""
    if column.grain is not Grain.WEEK or not time_names.END.among(sample.names):
        return column.moments
    back = timedelta(days=_DAYS_OF_WEEK - 1)
    return [moment and moment - back for moment in column.moments]


def _has_forecast(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> bool:
    """Whether a column foresees something, so that rows of the future are meant to be there."""
    return any(
        column.role in {Role.MEASURE, Role.COMPARISON} and names.TARGET.among(sample.names)
        for sample, column in zip(samples, columns, strict=True)
    )
