"""Courses over time, one per measure or per category of a long table: as lines or as areas."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from render import words
from render.chart.field import Field
from render.chart.model import Chart, Grain, Kind, Series
from render.chart.time_axis import position
from render.columns import kinds
from render.columns.format_dates import time_writer
from render.columns.names import name_words
from render.columns.times import starts_month

MAX_LINES = 8
MAX_COURSES = 3 * MAX_LINES
"""Above, the lines that are drawn would be a small part of the data."""
_FILLED = 0.5
"""Part of the moments at which a line has a point, on average; below, the rows are records and no courses."""
_LONGEST = 10
"""Places on a time axis for each that has a row; where more would be empty, the gaps are left as they are."""

_MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_KINDS = {
    Grain.MONTH: kinds.Kind.MONTH,
    Grain.QUARTER: kinds.Kind.QUARTER,
    Grain.YEAR: kinds.Kind.YEAR,
}
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_FRIDAY = 4

_Point = tuple[datetime, float | None]


def courses(
    time: Field, moments: Sequence[datetime], group: Field | None, values: Sequence[Field]
) -> Chart | None:
    """Put `values` over `moments`, or the first of them per item of `group`; None if that makes no lines."""
    lines = _by_group(group, moments, values[0]) if group else _by_measure(moments, values)
    if any(len({moment for moment, _ in points}) < len(points) for points in lines.values()):
        return None
    if group and (len(lines) > MAX_COURSES or len(moments) < _FILLED * len(lines) * len(set(moments))):
        return None
    grain = _grain(time, moments)
    axis = _without_holes(sorted(set(moments)), grain)
    return Chart(
        kind=Kind.LINE,
        title="",
        x_title=time.name,
        y_title=values[0].name if group else words.charts.listed(value.name for value in values),
        labels=_labels(axis, time, grain),
        series=tuple(Series(name, tuple(map(dict(points).get, axis))) for name, points in lines.items()),
        alt_text="",
        unit=values[0].unit,
        sign=values[0].sign,
        positions=tuple(position(moment) for moment in axis),
        grain=grain,
        series_title=group.name if group else "",
    )


def line_chart(all_lines: Chart) -> Chart:
    """Draw the lines, the highest of them if there are more than can be told apart."""
    drawn = sorted(all_lines.series, key=_highest, reverse=True)[:MAX_LINES]
    count = len(all_lines.series)
    note = words.charts.lines_cut(len(drawn), count) if len(drawn) < count else ""
    return replace(all_lines, series=tuple(drawn), note=note)


def _by_measure(moments: Sequence[datetime], values: Sequence[Field]) -> dict[str, list[_Point]]:
    return {value.name: list(zip(moments, value.numbers, strict=True)) for value in values}


def _by_group(group: Field, moments: Sequence[datetime], value: Field) -> dict[str, list[_Point]]:
    lines: dict[str, list[_Point]] = {}
    for name, moment, number in zip(group.labels, moments, value.numbers, strict=True):
        lines.setdefault(name, []).append((moment, number))
    return lines


def _highest(series: Series) -> float:
    return max((value for value in series.values if value is not None), default=float("-inf"))


def _grain(time: Field, moments: Sequence[datetime]) -> Grain:
    if not all(moment.time() == datetime.min.time() for moment in moments):
        return Grain.HOUR
    if not all(starts_month(moment) for moment in moments):
        weekly = "week" in name_words(time.column.name) and len({m.weekday() for m in moments}) == 1
        return Grain.WEEK if weekly else Grain.DAY
    if time.kind is kinds.Kind.YEAR or {moment.month for moment in moments} == {1}:
        return Grain.YEAR
    return Grain.QUARTER if time.kind is kinds.Kind.QUARTER else Grain.MONTH


def _without_holes(axis: list[datetime], grain: Grain) -> list[datetime]:
    """Add the periods that have no row: a line is broken there, not drawn across."""
    months = _MONTHS_IN.get(grain)
    if months is None:
        return _without_days_missing(axis, grain)
    first, last = (moment.year * 12 + moment.month - 1 for moment in (axis[0], axis[-1]))
    if (last - first) // months > _LONGEST * len(axis):
        return axis
    every = {axis[0].replace(year=at // 12, month=at % 12 + 1) for at in range(first, last, months)}
    return sorted(every.union(axis))


def _without_days_missing(axis: list[datetime], grain: Grain) -> list[datetime]:
    """Fill up what comes in even steps of hours, days or weeks, unless only weekends are missing."""
    steps = Counter(later - earlier for earlier, later in itertools.pairwise(axis))
    step = {Grain.DAY: _DAY, Grain.WEEK: _WEEK}.get(grain) or steps.most_common(1)[0][0]
    count = (axis[-1] - axis[0]) // step
    if count > len(axis) / _FILLED or any(between % step for between in steps):
        return axis
    every = {axis[0] + at * step for at in range(count)}
    missing = every.difference(axis)
    if grain is Grain.DAY and all(day.weekday() > _FRIDAY for day in missing):
        return axis
    return sorted(every.union(axis))


def _labels(axis: Sequence[datetime], time: Field, grain: Grain) -> tuple[str, ...]:
    cells = [moment.isoformat() for moment in axis]
    return tuple(map(time_writer(cells, _KINDS.get(grain, kinds.Kind.TIME), time.locale), cells))
