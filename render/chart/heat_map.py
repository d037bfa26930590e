"""A heat map: two categories, or time and a category, and a colour for the measure of each pair."""

import math
from collections.abc import Mapping
from dataclasses import replace

from wcwidth import width

from render.chart.bars import pairs_of, running_of
from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series

MAX_ACROSS = 31
MAX_DOWN = 20
_FEWEST = 3
"""Rows and columns below which bars say it better."""
_FILLED = 0.5
_LINE_CHARACTERS = 40
"""Characters that fit beside one another below the columns."""


def heat_map(first: ColumnData, second: ColumnData, value: ColumnData) -> Chart | None:
    """Lay the field with more items across and the other down; None for few, many or scattered pairs."""
    return matrix(*pairs_of(first, second, value), value)


def matrix(
    across: ColumnData, down: ColumnData, cells: Mapping[tuple[str, str], float], value: ColumnData
) -> Chart | None:
    """Lay one field across and another down, unless the names of the first need the room beside the rows."""
    along, below = _ordered(across, cells, 0), _ordered(down, cells, 1)
    if _is_wide(along) and len(along) <= MAX_DOWN and max(map(width, along)) > max(map(width, below)):
        across, down, along, below = down, across, below, along
        cells = {(name, label): number for (label, name), number in cells.items()}
    if not _FEWEST <= len(along) <= MAX_ACROSS or not _FEWEST <= len(below) <= MAX_DOWN:
        return None
    if len(cells) < _FILLED * len(along) * len(below):
        return None
    return Chart(
        kind=ChartKind.HEAT_MAP,
        title="",
        x_title=across.name,
        y_title=value.name,
        labels=tuple(along),
        series=tuple(Series(name, tuple(cells.get((label, name)) for label in along)) for name in below),
        alt_text="",
        unit=value.unit,
        sign=value.sign,
        series_title=down.name,
        unfinished=running_of(across, down),
    )


def heat_map_over_time(lines: Chart, order: Mapping[str, int] | None) -> Chart | None:
    """Show courses as rows of colours: many lines that would cross one another."""
    if not _FEWEST <= len(lines.labels) <= MAX_ACROSS or not _FEWEST <= len(lines.series) <= MAX_DOWN:
        return None
    sums = {each.name: -math.fsum(value or 0.0 for value in each.values) for each in lines.series}
    rows = sorted(lines.series, key=lambda each: (order or sums)[each.name])
    return replace(lines, kind=ChartKind.HEAT_MAP, series=tuple(rows))


def _is_wide(labels: list[str]) -> bool:
    """Whether names would have to be clipped to stand below columns."""
    return max(map(width, labels)) * len(labels) > _LINE_CHARACTERS


def _ordered(field: ColumnData, cells: Mapping[tuple[str, str], float], side: int) -> list[str]:
    """Return the items in their own order, else the highest first."""
    items = list(dict.fromkeys(field.labels))
    if order := field.label_order:
        return sorted(items, key=order.__getitem__)
    sums = dict.fromkeys(items, 0.0)
    for pair, number in cells.items():
        sums[pair[side]] += number
    return sorted(items, key=sums.__getitem__, reverse=True)
