"""Lines over time: one per measure, or one per category of a long table."""

from collections.abc import Sequence
from datetime import datetime

from render import columns
from render.chart_model import Chart, Grain, Kind, Series
from render.dates import show_time
from render.fields import Field
from render.time_axis import position
from render.times import starts_month

MAX_LINES = 8
_MAX_GROUPS = 3 * MAX_LINES
"""Above, the lines that are drawn would be a small part of the data."""
_FILLED = 0.5
"""Part of the moments at which a line has a point, on average; below, the rows are records and no courses."""

_MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_KINDS = {
    Grain.MONTH: columns.Kind.MONTH,
    Grain.QUARTER: columns.Kind.QUARTER,
    Grain.YEAR: columns.Kind.YEAR,
}

_Point = tuple[datetime, float | None]


def line_chart(
    time: Field, moments: Sequence[datetime], group: Field | None, values: Sequence[Field]
) -> Chart | None:
    """Draw `values` over `moments`, or the first of them per item of `group`; None if that makes no lines."""
    lines = _by_group(group, moments, values[0]) if group else _by_measure(moments, values)
    if any(len({moment for moment, _ in points}) < len(points) for points in lines.values()):
        return None
    if group and (len(lines) > _MAX_GROUPS or len(moments) < _FILLED * len(lines) * len(set(moments))):
        return None
    grain = _grain(time.kind, moments)
    axis = _without_holes(sorted(set(moments)), grain)
    every = [Series(name, tuple(map(dict(points).get, axis))) for name, points in lines.items()]
    drawn = sorted(every, key=_highest, reverse=True)[:MAX_LINES]
    return Chart(
        kind=Kind.LINE,
        title="",
        x_title=time.name,
        y_title=values[0].name if group else " and ".join(value.name for value in values),
        labels=tuple(_label(moment, grain) for moment in axis),
        series=tuple(drawn),
        alt_text="",
        note=f"The {len(drawn)} highest of {len(every)} lines." if len(drawn) < len(every) else "",
        unit=values[0].unit,
        positions=tuple(position(moment) for moment in axis),
        grain=grain,
    )


def _by_measure(moments: Sequence[datetime], values: Sequence[Field]) -> dict[str, list[_Point]]:
    return {value.name: list(zip(moments, value.numbers, strict=True)) for value in values}


def _by_group(group: Field, moments: Sequence[datetime], value: Field) -> dict[str, list[_Point]]:
    lines: dict[str, list[_Point]] = {}
    for name, moment, number in zip(group.labels, moments, value.numbers, strict=True):
        lines.setdefault(name, []).append((moment, number))
    return lines


def _highest(series: Series) -> float:
    return max((value for value in series.values if value is not None), default=float("-inf"))


def _grain(kind: columns.Kind, moments: Sequence[datetime]) -> Grain:
    if not all(moment.time() == datetime.min.time() for moment in moments):
        return Grain.HOUR
    if not all(starts_month(moment) for moment in moments):
        return Grain.DAY
    if kind is columns.Kind.YEAR or {moment.month for moment in moments} == {1}:
        return Grain.YEAR
    return Grain.QUARTER if kind is columns.Kind.QUARTER else Grain.MONTH


def _without_holes(axis: list[datetime], grain: Grain) -> list[datetime]:
    """Add the months, quarters or years that have no row: a line is broken there, not drawn across."""
    months = _MONTHS_IN.get(grain)
    if months is None:
        return axis
    first, last = (moment.year * 12 + moment.month - 1 for moment in (axis[0], axis[-1]))
    if (last - first) // months > 10 * len(axis):
        return axis
    every = {axis[0].replace(year=at // 12, month=at % 12 + 1) for at in range(first, last, months)}
    return sorted(every.union(axis))


def _label(moment: datetime, grain: Grain) -> str:
    return show_time(moment.isoformat(), _KINDS.get(grain, columns.Kind.TIME))
