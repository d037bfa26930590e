"""The names under upright bars: wrapped, thinned out where there is no room, years only where they change."""

import math
from collections.abc import Sequence

from render.chart.model import Chart
from render.chart.time_axis import labels as time_labels
from render.columns.periods import Grain
from render.columns.times import moment_at
from render.figure.fonts import names_within, text_width
from render.figure.style import LABEL
from render.words.results.charts import SO_FAR

MOST_WRAPPED = 12
"""Bars up to which each has its name, in two lines if need be."""
_PAD = 0.1
_OVER = 1.15
"""How far words may stand beyond a bar: into half of the gap, at both sides."""


def under_bars(chart: Chart, slot: float) -> list[str]:
    """Return what stands under each bar that has `slot` inches, with as many lines each."""
    if chart.grain:
        return _marked(chart, _periods(chart, chart.grain, slot), slot)
    step = stride(chart.labels, slot)
    names = names_within(chart.labels, LABEL, step * slot - 0.06)
    return ["" if at % step else name for at, name in enumerate(names)]


def _marked(chart: Chart, names: list[str], slot: float) -> list[str]:
    """Say below the name of a period that it is not over, where there is room."""
    marked = {at for at, label in enumerate(chart.labels) if label in chart.unfinished and names[at]}
    if not marked or text_width(SO_FAR, LABEL) > _OVER * slot:
        return names
    free = all(names[at].endswith("\n ") for at in marked)
    lines = [name if free or not name else f"{name}\n " for name in names]
    return [name.removesuffix(" ") + SO_FAR if at in marked else name for at, name in enumerate(lines)]


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
