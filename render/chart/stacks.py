"""Parts of a whole: stacked bars, areas that stand on one another, a donut. Only for what adds up."""

import math
from collections.abc import Mapping
from dataclasses import replace

from render import words
from render.chart.bars import pairs_of, running_of
from render.chart.column_data import ColumnData
from render.chart.inputs import MAX_PARTS, Inputs
from render.chart.model import Chart, ChartKind, Series
from render.columns.reading import Role

MAX_SLICES = 6
MAX_STACKS = 12
MAX_OVER_TIME = 36
_SMALLEST = 0.01
"""A slice below this part of the whole cannot be seen."""


def stacked_chart(first: ColumnData, second: ColumnData, inputs: Inputs) -> Chart | None:
    """Draw one bar per item of the longer field, made of the items of the other; None if it has no sense."""
    value = inputs.asked
    along, colours, cells = pairs_of(first, second, value)
    labels, names = list(dict.fromkeys(along.labels)), list(dict.fromkeys(colours.labels))
    if not inputs.adds_up(value, along) or min(value.known) < 0 or len(labels) > MAX_STACKS:
        return None
    if colours.role is Role.TIME and len(names) > MAX_PARTS:
        return None
    sums = {label: -math.fsum(cells.get((label, name), 0.0) for name in names) for label in labels}
    order = along.label_order if along.has_order else None
    labels.sort(key=(order or sums).__getitem__)
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
        unfinished=running_of(along, colours),
    )
    return stack(chart, colours.label_order if colours.has_order else None)


def stacked_measures(group: ColumnData, inputs: Inputs) -> Chart | None:
    """Draw measures that are parts of one whole (online revenue, retail revenue) on one another."""
    values = inputs.stacked
    if len(values) < 2 or group.distinct > MAX_STACKS:  # noqa: PLR2004
        return None
    rows = list(zip(group.labels, *(value.numbers for value in values), strict=True))
    order = group.label_order if group.has_order else None
    rows.sort(key=lambda row: order[row[0]] if order else -math.fsum(value or 0.0 for value in row[1:]))
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
        unfinished=group.running,
    )
    return stack(chart)


def stacked_over_time(lines: Chart, order: Mapping[str, int] | None = None) -> Chart | None:
    """Draw courses of parts as one stack per period."""
    if len(lines.series) < 2 or len(lines.labels) > MAX_OVER_TIME or _has_negative(lines):  # noqa: PLR2004
        return None
    return stack(replace(lines, kind=ChartKind.STACKED_BAR), order)


def area_chart(lines: Chart, order: Mapping[str, int] | None = None) -> Chart | None:
    """Draw courses of parts on one another, or one alone down to zero; None where one has a gap."""
    gaps = any(number is None for series in lines.series for number in series.values)
    return None if gaps or _has_negative(lines) else stack(replace(lines, kind=ChartKind.AREA), order)


def _has_negative(lines: Chart) -> bool:
    return any(value is not None and value < 0 for series in lines.series for value in series.values)


def stack(chart: Chart, ordered: Mapping[str, int] | None = None) -> Chart:
    """Put the largest part first, down at the axis, and sum up those beyond the colours that we have."""
    sizes = {series.name: math.fsum(value or 0.0 for value in series.values) for series in chart.series}
    parts = sorted(chart.series, key=lambda each: sizes[each.name], reverse=True)
    if len(parts) <= MAX_PARTS:
        if ordered:
            parts.sort(key=lambda each: ordered[each.name])
        return replace(chart, series=tuple(parts))
    kept, others = parts[: MAX_PARTS - 1], parts[MAX_PARTS - 1 :]
    columns_of = zip(*(each.values for each in others), strict=True)
    rest = tuple(
        None if set(each) == {None} else math.fsum(value or 0.0 for value in each) for each in columns_of
    )
    return replace(
        chart,
        series=(*kept, Series(words.charts.OTHER, rest)),
        rest=words.charts.OTHER,
        note=words.charts.summed_up(len(others)),
        cut="largest",
    )


def donut_chart(group: ColumnData, inputs: Inputs) -> Chart | None:
    """Draw a few parts of one whole as slices; None for many, for tiny ones and for what does not add up."""
    value = inputs.asked
    adds_up = value.is_whole or (inputs.whole and inputs.adds_up(value))
    if not 2 <= group.distinct <= MAX_SLICES or not adds_up or not value.is_positive:  # noqa: PLR2004
        return None
    if min(value.known) < _SMALLEST * math.fsum(value.known):
        return None
    order = group.label_order if group.has_order else None
    rest = {group.named(group.rest)[cell] for cell in group.rest}
    rows = sorted(
        zip(group.labels, value.known, strict=True),
        key=lambda row: (row[0] in rest, order[row[0]] if order else -row[1]),
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
        unfinished=group.running,
    )
