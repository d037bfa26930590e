"""Genie's own chart of a result, as PNG: plain, in purple, so that nobody takes it for one of the bot's.

Only matplotlib's objects are used, which is safe in any thread.
"""

from collections.abc import Iterator
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import EngFormatter

from sandbox.databricks.warehouse.warehouse import Result

_MEASURES = frozenset({"INT", "LONG", "DOUBLE", "DECIMAL"})
_TIMES = frozenset({"DATE", "TIMESTAMP"})
_FEWEST, _MOST_BARS, _MOST_LINES, _MOST_TICKS = 2, 20, 6, 4
_COLOURS = ("#6d4aff", "#e0569c", "#f2a541", "#2fb8a8", "#3d7dd8", "#8a8f98")
_INK, _GRID, _PAPER = "#2b2440", "#e7e2f5", "#fbfaff"


def chartable(result: Result) -> bool:
    """Whether a result has several rows with something to name them by and a measure."""
    return len(result.rows) >= _FEWEST and _measure(result) is not None


def draw(title: str, result: Result) -> bytes:
    """Draw a chartable result: lines over time, bars for anything else."""
    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15)
    figure = Figure(figsize=(16 / 3, 3), dpi=180, facecolor=_PAPER, layout=layout)  # legible on a phone
    FigureCanvasAgg(figure)
    axes = figure.add_subplot(facecolor=_PAPER)
    measure = _measure(result) or 0
    if result.columns[0].type_name in _TIMES:
        _lines(axes, result, measure)
    else:
        _bars(axes, result, measure)
    axes.set_title(_plain(title), loc="left", color=_INK, fontsize=12, fontweight="bold")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(_GRID)
    axes.tick_params(colors=_INK, length=0)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _measure(result: Result) -> int | None:
    """Find the first measure behind the first column."""
    return next((n for n, each in enumerate(result.columns) if n and each.type_name in _MEASURES), None)


def _points(result: Result, measure: int) -> Iterator[tuple[str, str, float]]:
    """Give name, what distinguishes the line, and figure of each row that has a figure."""
    for row in result.rows:
        cell = row[measure]
        if cell is not None:
            rest = " / ".join(each or "?" for each in row[1:measure])
            yield row[0] or "?", rest, float(cell)


def _bars(axes: Axes, result: Result, measure: int) -> None:
    points = list(_points(result, measure))[:_MOST_BARS]
    names = [f"{name} / {rest}" if rest else name for name, rest, _ in points]
    places = range(len(points))
    axes.barh(places, [value for *_, value in points], color=_COLOURS[0], height=0.62)
    axes.set_yticks(places, [_plain(name) for name in names])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.grid(axis="x", color=_GRID)
    axes.set_axisbelow(True)


def _lines(axes: Axes, result: Result, measure: int) -> None:
    points = sorted(_points(result, measure))
    days = sorted({day for day, *_ in points})
    place = {day: position for position, day in enumerate(days)}
    lines = list(dict.fromkeys(rest for _, rest, _ in points))[:_MOST_LINES]
    for line, colour in zip(lines, _COLOURS, strict=False):
        own = [(place[day], value) for day, rest, value in points if rest == line]
        axes.plot(
            *zip(*own, strict=True), color=colour, linewidth=2.4, marker="o", markersize=4, label=_plain(line)
        )
    step = -(-len(days) // _MOST_TICKS)
    axes.set_xticks(range(0, len(days), step), [day[:10] for day in days[::step]])
    axes.yaxis.set_major_formatter(EngFormatter(sep=""))
    axes.grid(axis="y", color=_GRID)
    if len(lines) > 1:
        axes.legend(frameon=False, labelcolor=_INK)


def _plain(text: str) -> str:
    """Leave what the font has, without the signs of mathematics."""
    return text.encode("latin-1", "replace").decode("latin-1").replace("$", r"\$")
