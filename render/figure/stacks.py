"""Parts of a whole on one another: stacked bars, upright or lying, and areas over time."""

from collections.abc import Sequence
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from render.chart.bars import stand_upright
from render.chart.model import Chart
from render.chart.scale import compact_alike
from render.figure.category_labels import under_bars
from render.figure.fonts import font, height_of, literal, names_within, text_width
from render.figure.lines import (
    apart,
    beside_unfinished,
    draw_lines,
    name_end,
    named_at_end,
    over_at,
    time_marks,
)
from render.figure.style import (
    INK,
    LABEL,
    MARGIN,
    PAPER,
    SMALL,
    WIDTH,
    colour_of,
    darker,
    lighter,
    name_columns,
    name_rows,
    plot_area,
    unfinished_at,
)
from render.figure.value_axis import Scale, rule, scale_of

_PAD = 0.1
_THICKNESS = 0.7
_LINE_POINTS = 0.8
"""Points of the white line between two parts."""
_NAME_ROOM = 1.6
_FEWEST = 3
_COVERING, _RECEDING = 0.88, 0.35
"""How much the ground of an area is coloured, and that of a period that is not over."""
_SLOT_INCHES = 0.4
"""Inches from one lying stack to the next."""


def stacks_height(chart: Chart) -> float:
    """Return the inches that lying stacks take, 0 for upright ones."""
    return 0.0 if _upright(chart) else len(chart.labels) * _SLOT_INCHES + height_of("x", LABEL) + _PAD


def _upright(chart: Chart) -> bool:
    return bool(chart.grain) or stand_upright(chart.labels)


def _totals(chart: Chart) -> list[float]:
    return [sum(value or 0.0 for value in values) for values in zip(*_values(chart), strict=True)]


def _values(chart: Chart) -> list[tuple[float | None, ...]]:
    return [series.values for series in chart.series]


def draw_stacks(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw one stack per label between these heights in inches, with its sum at its end."""
    totals = _totals(chart)
    scale = scale_of(totals, chart.notation, zero=True)
    texts = compact_alike(totals, chart.notation)
    (_draw_upright if _upright(chart) else _draw_lying)(figure, chart, scale, texts, bottom, top)


def _draw_upright(
    figure: Figure, chart: Chart, scale: Scale, texts: list[str], bottom: float, top: float
) -> None:
    count = len(chart.labels)
    left = MARGIN + scale.room() + _PAD
    places = max(count, _FEWEST)
    slot = (WIDTH - MARGIN - left) / places
    names = under_bars(chart, slot)
    below = max(height_of(name, LABEL) for name in names) + _PAD
    axes = plot_area(figure, left, bottom + below, WIDTH - MARGIN, top - 0.2)
    rule(axes, scale, along="y")
    spare = (places - count) / 2
    axes.set_xlim(-0.5 - spare, count - 0.5 + spare)
    name_columns(axes, names)
    for at, floors in enumerate(_floors(chart)):
        values = [value or 0.0 for value in chart.series[at].values]
        bars = axes.bar(
            range(count),
            values,
            _THICKNESS,
            bottom=floors,
            color=colour_of(chart, at),
            linewidth=_LINE_POINTS,
            edgecolor=PAPER,
        )
        _lighten(chart, at, bars)
    if max(text_width(text, SMALL) for text in texts) <= slot - 0.04:
        for place, (total, text) in enumerate(zip(_totals(chart), texts, strict=True)):
            _write_total(axes, (place, total), text, upright=True)


def _draw_lying(
    figure: Figure, chart: Chart, scale: Scale, texts: list[str], bottom: float, top: float
) -> None:
    count = len(chart.labels)
    names = names_within(chart.labels, LABEL, _NAME_ROOM + 0.4, lines=1)
    left = MARGIN + max(text_width(name, LABEL) for name in names) + _PAD
    right = WIDTH - MARGIN - max(text_width(text, SMALL) for text in texts)
    axes = plot_area(figure, left, bottom + height_of("x", LABEL) + _PAD, right, top)
    rule(axes, scale, along="x")
    axes.set_ylim(count - 0.5, -0.5)
    name_rows(axes, names)
    for at, floors in enumerate(_floors(chart)):
        values = [value or 0.0 for value in chart.series[at].values]
        bars = axes.barh(
            range(count),
            values,
            _THICKNESS,
            left=floors,
            color=colour_of(chart, at),
            linewidth=_LINE_POINTS,
            edgecolor=PAPER,
        )
        _lighten(chart, at, bars)
    for place, (total, text) in enumerate(zip(_totals(chart), texts, strict=True)):
        _write_total(axes, (total, place), text, upright=False)


def _lighten(chart: Chart, at: int, bars: Sequence[Patch]) -> None:
    """Let the parts of a period recede that is not over."""
    for place in unfinished_at(chart, chart.series[at]):
        bars[place].set_facecolor(lighter(colour_of(chart, at)))


def _floors(chart: Chart) -> list[list[float]]:
    """Return where each part of each stack begins."""
    stacks = [
        accumulate((value or 0.0 for value in values), initial=0.0)
        for values in zip(*_values(chart), strict=True)
    ]
    return [list(level) for level in zip(*stacks, strict=True)][: len(chart.series)]


def _write_total(axes: Axes, end: tuple[float, float], text: str, *, upright: bool) -> None:
    axes.annotate(
        literal(text),
        end,
        xytext=(0, 4) if upright else (5, 1.3),
        textcoords="offset points",
        ha="center" if upright else "left",
        va="bottom" if upright else "center_baseline",
        color=INK,
        fontproperties=font(SMALL, text),
        annotation_clip=False,
    )


def draw_areas(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw the courses on one another, with their names beside their last part."""
    if len(chart.series) == 1:
        draw_lines(figure, chart, bottom, top)
        return
    totals = _totals(chart)
    scale = scale_of(totals, chart.notation, zero=True)
    names = names_within([series.name for series in chart.series], LABEL, _NAME_ROOM, lines=1)
    if not named_at_end(chart):
        names = []
    left = MARGIN + scale.room() + _PAD
    right = WIDTH - MARGIN - max((text_width(name, LABEL) + 0.12 for name in names), default=0.15)
    marks = time_marks(chart, right - left)
    below = max(height_of(text, LABEL) for _, text in marks) + _PAD
    axes = plot_area(figure, left, bottom + below, right, top - 0.1)
    rule(axes, scale, along="y")
    places = chart.positions or tuple(map(float, range(len(chart.labels))))
    axes.set_xlim(places[0], places[-1])
    axes.set_xticks([place for place, _ in marks], [text for _, text in marks])
    floors, over = _floors(chart), over_at(chart)
    sections = (
        [(over, _COVERING), (beside_unfinished(over), _RECEDING)] if not all(over) else [(None, _COVERING)]
    )
    for at, (floor, ceiling) in enumerate(zip(floors, [*floors[1:], totals], strict=True)):
        colour = colour_of(chart, at)
        for where, alpha in sections:
            axes.fill_between(
                places, floor, ceiling, where=where, color=colour, alpha=alpha, linewidth=0, zorder=2
            )
        axes.plot(places, ceiling, color=PAPER, linewidth=_LINE_POINTS, zorder=3)
    _name_areas(axes, chart, names, top - 0.1 - bottom - below)


def _name_areas(axes: Axes, chart: Chart, names: list[str], inches: float) -> None:
    """Write each name at the middle of its last part, moved apart where they would touch."""
    low, high = axes.get_ylim()
    floors = [floor[-1] for floor in _floors(chart)]
    ends = [*floors[1:], _totals(chart)[-1]]
    middles = [(floor + end) / 2 for floor, end in zip(floors, ends, strict=True)]
    line = height_of("x", LABEL) / inches * (high - low)
    for at, (height, name) in enumerate(zip(apart(middles, line, low, high), names, strict=False)):
        name_end(axes, height, name, darker(colour_of(chart, at)))
