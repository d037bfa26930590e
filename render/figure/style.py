"""The look of our charts: colours, sizes, where text stands.

Slack shows a picture between 320 (a phone) and about 700 points wide, in a light or a dark theme: hence
large letters on an opaque light ground. The colours stay apart for colour-blind readers
(after Okabe and Ito; a test looks at them through such eyes).
"""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from render.chart.model import Chart, Series
from render.figure.fonts import BOLD, families, font, height_of, literal, names_within, text_width

WIDTH = 6.4
"""Inches, as all lengths here. A phone shows 50 points for one, so that letters of 13 points take nine."""
MARGIN = 0.24
TITLE, LABEL, SMALL = 16.0, 13.0, 11.5
"""Letter sizes in points."""

PAPER, INK, MUTED, GRID, ZERO = "#FFFFFF", "#1B2230", "#596273", "#E4E8EE", "#9AA3B2"
PALETTE = ("#1F6FB5", "#E0851B", "#17896B", "#B0518D", "#55ACDD", "#C7432B", "#5A3A1A", "#94A3B8")
REST = "#B6BECA"
"""What sums up the rest recedes behind what has a name."""
SWATCH = 0.13
_LIFT = 0.11
_DARKER = 0.72
_LIGHTER = 0.3
BROKEN = (0, (3, 2))
"""The line of what is not complete: its strokes and gaps, in its thickness."""
_BOLD_LINE = 0.055
"""Points of an outline for each point of size: makes any script bold, of which fonts have one weight only."""


def darker(colour: str) -> str:
    """Return a colour dark enough for letters."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{int(part * _DARKER):02x}" for part in parts)


def colour_of(chart: Chart, at: int) -> str:
    """Return the colour of a series."""
    return REST if chart.series[at].name == chart.rest else PALETTE[at % len(PALETTE)]


def unfinished_at(chart: Chart, series: Series) -> list[int]:
    """Return the places of a series whose period is not over."""
    if series.name in chart.unfinished:
        return list(range(len(chart.labels)))
    return [at for at, label in enumerate(chart.labels) if label in chart.unfinished]


def lighter(colour: str) -> str:
    """Return a colour that recedes, of the same hue."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _LIGHTER):02x}" for part in parts)


def hollow(bar: Patch, colour: str) -> None:
    """Mark the bar of a period that is not over: light, with a broken line around it."""
    bar.set_facecolor(lighter(colour))
    bar.set_edgecolor(colour)
    bar.set_linewidth(1.2)
    bar.set_linestyle(BROKEN)


def embolden(text: Text, size: float, colour: str) -> None:
    """Draw letters with a line around them."""
    text.set_path_effects([Stroke(linewidth=_BOLD_LINE * size, foreground=colour), Normal()])


def write(
    figure: Figure, x: float, y: float, text: str, size: float, colour: str = INK, weight: str = "normal"
) -> None:
    """Put text with its upper left corner at `x`, `y` inches from the figure's lower left one."""
    width, height = figure.get_size_inches()
    for line in text.split("\n"):
        # By the baseline: matplotlib's "top" is that of the tallest letter, and lines would dance.
        drawn = figure.text(
            x / width,
            (y - 0.95 * size / 72) / height,
            literal(line),
            fontproperties=font(size, line),
            color=colour,
            va="baseline",
        )
        if weight == BOLD:
            embolden(drawn, size, colour)
        y -= height_of("x", size)


def legend_height(names: list[str]) -> float:
    """Return the inches that the key of these names takes."""
    return (_key(names)[-1][1] + 1) * (height_of("x", LABEL) + 0.04)


def _key(names: list[str]) -> list[tuple[float, int, str]]:
    """Place the names of a key: inches from the left, line, and the text that fits."""
    places: list[tuple[float, int, str]] = []
    x, row = MARGIN, 0
    for text in names_within(names, LABEL, 2.4, lines=1):
        room = 0.21 + text_width(text, LABEL)
        if x > MARGIN and x + room > WIDTH - MARGIN:
            x, row = MARGIN, row + 1
        places.append((x, row, text))
        x += room + 0.2
    return places


def legend(figure: Figure, names: list[str], colours: list[str], y: float) -> float:
    """Write a key of coloured squares from `y` inches downwards, and return the inches that it took."""
    line = height_of("x", LABEL) + 0.04
    for (x, row, text), colour in zip(_key(names), colours, strict=True):
        swatch(figure, x, y - row * line, colour)
        write(figure, x + SWATCH + 0.08, y - row * line, text, LABEL)
    return legend_height(names)


def swatch(figure: Figure, x: float, y: float, colour: str) -> None:
    """Put a coloured square before the text that begins at these inches."""
    width, height = figure.get_size_inches()
    corner = (x / width, (y - 0.17) / height)
    square = Rectangle(
        corner, SWATCH / width, SWATCH / height, transform=figure.transFigure, color=colour, linewidth=0
    )
    figure.add_artist(square)


def name_rows(axes: Axes, names: Sequence[str], size: float = LABEL, bold: Sequence[bool] = ()) -> None:
    """Write the names of rows left of the axes, those of subtotals in bold letters."""
    axes.set_yticks(range(len(names)), [literal(name) for name in names], color=INK, size=size)
    for label, name, heavy in zip(axes.get_yticklabels(), names, bold or [False] * len(names), strict=True):
        lifted(label).set_fontfamily(families(name))
        if heavy:
            embolden(label, size, INK)


def name_columns(axes: Axes, names: Sequence[str]) -> None:
    """Write the names of columns below the axes."""
    axes.set_xticks(range(len(names)), [literal(name) for name in names], color=INK)
    for label, name in zip(axes.get_xticklabels(), names, strict=True):
        label.set_fontfamily(families(name))


def lifted(label: Text) -> Text:
    """Move letters so far up that figures and capitals stand in the middle of what they name."""
    figure = label.get_figure(root=True)
    if figure is not None:
        up = ScaledTranslation(0, _LIFT * float(label.get_fontsize()) / 72, figure.dpi_scale_trans)
        label.set_transform(label.get_transform() + up)
    return label


def plot_area(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Return bare axes (no frame, ticks or ground) between these inches from the lower left corner."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((left / width, bottom / height, (right - left) / width, (top - bottom) / height))
    axes.set_facecolor("none")
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, pad=6, labelcolor=MUTED, labelfontfamily=list(families("")), labelsize=LABEL)
    axes.set_axisbelow(True)
    return axes
