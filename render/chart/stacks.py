"""Parts of a whole: stacked bars, areas that stand on one another, a donut. Only for what adds up."""

from collections.abc import Sequence
from dataclasses import replace

from render import words
from render.chart.bars import pairs_of
from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series
from render.columns.names import name_words

MAX_SLICES = 6
MAX_PARTS = 6
"""Colours of a stack, with one for the rest."""
MAX_STACKS = 12
MAX_OVER_TIME = 36
_SMALLEST = 0.01
"""A slice below this part of the whole cannot be seen."""


def stacked_chart(first: ColumnData, second: ColumnData, value: ColumnData) -> Chart | None:
    """Draw one bar per item of the longer field, made of the items of the other; None if it has no sense."""
    along, colours, cells = pairs_of(first, second, value)
    labels, names = list(dict.fromkeys(along.labels)), list(dict.fromkeys(colours.labels))
    if not value.adds_up or min(value.known) < 0 or len(labels) > MAX_STACKS:
        return None
    sums = {label: sum(cells.get((label, name), 0.0) for name in names) for label in labels}
    labels.sort(key=along.order.__getitem__ if along.order else lambda label: -sums[label])
    parts = [Series(name, tuple(cells.get((label, name)) for label in labels)) for name in names]
    chart = Chart(
        ChartKind.STACKED_BAR,
        "",
        along.name,
        value.name,
        tuple(labels),
        tuple(parts),
        "",
        unit=value.unit,
        sign=value.sign,
        series_title=colours.name,
    )
    return stack(chart, ordered=colours.order)


def stacked_measures(group: ColumnData, values: Sequence[ColumnData]) -> Chart | None:
    """Draw measures that share their last word (online revenue, retail revenue) as parts of one bar each."""
    kin = {name_words(value.column.name)[-1:][0] for value in values if name_words(value.column.name)}
    total = any("total" in name_words(value.column.name) for value in values)
    if len(values) < 2 or len(kin) > 1 or total or group.distinct > MAX_STACKS:  # noqa: PLR2004
        return None
    if not all(value.adds_up and min(value.known) >= 0 for value in values):
        return None
    rows = list(zip(group.labels, *(value.numbers for value in values), strict=True))
    order = group.order
    rows.sort(key=lambda row: order[row[0]] if order else -sum(value or 0.0 for value in row[1:]))
    names = [value.name for value in values]
    labels, *numbers = zip(*rows, strict=True)
    parts = tuple(Series(name, tuple(each)) for name, each in zip(names, numbers, strict=True))
    chart = Chart(
        ChartKind.STACKED_BAR,
        "",
        group.name,
        words.charts.listed(names),
        tuple(map(str, labels)),
        parts,
        "",
        unit=values[0].unit,
        sign=values[0].sign,
    )
    return stack(chart)


def stacked_over_time(lines: Chart, value: ColumnData) -> Chart | None:
    """Draw courses of parts as one stack per period."""
    if not _are_parts(lines, value) or len(lines.labels) > MAX_OVER_TIME:
        return None
    return stack(replace(lines, kind=ChartKind.STACKED_BAR))


def area_chart(lines: Chart, value: ColumnData) -> Chart | None:
    """Draw courses of parts on one another, or one alone down to zero; None where one has a gap."""
    gaps = any(number is None for series in lines.series for number in series.values)
    if gaps or not (_are_parts(lines, value) or (len(lines.series) == 1 and min(value.known) >= 0)):
        return None
    return stack(replace(lines, kind=ChartKind.AREA))


def _are_parts(lines: Chart, value: ColumnData) -> bool:
    return len(lines.series) > 1 and value.adds_up and min(value.known) >= 0


def stack(chart: Chart, ordered: dict[str, int] | None = None) -> Chart:
    """Put the largest part first, down at the axis, and sum up those beyond the colours that we have."""
    sizes = {series.name: sum(value or 0.0 for value in series.values) for series in chart.series}
    parts = sorted(chart.series, key=lambda each: sizes[each.name], reverse=True)
    if len(parts) <= MAX_PARTS:
        if ordered:
            parts.sort(key=lambda each: ordered[each.name])
        return replace(chart, series=tuple(parts))
    kept, others = parts[: MAX_PARTS - 1], parts[MAX_PARTS - 1 :]
    columns_of = zip(*(each.values for each in others), strict=True)
    rest = tuple(None if set(each) == {None} else sum(value or 0.0 for value in each) for each in columns_of)
    return replace(
        chart,
        series=(*kept, Series(words.charts.OTHER, rest)),
        rest=words.charts.OTHER,
        note=words.charts.summed_up(len(others)),
    )


def donut_chart(group: ColumnData, value: ColumnData, *, whole: bool) -> Chart | None:
    """Draw a few parts of one whole as slices; None for many, for tiny ones and for what does not add up."""
    adds_up = value.is_whole or (whole and value.adds_up)
    if not 2 <= group.distinct <= MAX_SLICES or not adds_up or not value.is_positive:  # noqa: PLR2004
        return None
    if min(value.known) < _SMALLEST * sum(value.known):
        return None
    order = group.order
    rows = sorted(
        zip(group.labels, value.known, strict=True), key=lambda row: order[row[0]] if order else -row[1]
    )
    labels, numbers = zip(*rows, strict=True)
    return Chart(
        ChartKind.DONUT,
        "",
        group.name,
        value.name,
        labels,
        (Series(value.name, numbers),),
        "",
        unit=value.unit,
        sign=value.sign,
    )
