"""Courses over time, one per measure or per category of a long table: as lines or as areas."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from render import words
from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series
from render.columns.format_dates import time_writer
from render.columns.kinds import Kind
from render.columns.names import name_words
from render.columns.periods import MONTHS_IN, Grain, grain_of
from render.columns.times import days_since_1970

MAX_LINES = 8
MAX_COURSES = 3 * MAX_LINES
"""Above, the lines that are drawn would be a small part of the data."""
_FILLED = 0.5
"""Part of the moments at which a line has a point, on average; below, the rows are records and no courses."""
_LONGEST = 10
"""Places on a time axis for each that has a row; where more would be empty, the gaps are left as they are."""

_KINDS = {
    Grain.MONTH: Kind.MONTH,
    Grain.QUARTER: Kind.QUARTER,
    Grain.YEAR: Kind.YEAR,
}
_DAY = timedelta(days=1)
_FRIDAY = 4

_Point = tuple[datetime, float | None]


def courses(
    time: ColumnData, moments: Sequence[datetime], group: ColumnData | None, values: Sequence[ColumnData]
) -> Chart | None:
    """Put `values` over `moments`, or the first of them per item of `group`; None if that makes no lines."""
    lines = _by_group(group, moments, values[0]) if group else _by_measure(moments, values)
    if any(len({moment for moment, _ in points}) < len(points) for points in lines.values()):
        return None
    if group and (len(lines) > MAX_COURSES or len(moments) < _FILLED * len(lines) * len(set(moments))):
        return None
    axis = sorted(set(moments))
    step = grain_of(time.kind, name_words(time.column.name), axis)
    axis, grain = _without_holes(axis, step), _shown_as(step, time, axis)
    return Chart(
        kind=ChartKind.LINE,
        title="",
        x_title=time.name,
        y_title=values[0].name if group else words.charts.listed(value.name for value in values),
        labels=_labels(axis, time, grain),
        series=tuple(Series(name, tuple(map(dict(points).get, axis))) for name, points in lines.items()),
        alt_text="",
        unit=values[0].unit,
        sign=values[0].sign,
        positions=tuple(days_since_1970(moment) for moment in axis),
        grain=grain,
        series_title=group.name if group else "",
    )


def line_chart(all_lines: Chart) -> Chart:
    """Draw the lines, the highest of them if there are more than can be told apart."""
    drawn = sorted(all_lines.series, key=_highest, reverse=True)[:MAX_LINES]
    count = len(all_lines.series)
    note = words.charts.lines_cut(len(drawn), count) if len(drawn) < count else ""
    return replace(all_lines, series=tuple(drawn), note=note)


def _by_measure(moments: Sequence[datetime], values: Sequence[ColumnData]) -> dict[str, list[_Point]]:
    return {value.name: list(zip(moments, value.numbers, strict=True)) for value in values}


def _by_group(group: ColumnData, moments: Sequence[datetime], value: ColumnData) -> dict[str, list[_Point]]:
    lines: dict[str, list[_Point]] = {}
    for name, moment, number in zip(group.labels, moments, value.numbers, strict=True):
        lines.setdefault(name, []).append((moment, number))
    return lines


def _highest(series: Series) -> float:
    return max((value for value in series.values if value is not None), default=float("-inf"))


def _shown_as(step: Grain, time: ColumnData, axis: Sequence[datetime]) -> Grain:
    """Return what a period is called: three months are a quarter only where the column says so."""
    only_months = step is Grain.QUARTER and time.kind is not Kind.QUARTER
    is_other_year = step is Grain.YEAR and any(moment.month > 1 for moment in axis)
    return Grain.MONTH if only_months or is_other_year else step


def _without_holes(axis: list[datetime], grain: Grain) -> list[datetime]:
    """Add the periods that have no row: a line is broken there, not drawn across."""
    months = MONTHS_IN.get(grain)
    if months is None:
        return _without_days_missing(axis, grain)
    first, last = (moment.year * 12 + moment.month - 1 for moment in (axis[0], axis[-1]))
    one_month_of_two_years = len(axis) == 2 and axis[0].month == axis[1].month  # noqa: PLR2004
    if one_month_of_two_years or (last - first) // months > _LONGEST * len(axis):
        return axis
    every = {axis[0].replace(year=at // 12, month=at % 12 + 1) for at in range(first, last, months)}
    return sorted(every.union(axis))


def _without_days_missing(axis: list[datetime], grain: Grain) -> list[datetime]:
    """Fill up what comes in even steps of hours, days or weeks, unless only weekends are missing."""
    steps = Counter(later - earlier for earlier, later in itertools.pairwise(axis))
    step = _DAY if grain is Grain.DAY else steps.most_common(1)[0][0]
    count = (axis[-1] - axis[0]) // step
    if count > len(axis) / _FILLED or any(between % step for between in steps):
        return axis
    every = {axis[0] + at * step for at in range(count)}
    missing = every.difference(axis)
    if grain is Grain.DAY and all(day.weekday() > _FRIDAY for day in missing):
        return axis
    return sorted(every.union(axis))


def _labels(axis: Sequence[datetime], time: ColumnData, grain: Grain) -> tuple[str, ...]:
    cells = [moment.isoformat() for moment in axis]
    return tuple(map(time_writer(cells, _KINDS.get(grain, Kind.TIME), time.locale), cells))
