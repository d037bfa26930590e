"""Bars: upright when their labels are short, lying when they are long or many."""

from collections.abc import Iterable, Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from render.chart.bars import is_long
from render.chart.model import Chart
from render.figure.category_labels import under_bars
from render.figure.fonts import font, height_of, literal, names_within, text_width
from render.figure.style import (
    INK,
    LABEL,
    MARGIN,
    REST,
    SMALL,
    WIDTH,
    colour_of,
    darker,
    hollow,
    name_columns,
    name_rows,
    plot_area,
    unfinished_at,
)
from render.figure.value_axis import known, rule, scale_of, value_texts
from render.words.results.values import NOTHING

MAX_VALUES = 12
"""Bars up to which each has its value beside it (lying bars have room for more)."""
MAX_FLAT_VALUES = 32
_THICKNESS = 0.68
"""Bar and gap: the part of its place that a bar, or a group of them, fills."""
_FEWEST = 4
"""Fewer bars than this stay as narrow as if there were so many."""
_LABEL_ROOMS = (2.2, 2.55)
"""Inches of a name beside a lying bar, and what it gets if it would be clipped."""
_PAD = 0.1


def draw_bars(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw upright bars, groups of them side by side, between these heights in inches."""
    scale = scale_of(known(chart), chart.notation, zero=True)
    left = MARGIN + scale.room() + _PAD
    places = max(len(chart.labels), _FEWEST)
    slot = (WIDTH - MARGIN - left) / places
    labels = under_bars(chart, slot)
    labels_high = max(height_of(label, LABEL) for label in labels) + _PAD
    axes = plot_area(figure, left, bottom + labels_high, WIDTH - MARGIN, top - 0.2)
    rule(axes, scale, along="y")
    spare = (places - len(chart.labels)) / 2
    axes.set_xlim(-0.5 - spare, len(chart.labels) - 0.5 + spare)
    name_columns(axes, labels)
    for at, (offset, thickness) in enumerate(_offsets(len(chart.series))):
        values = chart.series[at].values
        where = [place + offset for place, value in enumerate(values) if value is not None]
        heights = [value for value in values if value is not None]
        _mark(chart, at, axes.bar(where, heights, thickness, color=_colours(chart, at), linewidth=0))
    _label_bars(axes, chart, slot)


def _offsets(count: int) -> list[tuple[float, float]]:
    """Return where each series stands in its place, and how thick its bars are."""
    thickness = _THICKNESS / count if count == 1 else (_THICKNESS + 0.12) / count
    return [
        ((at - (count - 1) / 2) * thickness, thickness * (1 if count == 1 else 0.92)) for at in range(count)
    ]


def _colours(chart: Chart, at: int) -> list[str]:
    """Return the colour of each bar that a series has."""
    own = colour_of(chart, at)
    rest = {chart.rest: REST} if len(chart.series) == 1 else {}  # two greys would be no two measures
    others = {**rest, **dict.fromkeys(chart.subtotals, darker(own))}
    pairs = zip(chart.labels, chart.series[at].values, strict=True)
    return [others.get(label, own) for label, value in pairs if value is not None]


def _mark(chart: Chart, at: int, bars: Iterable[Patch]) -> None:
    """Show which bars are of a period that is not over."""
    series = chart.series[at]
    drawn = (place for place, value in enumerate(series.values) if value is not None)
    unfinished = unfinished_at(chart, series)
    for place, bar in zip(drawn, bars, strict=True):
        if place in unfinished:
            hollow(bar, colour_of(chart, at))


def _label_bars(axes: Axes, chart: Chart, slot: float) -> None:
    """Write each value above its bar (below a negative one) when there are few and they fit."""
    texts = value_texts(chart)
    thickness = _offsets(len(chart.series))[0][1]
    room = slot * thickness * (1.3 if len(chart.series) == 1 else 1.0)
    if (
        not 0 < len(known(chart)) <= MAX_VALUES
        or max(text_width(text, SMALL) for text in texts.values()) > room
    ):
        return
    for series, (offset, _) in zip(chart.series, _offsets(len(chart.series)), strict=True):
        for place, value in enumerate(series.values):
            _note(axes, place + offset, value, texts, upright=True)


def _note(
    axes: Axes, place: float, known: float | None, texts: Mapping[float, str], *, upright: bool
) -> None:
    """Write a value at the end of its bar, and a dash where there is none: no bar may be a zero, too."""
    value, text = (0.0, NOTHING) if known is None else (known, texts[known])
    away = 4 if value >= 0 else -4
    axes.annotate(
        literal(text),
        (place, value) if upright else (value, place),
        xytext=(0, away) if upright else (away, 1.3),
        textcoords="offset points",
        ha="center" if upright else "left" if value >= 0 else "right",
        va="center_baseline" if not upright else "bottom" if value >= 0 else "top",
        color=INK,
        fontproperties=font(SMALL, text),
        annotation_clip=False,
    )


def _beside_bars(chart: Chart, size: float, lines: int) -> list[str]:
    """Wrap the names of lying bars, with more room only where some would be clipped."""
    names: list[str] = []
    for room in _LABEL_ROOMS:
        names = names_within(chart.labels, size, room, lines=lines)
        if all(name.replace("\n", " ") == label for name, label in zip(names, chart.labels, strict=True)):
            break
    return names


def flat_height(chart: Chart) -> float:
    """Return the inches that lying bars take, without head and foot."""
    return len(chart.labels) * _slot(chart) + height_of("x", LABEL) + _PAD


def _slot(chart: Chart) -> float:
    long = any(map(is_long, chart.labels))
    least = 0.27 if _crowded(chart) else 0.47 if long else 0.36
    return max(0.18 * len(chart.series) + 0.09, least)


def _crowded(chart: Chart) -> bool:
    return len(chart.labels) > MAX_VALUES


def draw_flat_bars(figure: Figure, chart: Chart, bottom: float, top: float) -> None:
    """Draw bars that lie below one another, the first on top, between these heights in inches."""
    scale = scale_of(known(chart), chart.notation, zero=True)
    size, lines = (SMALL, 1) if _crowded(chart) else (LABEL, 2)
    labels = _beside_bars(chart, size, lines)
    texts = value_texts(chart)
    spare = max((text_width(text, SMALL) for text in texts.values()), default=0.0)
    # The value of a negative bar stands left of it and must not meet the bar's name.
    below = spare if scale.ends[0] < 0 else 0.0
    left = MARGIN + max(text_width(label, size) for label in labels) + _PAD + below
    axes = plot_area(figure, left, bottom + height_of("x", LABEL) + _PAD, WIDTH - MARGIN - spare, top)
    rule(axes, scale, along="x")
    axes.set_ylim(len(labels) - 0.5, -0.5)
    name_rows(axes, labels, size, bold=[label in chart.subtotals for label in chart.labels])
    axes.tick_params(axis="y", pad=6 + below * 72)
    labelled = len(known(chart)) <= MAX_FLAT_VALUES
    for at, (offset, thickness) in enumerate(_offsets(len(chart.series))):
        values = chart.series[at].values
        where = [place + offset for place, value in enumerate(values) if value is not None]
        lengths = [value for value in values if value is not None]
        _mark(chart, at, axes.barh(where, lengths, thickness, color=_colours(chart, at), linewidth=0))
        for place, value in enumerate(values if labelled else ()):
            _note(axes, place + offset, value, texts, upright=False)
