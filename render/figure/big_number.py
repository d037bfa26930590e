"""One number, large, how it changed, and its course as a thin line."""

import math

from matplotlib.figure import Figure

from render import words
from render.chart.model import DATA, Chart, Unit
from render.chart.scale import compact
from render.figure.fonts import BOLD, height_of, text_width, wrapped
from render.figure.style import INK, LABEL, MARGIN, MUTED, PALETTE, PAPER, SMALL, WIDTH, plot_area, write
from render.figure.value_axis import known

_BIG = 40.0
_COURSE_INCHES = 1.1
"""Inches of the line's height."""
_FULL, _LONG = 1_000, 100_000
"""Between them a number is written out, without decimals."""
_LEAST = 3
"""Points from which on there is a course to see."""


def number_height(chart: Chart) -> float:
    """Return the inches that the number, its change and its course take."""
    course = _COURSE_INCHES + height_of("x", SMALL) if len(chart.labels) >= _LEAST else 0.0
    return height_of("x", _BIG) + height_of("x", LABEL) + course - 0.55


def draw_number(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Write the last value with its change, and below it draw how it came there."""
    values = chart.series[0].values
    now = next(value for value in reversed(values) if value is not None)
    number = _exact(now, chart)
    write(figure, MARGIN - 0.03, top, number, _BIG, INK, BOLD)
    y = top - height_of("x", _BIG)
    if chart.grain and len(chart.labels) < _LEAST:
        beside = MARGIN + text_width(number, _BIG, BOLD) + 0.12
        write(figure, beside, top - 0.95 * (_BIG - LABEL) / 72, chart.labels[-1], LABEL, MUTED)
    if change := _change(chart):
        write(figure, MARGIN, y, wrapped(change, LABEL, WIDTH - 2 * MARGIN, lines=1), LABEL, MUTED)
        y -= height_of("x", LABEL)
    if len(chart.labels) >= _LEAST:
        _draw_course(figure, chart, bottom, y - 0.12)


def _exact(value: float, chart: Chart) -> str:
    """Write a number of up to five digits as it is: it stands alone and has the room."""
    is_plain = chart.unit is Unit.NUMBER and chart.sign != DATA
    if is_plain and (value.is_integer() or abs(value) >= _FULL) and abs(value) < _LONG:
        return chart.notation.write(f"{value:,.0f}")
    return compact(value, chart.notation)


def _change(chart: Chart) -> str:
    """Say how the last value differs from the one before, in percent where that makes sense."""
    before, now = chart.series[0].values[-2:]
    if before is None or now is None:
        return ""
    earlier = f"{chart.labels[-2]}: {_exact(before, chart)}"
    if chart.unit is not Unit.NUMBER:
        points = (now - before) * (100 if chart.unit is Unit.FRACTION else 1)
        return words.charts.changed_by_points(points, earlier, chart.locale)
    if (before > 0 and min(known(chart)) >= 0) or now == before:
        return words.charts.changed(now / before - 1 if before else 0.0, earlier, chart.locale)
    return words.charts.changed_by(_exact(abs(now - before), chart), earlier, rose=now > before)


def _draw_course(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    foot = bottom + height_of("x", SMALL)
    axes = plot_area(figure, MARGIN, foot + 0.04, WIDTH - MARGIN, top)
    axes.set_xticks([])
    axes.set_yticks([])
    values = [math.nan if value is None else value for value in chart.series[0].values]
    places = chart.positions or tuple(map(float, range(len(values))))
    low, high = min(known(chart)), max(known(chart))
    room = (high - low or abs(high) or 1.0) * 0.12
    spare = (places[-1] - places[0]) * 0.012
    axes.set_xlim(places[0] - spare, places[-1] + spare)
    axes.set_ylim(low - room, high + room)
    axes.plot(places, values, color=PALETTE[0], linewidth=2, solid_capstyle="round", solid_joinstyle="round")
    axes.fill_between(places, values, low - room, color=PALETTE[0], alpha=0.08, linewidth=0)
    axes.plot(
        [places[-1]],
        [values[-1]],
        "o",
        markersize=7,
        color=PALETTE[0],
        markeredgecolor=PAPER,
        markeredgewidth=1.2,
        clip_on=False,
    )
    first, last = chart.labels[0], chart.labels[-1]
    write(figure, MARGIN, foot, first, SMALL, MUTED)
    write(figure, WIDTH - MARGIN - text_width(last, SMALL), foot, last, SMALL, MUTED)
