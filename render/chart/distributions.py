"""Charts of many records: where their values lie (histogram), how two measures go together (scatter)."""

import itertools
import math
from collections.abc import Sequence

from render import words
from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series
from render.chart.scale import compact, ticks

MIN_SCATTER = 5
MAX_SCATTER = 2000
MIN_HISTOGRAM = 20
_MIN_VALUES = 8
"""Different values from which on their distribution is worth a picture."""
_MOST_BINS = 16
_FAR_OUT = 1.6
"""A highest value beyond this many times the 99th percentile would press all others into one bar."""


def scatter_chart(numbers: Sequence[ColumnData]) -> Chart | None:
    """Draw the second measure over the first, a point per row; None for a few points."""
    if len(numbers) < 2:  # noqa: PLR2004
        return None
    across, up = numbers[:2]
    points = [
        (x, y) for x, y in zip(across.numbers, up.numbers, strict=True) if x is not None and y is not None
    ]
    if len(points) < MIN_SCATTER:
        return None
    stride = -(-len(points) // MAX_SCATTER)
    drawn = points[::stride]
    return Chart(
        kind=ChartKind.SCATTER,
        title="",
        x_title=across.name,
        y_title=up.name,
        labels=("",) * len(drawn),
        series=(Series(up.name, tuple(y for _, y in drawn)),),
        alt_text="",
        note=words.charts.every_nth(stride, len(points), up.locale) if stride > 1 else "",
        unit=up.unit,
        sign=up.sign,
        positions=tuple(x for x, _ in drawn),
        x_unit=across.unit,
        x_sign=across.sign,
    )


def histogram(value: ColumnData) -> Chart | None:
    """Count the rows in even steps of a measure; None for few rows or few different values."""
    values = sorted(value.known)
    if len(values) < MIN_HISTOGRAM or len(set(values)) < _MIN_VALUES:
        return None
    typical = values[math.ceil(0.99 * len(values)) - 1]
    top = typical if values[-1] > _FAR_OUT * abs(typical) > 0 else values[-1]
    whole = all(number.is_integer() for number in values)
    edges = ticks(values[0], top, steps=min(_MOST_BINS, math.ceil(math.sqrt(len(values)))), whole=whole)
    counts = [0] * (len(edges) - 1)
    beyond = 0
    for number in values:
        if number > edges[-1]:
            beyond += 1
            continue
        at = min(int((number - edges[0]) / (edges[1] - edges[0]) + 1e-9), len(counts) - 1)
        counts[at] += 1
    labels = tuple(
        words.charts.between(compact(low, value.notation), compact(high, value.notation))
        for low, high in itertools.pairwise(edges)
    )
    return Chart(
        kind=ChartKind.HISTOGRAM,
        title="",
        x_title=value.name,
        y_title=words.charts.COUNT,
        labels=labels,
        series=(Series(words.charts.COUNT, tuple(map(float, counts))),),
        alt_text="",
        note=words.charts.beyond(beyond, compact(edges[-1], value.notation), value.locale) if beyond else "",
        positions=tuple(edges),
        x_unit=value.unit,
        x_sign=value.sign,
    )
