"""Courses over time, one per measure or per category of a long table: as lines or as areas."""

import itertools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from genie.model import Cell
from render import words
from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series
from render.columns.format_dates import time_writer
from render.columns.kinds import TIMES, Kind
from render.columns.periods import MONTHS_IN, NAMED_KINDS, Grain
from render.columns.times import days_since_1970, own_clock, parse_time, skipped

MAX_LINES = 8
MAX_COURSES = 3 * MAX_LINES
"""Above, the lines that are drawn would be a small part of the data."""
_FILLED = 0.5
"""Part of the moments at which a line has a point, on average; below, the rows are records and no courses."""
_LONGEST = 10
"""Places on a time axis for each that has a row; where more would be empty, the gaps are left as they are."""

_STEPS = {Grain.MINUTE: Grain.HOUR}
_DAY = timedelta(days=1)
_FRIDAY = 4

Place = datetime | Cell
"""A moment, or a period of which only the order is known."""
_Point = tuple[Place, float | None]


def courses(time: ColumnData, group: ColumnData | None, values: Sequence[ColumnData]) -> Chart | None:
    """Put `values` over `time`, or the first of them per item of `group`; None if that makes no lines."""
    places = time.moments or time.cells
    lines = _by_group(group, places, values[0]) if group else _by_measure(places, values)
    if any(len({place for place, _ in points}) < len(points) for points in lines.values()):
        return None
    if group and (len(lines) > MAX_COURSES or len(places) < _FILLED * len(lines) * len(set(places))):
        return None
    axis = _axis(time)
    return Chart(
        kind=ChartKind.LINE,
        title="",
        x_title=time.name,
        y_title=values[0].name if group else words.charts.listed(value.name for value in values),
        labels=axis.labels,
        series=tuple(
            Series(name, tuple(map(dict(points).get, axis.places))) for name, points in lines.items()
        ),
        alt_text="",
        unit=values[0].unit,
        sign=values[0].sign,
        positions=axis.positions,
        grain=axis.grain,
        series_title=group.name if group else "",
        unfinished=axis.unfinished,
    )


def line_chart(all_lines: Chart, order: Mapping[str, int] | None = None) -> Chart | None:
    """Draw the lines, the highest of them if there are more than can be told apart.

    None for more lines of an `order` than that: without some of them it would tell little.
    """
    count = len(all_lines.series)
    if order and count > MAX_LINES:
        return None
    by_height = partial(_lowest, _over(all_lines))
    drawn = sorted(all_lines.series, key=(lambda each: order[each.name]) if order else by_height)[:MAX_LINES]
    note = words.charts.lines_cut(len(drawn), count) if len(drawn) < count else ""
    return replace(all_lines, series=tuple(drawn), note=note, cut="highest" if note else "")


def _by_measure(places: Sequence[Place], values: Sequence[ColumnData]) -> dict[str, list[_Point]]:
    return {value.name: list(zip(places, value.numbers, strict=True)) for value in values}


def _by_group(group: ColumnData, places: Sequence[Place], value: ColumnData) -> dict[str, list[_Point]]:
    lines: dict[str, list[_Point]] = {}
    for name, place, number in zip(group.labels, places, value.numbers, strict=True):
        lines.setdefault(name, []).append((place, number))
    return lines


def _over(chart: Chart) -> Collection[int]:
    """Return the places whose period is over, which have the highest value; all of them where none is."""
    every = range(len(chart.labels))
    return [at for at in every if chart.labels[at] not in chart.unfinished] or every


def _lowest(over: Collection[int], series: Series) -> float:
    known = [value for at in over if (value := series.values[at]) is not None]
    return -max(known, default=float("-inf"))


@dataclass(frozen=True, slots=True)
class _Axis:
    """The places of a time that stand beside one another, and what each is called."""

    places: Sequence[Place]
    labels: tuple[str, ...]
    positions: tuple[float, ...] = ()
    grain: Grain | None = None
    unfinished: tuple[str, ...] = ()


def _axis(time: ColumnData) -> _Axis:
    """Return the moments of a time without holes, or its labels in the order of the rows."""
    known = sorted({moment for moment in time.moments if moment is not None})
    if not known:
        cells = tuple(dict.fromkeys(time.cells))
        labels = time.named(cells)
        return _Axis(cells, tuple(labels[cell] for cell in cells))
    grain = time.reading.grain or Grain.DAY
    step = _STEPS.get(grain, grain)
    axis = _without_holes(known, step)
    grain = _shown_as(step, time, axis)
    names = dict(zip(axis, _labels(axis, time, grain), strict=True))
    running = sorted({moment for at in time.unfinished if (moment := time.moments[at])})
    return _Axis(
        axis,
        tuple(names.values()),
        tuple(days_since_1970(_begun(moment, step)) for moment in axis),
        grain,
        tuple(names[moment] for moment in running),
    )


def _begun(moment: datetime, step: Grain) -> datetime:
    """Return where a moment stands on the axis: the last day of a month stands for the month."""
    return moment.replace(day=1) if step in MONTHS_IN else moment


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
    there = {_month(moment) for moment in axis}
    first, last = _month(axis[0]), _month(axis[-1])
    one_month_of_two_years = len(axis) == 2 and axis[0].month == axis[1].month  # noqa: PLR2004
    if one_month_of_two_years or (last - first) // months > _LONGEST * len(axis):
        return axis
    missing = (at for at in range(first, last, months) if at not in there)
    return sorted([*axis, *(datetime(at // 12, at % 12 + 1, 1) for at in missing)])  # noqa: DTZ001 (no zone is meant)


def _month(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1


def _without_days_missing(axis: list[datetime], grain: Grain) -> list[datetime]:
    """Fill up what comes in even steps of hours, days or weeks, unless only weekends are missing."""
    steps = Counter(later - earlier for earlier, later in itertools.pairwise(axis))
    step = _DAY if grain is Grain.DAY else steps.most_common(1)[0][0]
    count = (axis[-1] - axis[0]) // step
    if count > len(axis) / _FILLED or any(between % step for between in steps):
        return axis
    every = {axis[0] + at * step for at in range(count)}
    missing = every.difference(axis)
    missing -= skipped(missing)
    if grain is Grain.DAY and all(day.weekday() > _FRIDAY for day in missing):
        return axis
    return sorted(missing.union(axis))


def _labels(axis: Sequence[datetime], time: ColumnData, grain: Grain) -> list[str]:
    """Write the moments as dates, or as the rows call those that they have if it is in their own way."""
    cells = [moment.isoformat() for moment in axis]
    kind = time.kind if time.kind is Kind.WEEK else NAMED_KINDS.get(grain, Kind.TIME)
    dates = list(map(time_writer(cells, kind, time.locale), cells))
    if time.kind in TIMES and not _has_clocks(time, axis):
        return dates
    called = dict(zip(time.moments, time.labels, strict=True))
    return [called.get(moment, date) for moment, date in zip(axis, dates, strict=True)]


def _has_clocks(time: ColumnData, axis: Sequence[datetime]) -> bool:
    """Whether the rows show other clocks than the axis, which has one: summer time ended between them."""
    ends = {axis[0], axis[-1]}
    pairs = zip(time.cells, time.moments, strict=True)
    shown = ((parse_time(cell), moment) for cell, moment in pairs if cell is not None and moment in ends)
    return any(own and own.tzinfo and own_clock(own) != moment for own, moment in shown)
