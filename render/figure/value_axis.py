"""The value axis of a figure: round ticks over thin lines, room for its labels, a line at zero."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from matplotlib.axes import Axes

from render.chart.model import Chart, Notation, Unit
from render.chart.scale import compact_alike, tick_labels, ticks
from render.figure.fonts import literal, text_width
from render.figure.style import GRID, LABEL, ZERO, lifted

_APART_INCHES = 0.12
"""Inches between two labels of a scale that lies."""
_NEAR_ZERO = 0.5
"""Lines whose lowest value is above this part of the highest are drawn without zero."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Places on a value axis and what stands there."""

    places: tuple[float, ...]
    labels: tuple[str, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest place."""
        return self.places[0], self.places[-1]

    def room(self) -> float:
        """How many inches the widest label takes."""
        return max(text_width(label, LABEL) for label in self.labels)


def known(chart: Chart) -> list[float]:
    """Return every value of a chart that is not a gap."""
    return [value for series in chart.series for value in series.values if value is not None]


def value_texts(chart: Chart) -> dict[float, str]:
    """Return what to write for each value of a chart, with the same decimals."""
    values = list(dict.fromkeys(known(chart)))
    return dict(zip(values, compact_alike(values, chart.notation), strict=True))


def scale_of(values: Iterable[float], notation: Notation, *, zero: bool) -> Scale:
    """Return the scale that holds `values`; bars begin at zero, lines only if that does not flatten them."""
    values = list(values) or [0.0]
    low, high = min(values), max(values)
    if zero or 0 <= low <= high * _NEAR_ZERO or low * _NEAR_ZERO <= high <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
    whole = notation.unit is Unit.NUMBER and all(float(value).is_integer() for value in values)
    places = ticks(low, high, whole=whole)
    return Scale(tuple(places), tuple(tick_labels(places, notation)))


def rule(axes: Axes, scale: Scale, *, along: str) -> None:
    """Draw the scale's lines and labels along "x" or "y"."""
    axis = axes.xaxis if along == "x" else axes.yaxis
    labels = scale.labels if along == "y" else _thinned(scale, axes)
    axis.set_ticks(scale.places, [literal(label) for label in labels])
    for label in axis.get_ticklabels() if along == "y" else ():
        lifted(label)
    axis.grid(visible=True, color=GRID, linewidth=1)
    (axes.set_xlim if along == "x" else axes.set_ylim)(*scale.ends)
    if scale.ends[0] <= 0 <= scale.ends[1]:
        (axes.axvline if along == "x" else axes.axhline)(0, color=ZERO, linewidth=1.2, zorder=3)


def _thinned(scale: Scale, axes: Axes) -> list[str]:
    """Return the labels that have room beside one another, zero among them."""
    figure = axes.get_figure(root=True)
    wide = float(axes.get_position().width * figure.get_size_inches()[0]) if figure else 0.0
    place = wide / max(1, len(scale.places) - 1)
    step = math.ceil((scale.room() + _APART_INCHES) / place) if place else 1
    first = scale.places.index(0.0) if 0.0 in scale.places else 0
    return ["" if (at - first) % step else label for at, label in enumerate(scale.labels)]
