"""The names under upright bars: wrapped, thinned out where there is no room, years only where they change."""

import math
from collections.abc import Sequence

from render.chart.model import Chart
from render.chart.time_axis import labels as time_labels
from render.columns.periods import Grain
from render.columns.times import moment_at
from render.figure.fonts import text_width, wrapped
from render.figure.style import LABEL

MOST_WRAPPED = 12
"""Bars up to which each has its name, in two lines if need be."""
_PAD = 0.1


def under_bars(chart: Chart, slot: float) -> list[str]:
    """Return what stands under each bar that has `slot` inches, with as many lines each."""
    if chart.grain:
        return _periods(chart, chart.grain, slot)
    step = stride(chart.labels, slot)
    return [
        "" if at % step else wrapped(label, LABEL, step * slot - 0.06)
        for at, label in enumerate(chart.labels)
    ]


def _periods(chart: Chart, grain: Grain, slot: float) -> list[str]:
    """Name every nth period, so that the first is named."""
    moments = [moment_at(place) for place in chart.positions]
    step = 1
    while True:
        names = time_labels(moments[::step], grain, chart.locale)
        widest = max(text_width(line, LABEL) for name in names for line in name.split("\n"))
        if widest + _PAD <= step * slot or step >= len(moments):
            break
        step += 1
    lines = max(name.count("\n") for name in names)
    full = [name + "\n " * (lines - name.count("\n")) for name in names]
    return [full[at // step] if at % step == 0 else "" for at in range(len(moments))]


def stride(labels: Sequence[str], slot: float) -> int:
    """Return of how many bars one is named: 24 hours have no room for all their names."""
    if len(labels) <= MOST_WRAPPED:
        return 1
    return math.ceil((max(text_width(label, LABEL) for label in labels) + _PAD) / slot)
