"""Clouds of points: one measure over another."""

import math

from matplotlib.figure import Figure

from render.chart_model import Chart
from render.figure_fonts import height_of, text_width, wrapped
from render.figure_style import LABEL, MARGIN, MUTED, PALETTE, PAPER, WIDTH, plot_area, write
from render.figure_values import known, rule, scale_of

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
        chart.positions, [math.nan if value is None else value for value in chart.series[0].values],
        s=size, color=PALETTE[0], alpha=alpha,
        linewidths=0.6, edgecolors=PAPER, zorder=4, clip_on=False,
    )  # fmt: skip
    name = wrapped(chart.x_title, LABEL, right - left, lines=1)
    write(figure, right - text_width(name, LABEL), bottom + height_of("x", LABEL), name, LABEL, MUTED)
