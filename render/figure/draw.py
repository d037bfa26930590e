"""Draw a chart to PNG with matplotlib's objects: no pyplot, no global style, so it is safe in any process."""

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from matplotlib.text import Text

from render import words
from render.chart.describe import axes_text
from render.chart.model import Chart, ChartKind, Series
from render.figure.bars import draw_bars, draw_flat_bars, flat_height
from render.figure.big_number import draw_number, number_height
from render.figure.distributions import draw_histogram, draw_scatter
from render.figure.donut import donut_height, draw_donut
from render.figure.fonts import BOLD, DPI, height_of, legible, wrapped
from render.figure.heat_map import draw_heat_map, heat_height
from render.figure.lines import axis_note, draw_lines, named_at_end
from render.figure.stacks import draw_areas, draw_stacks, stacks_height
from render.figure.style import (
    INK,
    LABEL,
    MARGIN,
    MUTED,
    PAPER,
    SMALL,
    TITLE,
    WIDTH,
    colour_of,
    legend,
    legend_height,
    write,
)

_HEIGHT = 4.2
_FLAT = {"compress_level": 3, "compress_type": zlib.Z_RLE}
"""Few colours in long runs: as small as with the usual way, in half of the time."""
MAX_BYTES = 300_000
"""Larger pictures, of hundreds of points on many lines, are saved with fewer shades."""
_WORD = re.compile(r"\w+")
_SHADES = (31, 7)
"""Steps of each colour, the more the truer: of seven, blues become violets."""

_PAINTERS: dict[ChartKind, Callable[[Figure, Chart, float, float], None]] = {
    ChartKind.BAR: draw_bars,
    ChartKind.GROUPED_BAR: draw_bars,
    ChartKind.HORIZONTAL_BAR: draw_flat_bars,
    ChartKind.LINE: draw_lines,
    ChartKind.SCATTER: draw_scatter,
    ChartKind.STACKED_BAR: draw_stacks,
    ChartKind.AREA: draw_areas,
    ChartKind.DONUT: draw_donut,
    ChartKind.HISTOGRAM: draw_histogram,
    ChartKind.HEAT_MAP: draw_heat_map,
    ChartKind.NUMBER: draw_number,
}
_HEIGHTS: dict[ChartKind, Callable[[Chart], float]] = {
    ChartKind.HORIZONTAL_BAR: flat_height,
    ChartKind.STACKED_BAR: stacks_height,
    ChartKind.DONUT: donut_height,
    ChartKind.HEAT_MAP: heat_height,
    ChartKind.NUMBER: number_height,
}
"""Inches of those whose height depends on what there is to draw; 0 for the usual height."""
_DIRECT = frozenset({ChartKind.DONUT, ChartKind.HEAT_MAP, ChartKind.NUMBER})
"""Kinds that name everything where it stands."""


def draw(chart: Chart) -> bytes:
    """Return `chart` as a PNG, 1,600 pixels wide."""
    canvas = paint(chart)
    picture = BytesIO()
    canvas.figure.savefig(picture, format="png", dpi=DPI, pil_kwargs=_FLAT)
    for steps in _SHADES:
        if picture.tell() > MAX_BYTES:
            picture = _in_few_shades(canvas, steps)
    return picture.getvalue()


def paint(chart: Chart) -> FigureCanvasAgg:
    """Return what `chart` looks like, before it becomes a file."""
    chart = _readable(chart)
    chart = replace(chart, note=f"{chart.note} {axis_note(chart)}".strip())
    figure = Figure(figsize=(WIDTH, _height(chart)), dpi=DPI, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    _PAINTERS[chart.kind](figure, chart, _foot(figure, chart), _head(figure, chart))
    if chart.locale.script:
        _in_forms_of(chart.locale.script, figure)
    return canvas


def _in_forms_of(language: str, figure: Figure) -> None:
    """Have characters drawn as one of the languages that share them writes them: one font holds all forms."""
    for text in figure.findobj(Text):
        if isinstance(text, Text):
            text.set_language(language)


def _in_few_shades(canvas: FigureCanvasAgg, steps: int) -> BytesIO:
    """Save what is drawn with fewer shades at the edges of lines: hardly to be seen, and half the size."""
    drawn = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    shades = bytes(round(round(shade * steps / 255) * 255 / steps) for shade in range(256))
    rounded = memoryview(bytes(drawn).translate(shades)).cast("B", shape=drawn.shape)
    picture = BytesIO()
    imsave(picture, rounded, format="png", pil_kwargs=_FLAT)
    return picture


def _height(chart: Chart) -> float:
    """Return the inches that a chart needs: more for more lying bars or a longer key."""
    title, key = height_of(_title(chart), TITLE), legend_height(_named(chart)) if _named(chart) else 0.0
    note = height_of(_note(chart), SMALL) if chart.note else 0.0
    own = _HEIGHTS[chart.kind](chart) if chart.kind in _HEIGHTS else 0.0
    if chart.kind is ChartKind.NUMBER and (subtitle := _subtitle(chart)):
        own += height_of(subtitle, LABEL) + 0.12
    if not own:
        return _HEIGHT + max(0.0, title + key - height_of("two\nlines", TITLE))
    return max(2.0, title + key + own + 1.0) + note


def _named(chart: Chart) -> list[str]:
    """Return what a key must name: nothing for one series, or where lines carry their names."""
    at_end = chart.kind in {ChartKind.LINE, ChartKind.AREA} and named_at_end(chart)
    if len(chart.series) == 1 or at_end or chart.kind in _DIRECT:
        return []
    return [series.name for series in chart.series]


def _title(chart: Chart) -> str:
    return wrapped(chart.title, TITLE, WIDTH - 2 * MARGIN, weight=BOLD)


def _readable(chart: Chart) -> Chart:
    """Give numbers to the labels that no font of this machine can draw, instead of showing boxes."""
    labels = tuple(legible(_name(chart, label), f"#{at}") for at, label in enumerate(chart.labels, 1))
    names = [legible(_name(chart, series.name), f"#{at}") for at, series in enumerate(chart.series, 1)]
    series = tuple(Series(name, each.values) for name, each in zip(names, chart.series, strict=True))
    drawn = dict(zip((*labels, *names), (*chart.labels, *(each.name for each in chart.series)), strict=True))
    rest = legible(chart.rest)
    unnamed = any(new != old and new.startswith("#") for new, old in zip(labels, chart.labels, strict=True))
    note = f"{legible(chart.note)} {words.charts.UNNAMED if unnamed else ''}".strip()
    return replace(
        chart,
        labels=labels,
        series=series,
        note=note,
        rest=rest,
        unfinished=tuple(legible(_name(chart, name)) for name in chart.unfinished),
        subtotals=tuple(new for new, old in drawn.items() if old in chart.subtotals),
        series_title=legible(chart.series_title),
        title=legible(chart.title),
        x_title=legible(chart.x_title),
        y_title=legible(chart.y_title),
    )


def _name(chart: Chart, name: str) -> str:
    """Return a label or the name of a series; that of a period that is not over says so."""
    return words.caveats.so_far(name) if name in chart.unfinished else name


def _head(figure: Figure, chart: Chart) -> float:
    """Write title, subtitle and legend; return the height in inches at which they end."""
    room = WIDTH - 2 * MARGIN
    y = float(figure.get_size_inches()[1]) - 0.22
    title = _title(chart)
    write(figure, MARGIN, y, title, TITLE, INK, BOLD)
    y -= height_of(title, TITLE)
    subtitle = wrapped(_subtitle(chart), LABEL, room, lines=1)
    if subtitle:
        write(figure, MARGIN, y, subtitle, LABEL, MUTED)
        y -= height_of(subtitle, LABEL) + 0.05
    names = _named(chart)
    if names:
        y -= 0.0 if subtitle else 0.06
        y -= legend(figure, names, [colour_of(chart, at) for at in range(len(names))], y)
    # Letters of a scale rise above its highest line, and would touch a title that stands alone.
    alone = not (subtitle or names) and chart.kind not in _HEIGHTS
    return y - (0.16 if alone else 0.08)


def _subtitle(chart: Chart) -> str:
    """Return what the axes measure, unless the title says that, and does not speak of other measures."""
    if chart.kind in {ChartKind.SCATTER, ChartKind.HISTOGRAM}:
        return chart.y_title
    axes = axes_text(chart)
    missing = _words(f"{chart.y_title} {chart.x_title} {chart.series_title}") - _words(chart.title)
    is_same = _words(axes) == _words(chart.title)
    return axes if missing or (chart.is_one_of_several and not is_same) else ""


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _foot(figure: Figure, chart: Chart) -> float:
    """Write the note at the bottom; return the height in inches at which it begins."""
    if not chart.note:
        return 0.2
    note = _note(chart)
    high = height_of(note, SMALL)
    write(figure, MARGIN, 0.16 + high, note, SMALL, MUTED)
    return 0.16 + high + 0.08


def _note(chart: Chart) -> str:
    return wrapped(chart.note, SMALL, WIDTH - 2 * MARGIN)
