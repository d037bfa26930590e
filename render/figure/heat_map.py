"""A heat map: one cell per pair, coloured by its value, which stands in it where there is room."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from render.chart.model import Chart
from render.chart.scale import compact, compact_alike
from render.figure.category_labels import under_bars
from render.figure.fonts import font, height_of, literal, names_within, text_width
from render.figure.style import (
    GRID,
    INK,
    LABEL,
    MARGIN,
    MUTED,
    PAPER,
    SMALL,
    WIDTH,
    ZERO,
    lifted,
    name_columns,
    name_rows,
    plot_area,
    write,
)
from render.figure.value_axis import known
from render.words.results.charts import EMPTY

_ROW, _LOW_ROW = 0.42, 0.3
"""Inches of a row, and of one where there are many."""
_MANY_ROWS = 10
_NAME_ROOM = 1.9
_PAD = 0.1
_KEY = 0.36
_GROUND = "#F7F5F1"
"""A pair without a value, which has a dash."""
_DASH_POINTS = 7
_BLUES = ("#DDEAF7", "#B9D4EC", "#78AEDA", "#3C82BF", "#17558F", "#0C3157")
_BOTH = ("#8A4B08", "#D98324", "#F6D9B5", "#F4F5F7", "#BCD6EE", "#3C82BF", "#0F3F6E")
_DARK = 0.6
"""Part of the scale from which on letters are white (and, where there are two ends, to which)."""
_SHADES = 64


def heat_height(chart: Chart) -> float:
    """Return the inches that the rows, their key and the names below take."""
    row = _LOW_ROW if len(chart.series) > _MANY_ROWS else _ROW
    lines = 2 if chart.grain else 1
    return len(chart.series) * row + _KEY + lines * height_of("x", LABEL) - 0.2


def draw_heat_map(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw a row of cells per series between these heights in inches, below a key of the colours."""
    values = known(chart) or [0.0]
    low, high = min(values), max(values)
    both = low < 0 < high
    if both:
        low, high = -max(-low, high), max(-low, high)
    colours = LinearSegmentedColormap.from_list("", _BOTH if both else _BLUES, _SHADES)
    _draw_key(figure, chart, colours, (low, high), top)
    names = names_within([series.name for series in chart.series], LABEL, _NAME_ROOM, lines=1)
    left = MARGIN + max(text_width(name, LABEL) for name in names) + _PAD
    slot = (WIDTH - MARGIN - left) / len(chart.labels)
    below = under_bars(chart, slot)
    foot = max(height_of(name, LABEL) for name in below) + _PAD
    axes = plot_area(figure, left, bottom + foot, WIDTH - MARGIN, top - _KEY)
    axes.set_xlim(-0.5, len(chart.labels) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    name_columns(axes, below)
    name_rows(axes, names, bold=[series.name in chart.subtotals for series in chart.series])
    cells = [
        (x, y, value, (value - low) / (high - low or 1.0) if value is not None else None)
        for y, series in enumerate(chart.series)
        for x, value in enumerate(series.values)
    ]
    for x, y, _, part in cells:
        colour = _GROUND if part is None else to_hex(colours(part))
        axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor=PAPER, linewidth=1.5))
    _dash(axes, [(x, y) for x, y, value, _ in cells if value is None])
    _write_values(axes, chart, cells, slot, both=both)


def _dash(axes: Axes, places: Sequence[tuple[float, float]]) -> None:
    """Mark the places of what has no value."""
    across, down = [x for x, _ in places], [y for _, y in places]
    axes.plot(across, down, "_", markersize=_DASH_POINTS, color=ZERO, markeredgewidth=1.2, clip_on=False)


def _write_values(
    axes: Axes,
    chart: Chart,
    cells: Sequence[tuple[int, int, float | None, float | None]],
    slot: float,
    *,
    both: bool,
) -> None:
    """Write the values into the cells if every one of them fits."""
    values = list(dict.fromkeys(value for _, _, value, _ in cells if value is not None))
    texts = dict(zip(values, compact_alike(values, chart.notation), strict=True))
    if (
        len(chart.series) > _MANY_ROWS
        or max((text_width(each, SMALL) for each in texts.values()), default=0.0) > slot - 0.08
    ):
        return
    for x, y, value, part in cells:
        if value is not None and part is not None:
            dark = abs(part - 0.5) * 2 > 2 * _DARK - 0.5 if both else part > _DARK
            written = axes.text(
                x,
                y,
                literal(texts[value]),
                ha="center",
                va="center_baseline",
                color=PAPER if dark else INK,
                fontproperties=font(SMALL, texts[value]),
            )
            lifted(written)


def _draw_key(
    figure: Figure, chart: Chart, colours: LinearSegmentedColormap, ends: tuple[float, float], top: float
) -> None:
    """Show what the lightest and the darkest colour stand for, and what has no value."""
    low, high = (compact(end, chart.notation) for end in ends)
    write(figure, MARGIN, top, low, SMALL, MUTED)
    left = MARGIN + text_width(low, SMALL) + 0.08
    strip = plot_area(figure, left, top - 0.17, left + 1.3, top - 0.03)
    strip.set_xlim(0, _SHADES)
    strip.set_ylim(0, 1)
    strip.set_axis_off()
    for at in range(_SHADES):
        strip.add_patch(Rectangle((at, 0), 1.05, 1, facecolor=colours(at / (_SHADES - 1)), linewidth=0))
    write(figure, left + 1.38, top, high, SMALL, MUTED)
    if all(value is not None for series in chart.series for value in series.values):
        return
    left += 1.38 + text_width(high, SMALL) + 0.3
    empty = plot_area(figure, left, top - 0.17, left + 0.2, top - 0.03)
    empty.set_axis_off()
    empty.set_xlim(-0.5, 0.5)
    empty.set_ylim(-0.5, 0.5)
    empty.add_patch(Rectangle((-0.5, -0.5), 1, 1, facecolor=_GROUND, edgecolor=GRID, linewidth=0.8))
    _dash(empty, [(0, 0)])
    write(figure, left + 0.28, top, EMPTY, SMALL, MUTED)
