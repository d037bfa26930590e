"""A ring of few parts, and beside it each part's name, share and value."""

from matplotlib.figure import Figure
from matplotlib.patches import Wedge

from render.chart.model import Chart, Unit
from render.chart.scale import compact, compact_alike
from render.figure.fonts import BOLD, height_of, text_width, wrapped
from render.figure.style import (
    INK,
    LABEL,
    MARGIN,
    MUTED,
    PALETTE,
    PAPER,
    REST,
    SMALL,
    SWATCH,
    WIDTH,
    plot_area,
    swatch,
    write,
)
from render.words.results.charts import TOTAL

_RING_INCHES = 2.5
"""Inches across the ring."""
_HOLE = 0.6
_LINE, _TWO_LINES = 0.44, 0.58
"""Inches from one name to the next, and where one of them takes two lines."""
_NAME_ROOM_INCHES = 1.45
"""Inches that a name surely has."""
_GAP = 0.45
_START = 90.0


def donut_height(chart: Chart) -> float:
    """Return the inches that the ring and its names take."""
    return max(_RING_INCHES, len(chart.labels) * _line(chart)) - 0.3


def _line(chart: Chart) -> float:
    long = any(text_width(label, LABEL) > _NAME_ROOM_INCHES for label in chart.labels)
    return _TWO_LINES if long else _LINE


def draw_donut(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw the ring clockwise from twelve o'clock between these heights in inches, its names on the right."""
    values = [value or 0.0 for value in chart.series[0].values]
    middle, size = (bottom + top) / 2, min(_RING_INCHES, top - bottom)
    axes = plot_area(figure, MARGIN, middle - size / 2, MARGIN + size, middle + size / 2)
    axes.set_axis_off()
    axes.set_xlim(-1.01, 1.01)
    axes.set_ylim(-1.01, 1.01)
    colours = [REST if label == chart.rest else PALETTE[at] for at, label in enumerate(chart.labels)]
    angle, total = _START, sum(values)
    for value, colour in zip(values, colours, strict=True):
        turn = 360 * value / total
        axes.add_patch(
            Wedge((0, 0), 1, angle - turn, angle, width=1 - _HOLE, color=colour, ec=PAPER, linewidth=2)
        )
        angle -= turn
    _write_total(figure, chart, total, middle, size)
    _write_names(figure, chart, values, colours, middle, MARGIN + size + _GAP)


def _write_total(figure: Figure, chart: Chart, total: float, middle: float, size: float) -> None:
    """Write the whole into the ring; that shares add up to 100 % goes without saying."""
    if chart.unit is not Unit.NUMBER:
        return
    text = compact(total, chart.notation)
    centre = MARGIN + size / 2
    write(figure, centre - text_width(text, 19, BOLD) / 2, middle + 0.24, text, 19, INK, BOLD)
    write(figure, centre - text_width(TOTAL, SMALL) / 2, middle - 0.06, TOTAL, SMALL, MUTED)


def _write_names(
    figure: Figure, chart: Chart, values: list[float], colours: list[str], middle: float, left: float
) -> None:
    shares = [chart.notation.write(f"{value / sum(values):.0%}") for value in values]
    plain = chart.unit is Unit.NUMBER
    texts = compact_alike(values, chart.notation) if plain else [""] * len(values)
    share_room = max(text_width(share, LABEL, BOLD) for share in shares)
    value_room = max(text_width(text, LABEL) for text in texts) + (0.18 if any(texts) else 0.0)
    room = WIDTH - MARGIN - left - SWATCH - 0.1 - share_room - value_room - 0.15
    line = _line(chart)
    y = middle + len(values) * line / 2 - (line - height_of("x", LABEL)) / 2
    end = min(WIDTH - MARGIN, left + SWATCH + 0.1 + 2.1 + share_room + value_room)
    for label, share, text, colour in zip(chart.labels, shares, texts, colours, strict=True):
        swatch(figure, left, y, colour)
        name = wrapped(label, LABEL, min(room, 2.0))
        up = (height_of(name, LABEL) - height_of("x", LABEL)) / 2
        write(figure, left + SWATCH + 0.1, y + up, name, LABEL)
        edge = end - value_room
        write(figure, edge - text_width(share, LABEL, BOLD), y, share, LABEL, INK, BOLD)
        if text:
            write(figure, end - text_width(text, LABEL), y, text, LABEL, MUTED)
        y -= line
