"""How often values occur: bars that touch, between the edges of their steps."""

import math
from itertools import pairwise

from matplotlib.figure import Figure

from render.chart.model import Chart, Notation
from render.chart.scale import tick_labels
from render.figure.fonts import height_of, literal, text_width, wrapped
from render.figure.style import LABEL, MARGIN, MUTED, PALETTE, PAPER, WIDTH, plot_area, write
from render.figure.value_axis import known, rule, scale_of

_PAD = 0.1


def draw_histogram(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw one bar per step between these heights in inches, with the measure's name below."""
    up = scale_of(known(chart), Notation(locale=chart.locale), zero=True)
    edges = chart.positions
    texts = tick_labels(edges, chart.x_notation)
    left = max(MARGIN + up.room() + _PAD, MARGIN + text_width(texts[0], LABEL) / 2)
    right = WIDTH - MARGIN - text_width(texts[-1], LABEL) / 2
    below = 2 * height_of("x", LABEL) + 0.15
    axes = plot_area(figure, left, bottom + below, right, top - 0.1)
    rule(axes, up, along="y")
    widths = [after - before for before, after in pairwise(edges)]
    heights = [value or 0.0 for value in chart.series[0].values]
    axes.bar(edges[:-1], heights, widths, align="edge", color=PALETTE[0], edgecolor=PAPER, linewidth=1)
    axes.set_xlim(edges[0], edges[-1])
    room = (right - left) / len(widths)
    step = next(
        (each for each in (1, 2, 4, 5, 10) if each * room > max(text_width(t, LABEL) for t in texts) + 0.15),
        20,
    )
    named = edges[::step]
    axes.set_xticks(named, [literal(text) for text in tick_labels(named, chart.x_notation)])
    name = wrapped(chart.x_title, LABEL, right - left, lines=1)
    write(figure, right - text_width(name, LABEL), bottom + height_of("x", LABEL), name, LABEL, MUTED)


_PAD = 0.1
_POINTS = ((100, 46, 0.75), (600, 24, 0.5), (math.inf, 12, 0.5))
"""Up to how many points, the area of each in square points, and how much it covers."""


def draw_scatter(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw a point per row between these heights in inches, with both axes named."""
    up = scale_of(known(chart), chart.notation, zero=False)
    across = scale_of(chart.positions, chart.x_notation, zero=False)
    left = MARGIN + up.room() + _PAD
    below = 2 * height_of("x", LABEL) + 0.15
    right = WIDTH - MARGIN - text_width(across.labels[-1], LABEL) / 2
    axes = plot_area(figure, left, bottom + below, right, top - 0.1)
    rule(axes, up, along="y")
    rule(axes, across, along="x")
    size, alpha = next(look for most, *look in _POINTS if len(chart.positions) <= most)
    axes.scatter(
        chart.positions,
        [math.nan if value is None else value for value in chart.series[0].values],
        s=size,
        color=PALETTE[0],
        alpha=alpha,
        linewidths=0.6,
        edgecolors=PAPER,
        zorder=4,
        clip_on=False,
    )
    name = wrapped(chart.x_title, LABEL, right - left, lines=1)
    write(figure, right - text_width(name, LABEL), bottom + height_of("x", LABEL), name, LABEL, MUTED)
