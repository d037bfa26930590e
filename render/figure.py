"""Draw a chart to PNG with matplotlib's objects: no pyplot, no global style, so it is safe in any process."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

from render.chart_model import Chart, Kind, Series
from render.chart_words import axes_text
from render.figure_bars import draw_bars, draw_flat_bars, flat_height
from render.figure_lines import draw_lines, draw_scatter, named_at_end
from render.figure_style import (
    DPI,
    INK,
    LABEL,
    MARGIN,
    MUTED,
    PAPER,
    SMALL,
    TITLE,
    WIDTH,
    height_of,
    legend,
    legend_height,
    legible,
    wrapped,
    write,
)  # fmt: skip

_HEIGHT = 4.2
MAX_BYTES = 300_000
"""Larger pictures, of hundreds of points on many lines, are saved with fewer shades."""
_SHADES = bytes(round(round(shade * 7 / 255) * 255 / 7) for shade in range(256))
_UNNAMED = "Labels such as #1 are in a script that cannot be drawn here; the table has them."

_PAINTERS: dict[Kind, Callable[[Figure, Chart, float, float], None]] = {
    Kind.BAR: draw_bars,
    Kind.GROUPED_BAR: draw_bars,
    Kind.HORIZONTAL_BAR: draw_flat_bars,
    Kind.LINE: draw_lines,
    Kind.SCATTER: draw_scatter,
}


def draw(chart: Chart) -> bytes:
    """Return `chart` as a PNG, 1,600 pixels wide."""
    chart = _readable(chart)
    figure = Figure(figsize=(WIDTH, _height(chart)), dpi=DPI, facecolor=PAPER)
    canvas = FigureCanvasAgg(figure)
    _PAINTERS[chart.kind](figure, chart, _foot(figure, chart), _head(figure, chart))
    picture = BytesIO()
    figure.savefig(picture, format="png", dpi=DPI, pil_kwargs={"compress_level": 4})
    if picture.tell() > MAX_BYTES:
        picture = _in_few_shades(canvas)
    return picture.getvalue()


def _in_few_shades(canvas: FigureCanvasAgg) -> BytesIO:
    """Save what is drawn with fewer shades at the edges of lines: hardly to be seen, and half the size."""
    drawn = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    rounded = memoryview(bytes(drawn).translate(_SHADES)).cast("B", shape=drawn.shape)
    picture = BytesIO()
    imsave(picture, rounded, format="png", pil_kwargs={"compress_level": 6})
    return picture


def _height(chart: Chart) -> float:
    """Return the inches that a chart needs: more for more lying bars or a longer key."""
    title, key = height_of(_title(chart), TITLE), legend_height(_named(chart)) if _named(chart) else 0.0
    if chart.kind is not Kind.HORIZONTAL_BAR:
        return _HEIGHT + max(0.0, title + key - height_of("two\nlines", TITLE))
    return max(2.6, title + key + flat_height(chart) + 1.0)


def _named(chart: Chart) -> list[str]:
    """Return what a key must name: nothing for one series, or where lines carry their names."""
    if len(chart.series) == 1 or (chart.kind is Kind.LINE and named_at_end(chart)):
        return []
    return [series.name for series in chart.series]


def _title(chart: Chart) -> str:
    return wrapped(chart.title, TITLE, WIDTH - 2 * MARGIN, weight="bold")


def _readable(chart: Chart) -> Chart:
    """Give numbers to the labels that no font of this machine can draw, instead of showing boxes."""
    labels = tuple(legible(label, f"#{at}") for at, label in enumerate(chart.labels, 1))
    names = [legible(series.name, f"#{at}") for at, series in enumerate(chart.series, 1)]
    series = tuple(Series(name, each.values) for name, each in zip(names, chart.series, strict=True))
    unnamed = any(new != old and new.startswith("#") for new, old in zip(labels, chart.labels, strict=True))
    note = f"{legible(chart.note)} {_UNNAMED if unnamed else ''}".strip()
    return replace(
        chart, labels=labels, series=series, note=note,
        title=legible(chart.title), x_title=legible(chart.x_title), y_title=legible(chart.y_title),
    )  # fmt: skip


def _head(figure: Figure, chart: Chart) -> float:
    """Write title, subtitle and legend; return the height in inches at which they end."""
    room = WIDTH - 2 * MARGIN
    y = float(figure.get_size_inches()[1]) - 0.22
    title = _title(chart)
    write(figure, MARGIN, y, title, TITLE, INK, "bold")
    y -= height_of(title, TITLE)
    subtitle = wrapped(_subtitle(chart), LABEL, room, lines=1)
    if subtitle:
        write(figure, MARGIN, y, subtitle, LABEL, MUTED)
        y -= height_of(subtitle, LABEL) + 0.05
    if names := _named(chart):
        y -= legend(figure, names, y)
    return y - 0.08


def _subtitle(chart: Chart) -> str:
    """Return what the axes measure, unless the title says that."""
    if chart.kind is Kind.SCATTER:
        return chart.y_title
    subtitle = axes_text(chart)
    return "" if subtitle.lower() in chart.title.lower() else subtitle


def _foot(figure: Figure, chart: Chart) -> float:
    """Write the note at the bottom; return the height in inches at which it begins."""
    if not chart.note:
        return 0.2
    note = wrapped(chart.note, SMALL, WIDTH - 2 * MARGIN)
    high = height_of(note, SMALL)
    write(figure, MARGIN, 0.16 + high, note, SMALL, MUTED)
    return 0.16 + high + 0.08
