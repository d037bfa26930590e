"""Lines over time, with their names at their ends."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from render import words
from render.chart.model import Chart, ChartKind, Series
from render.chart.scale import compact
from render.chart.time_axis import time_ticks
from render.figure.fonts import BOLD, font, height_of, literal, names_within, text_width
from render.figure.style import (
    BROKEN,
    LABEL,
    MARGIN,
    PALETTE,
    PAPER,
    WIDTH,
    colour_of,
    darker,
    embolden,
    plot_area,
    unfinished_at,
)
from render.figure.value_axis import known, rule, scale_of

MAX_NAMED = 6
"""Lines up to which each has its name at its end; more are told apart by a legend."""
_MAX_DOTS = 16
_THICK, _THIN = 2.2, 1.8
"""Points of a line's thickness: thin ones where there are too many points for dots."""
_NAME_ROOM = 1.5
_SHADED, _FILLED = 0.09, 0.25
"""How much the ground below a line is coloured, and that of an area."""
_PAD = 0.1
_SPARE = 1.03
"""How much longer the axis is than from its first place to its last."""


def named_at_end(chart: Chart) -> bool:
    """Whether the lines carry their names themselves and need no legend."""
    return len(chart.series) <= MAX_NAMED


def axis_note(chart: Chart) -> str:
    """Return the note that an axis does not begin at zero: without it, 13 looks like twice as much as 9."""
    if chart.kind is not ChartKind.LINE or not known(chart):
        return ""
    low, high = scale_of(known(chart), chart.notation, zero=False).ends
    return "" if low <= 0 <= high else words.charts.NOT_FROM_ZERO


def draw_lines(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw one line per series between these heights in inches; a gap breaks it."""
    ends = _ends(chart)
    filled = chart.kind is ChartKind.AREA
    scale = scale_of(known(chart), chart.notation, zero=filled)
    left = MARGIN + scale.room() + _PAD
    right = WIDTH - MARGIN - max((text_width(text, LABEL, BOLD) + 0.12 for text in ends), default=0.0)
    marks = time_marks(chart, min(right, WIDTH - MARGIN - 0.15) - left)
    below = max(height_of(text, LABEL) for _, text in marks) + _PAD
    axes = plot_area(figure, left, bottom + below, min(right, WIDTH - MARGIN - 0.15), top - 0.1)
    rule(axes, scale, along="y")
    places = chart.positions or tuple(map(float, range(len(chart.labels))))
    spare = (places[-1] - places[0]) * 0.015 or 0.5
    axes.set_xlim(places[0] - spare, places[-1] + spare)
    axes.set_xticks([place for place, _ in marks], [text for _, text in marks])
    alone = len(chart.series) == 1
    shade = _FILLED if filled else _SHADED if alone and scale.ends[0] == 0 else 0.0
    over = over_at(chart)
    for at, series in enumerate(chart.series):
        _line(axes, places, series, colour_of(chart, at), over, alone=alone)
    if shade:
        values = zip(chart.series[0].values, over, strict=True)
        _shade(axes, places, [value if here else None for value, here in values], shade)
    _name_ends(axes, chart, ends, top - 0.1 - bottom - below)


def time_marks(chart: Chart, inches: float) -> list[tuple[float, str]]:
    """Return what stands below an axis of so many inches, and where."""
    if chart.grain:
        digits = inches / text_width("0", LABEL)
        ticks = time_ticks(chart.positions[0], chart.positions[-1], chart.grain, digits, chart.locale)
        lines = max(text.count("\n") for _, text in ticks)
        # As many lines under each tick, or matplotlib sets the first ones at different heights.
        return [(place, text + "\n " * (lines - text.count("\n"))) for place, text in ticks]
    slot = inches / max(1, len(chart.labels) - 1) / _SPARE
    widest = max(text_width(literal(label), LABEL) for label in chart.labels) + _PAD
    step = max(math.ceil(len(chart.labels) / 8), math.ceil(widest / slot))
    return [(float(at), literal(label)) for at, label in enumerate(chart.labels)][::step]


def over_at(chart: Chart) -> list[bool]:
    """Tell of each place of a course whether its period is over."""
    unfinished = set(unfinished_at(chart, chart.series[0]))
    return [at not in unfinished for at in range(len(chart.labels))]


def beside_unfinished(over: Sequence[bool]) -> list[bool]:
    """Return the places of periods that are not over, and of their neighbours, to which a line leads."""
    return [not all(over[max(0, at - 1) : at + 2]) for at in range(len(over))]


def _line(
    axes: Axes, places: tuple[float, ...], series: Series, colour: str, over: Sequence[bool], *, alone: bool
) -> None:
    """Draw a line with its points; where a period is not over it is broken, and its point hollow."""
    heights = [math.nan if value is None else value for value in series.values]
    rest = [(beside_unfinished(over), BROKEN)] if not all(over) else []
    for shown, style in ((over, "-"), *rest):
        axes.plot(
            places,
            [height if here else math.nan for height, here in zip(heights, shown, strict=True)],
            color=colour,
            linewidth=_THICK if len(heights) <= _MAX_DOTS else _THIN,
            linestyle=style,
            solid_capstyle="round",
            solid_joinstyle="round",
            zorder=4,
            clip_on=False,
        )
    dots = _dotted(series, over, alone=alone)
    _dot(axes, [(places[at], heights[at]) for at in dots if over[at]], colour, PAPER)
    _dot(axes, [(places[at], heights[at]) for at in dots if not over[at]], PAPER, colour)


def _dotted(series: Series, over: Sequence[bool], *, alone: bool) -> list[int]:
    """Return which points have a dot: all of a few, else those that no line shows, and the last."""
    last = _last(series)
    unfinished = (at for at, is_over in enumerate(over) if not is_over)
    wanted = range(len(over)) if len(over) <= _MAX_DOTS else (*_lonely(series.values), *unfinished)
    dots = {at for at in wanted if series.values[at] is not None} | ({last[0]} if last and alone else set())
    return sorted(dots)


def _dot(axes: Axes, points: Sequence[tuple[float, float]], colour: str, edge: str) -> None:
    if points:
        axes.plot(
            *zip(*points, strict=True),
            "o",
            markersize=5 if edge == PAPER else 6,
            color=colour,
            markeredgecolor=edge,
            markeredgewidth=1 if edge == PAPER else 1.6,
            zorder=5,
            clip_on=False,
        )


def _shade(axes: Axes, places: tuple[float, ...], values: Sequence[float | None], alpha: float) -> None:
    heights = [math.nan if value is None else value for value in values]
    axes.fill_between(places, heights, 0, color=PALETTE[0], alpha=alpha, linewidth=0, zorder=2)


def _lonely(values: tuple[float | None, ...]) -> list[int]:
    """Return the points between two gaps, which no line would show."""
    padded = (None, *values, None)
    return [at for at in range(len(values)) if padded[at] is None and padded[at + 2] is None]


def _ends(chart: Chart) -> list[str]:
    """Return what stands at the end of each line: its name, or a single line's last value."""
    if len(chart.series) == 1:
        last = _last(chart.series[0])
        if not last:
            return []
        text = compact(last[1], chart.notation)
        return [text if over_at(chart)[last[0]] else words.caveats.so_far(text)]
    if not named_at_end(chart):
        return []
    return names_within([series.name for series in chart.series], LABEL, _NAME_ROOM, lines=1)


def _last(series: Series) -> tuple[int, float] | None:
    return next(
        ((at, value) for at, value in reversed(list(enumerate(series.values))) if value is not None), None
    )


def _name_ends(axes: Axes, chart: Chart, texts: list[str], inches: float) -> None:
    """Write the names right of the lines' last points, moved apart where they would touch."""
    low, high = axes.get_ylim()
    line = height_of("x", LABEL) / inches * (high - low)
    wanted = [
        (last[1], text, darker(PALETTE[at]))
        for at, (series, text) in enumerate(zip(chart.series, texts, strict=False))
        if (last := _last(series))
    ]
    heights = apart([height for height, _, _ in wanted], line, low, high)
    for height, (_, text, colour) in zip(heights, wanted, strict=True):
        name_end(axes, height, text, colour, bold=len(texts) == 1)


def name_end(axes: Axes, height: float, text: str, colour: str, *, bold: bool = False) -> None:
    """Write a name right of the axes at the height of a value."""
    written = axes.annotate(
        literal(text),
        (1, height),
        xycoords=("axes fraction", "data"),
        xytext=(6, 1.4),
        textcoords="offset points",
        va="center_baseline",
        color=colour,
        fontproperties=font(LABEL, text),
        annotation_clip=False,
    )
    if bold:
        embolden(written, LABEL, colour)


def apart(heights: list[float], least: float, low: float, high: float) -> list[float]:
    """Move `heights` as little as needed to be `least` apart and between `low` and `high`."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed = [0.0] * len(heights)
    floor = low
    for at in order:
        placed[at] = max(heights[at], floor)
        floor = placed[at] + least
    ceiling = high
    for at in reversed(order):
        placed[at] = min(placed[at], ceiling)
        ceiling = placed[at] - least
    return placed
