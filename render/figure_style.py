"""The look of our charts, and the text in them: fonts, colours, measures.

Slack shows a picture between 320 (a phone) and about 700 points wide, in a light or a dark theme: hence
large letters on an opaque light ground. The colours stay apart for colour-blind readers
(after Okabe and Ito).
"""

import unicodedata
from functools import lru_cache

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

DPI = 250
WIDTH = 6.4
"""Inches, as all lengths here. A phone shows 50 points for one, so that letters of 13 points take nine."""
MARGIN = 0.24
LEADING = 1.32
"""Line height in parts of the letters' size."""

TITLE, LABEL, SMALL = 16.0, 13.0, 11.5
"""Letter sizes in points."""

PAPER, INK, MUTED, GRID, ZERO = "#FFFFFF", "#1B2230", "#596273", "#E4E8EE", "#9AA3B2"
PALETTE = ("#1F6FB5", "#E0851B", "#17896B", "#B0518D", "#55ACDD", "#C7432B", "#A08A12", "#5B6577")
_DARKER = 0.72

_FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that a chart looks the same everywhere."""
_MORE_SCRIPTS = (
    "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans JP", "Noto Sans SC", "Source Han Sans",
    "WenQuanYi Micro Hei", "Hiragino Sans", "PingFang SC", "Microsoft YaHei", "Arial Unicode MS",
    "Noto Sans Devanagari", "Noto Sans Thai",
)  # fmt: skip


@lru_cache
def _families() -> tuple[str, ...]:
    here = set(font_manager.fontManager.get_font_names())
    return (_FAMILY, *(name for name in _MORE_SCRIPTS if name in here))


@lru_cache
def font(size: float, weight: str = "normal") -> FontProperties:
    """Return our letters in `size` points; other scripts come from what this machine has."""
    return FontProperties(family=list(_families()), size=size, weight=weight)


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    return any(_charmap(name).get(ord(char)) for name in _families())


@lru_cache
def _charmap(family: str) -> dict[int, int]:
    path = font_manager.findfont(FontProperties(family=family))
    return dict(font_manager.get_font(path).get_charmap())


def legible(text: str, instead: str = "") -> str:
    """Return `text` without what no font here can draw, or `instead` if no letter is left."""
    if text.isascii():
        return text
    kept = "".join(char for char in text if char.isspace() or _has_glyph(char)).strip()
    readable = any(unicodedata.category(char)[0] in "LNS" for char in kept)
    return " ".join(kept.split()) if readable or kept == text else instead


def literal(text: str) -> str:
    """Keep matplotlib from reading dollars as mathematics."""
    return text.replace("$", r"\$")


@lru_cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return how many inches the widest line of `text` takes."""
    letters = font(size, weight)
    widths = [
        _ruler().get_text_width_height_descent(line, letters, ismath=False)[0]  # type: ignore[no-untyped-call]
        for line in text.split("\n")
    ]
    return float(max(widths)) / DPI


def wrapped(text: str, size: float, room: float, *, lines: int = 2, weight: str = "normal") -> str:
    """Break `text` into at most `lines` lines of `room` inches; the last one is clipped with "…"."""
    if text_width(text, size, weight) <= room:
        return text
    done: list[str] = []
    for word in text.split(" "):
        longer = f"{done[-1]} {word}" if done else word
        if done and (len(done) == lines or text_width(longer, size, weight) <= room):
            done[-1] = longer
        else:
            done.append(word)
    return "\n".join(_clipped(line, size, room, weight) for line in done)


def _clipped(line: str, size: float, room: float, weight: str) -> str:
    if text_width(line, size, weight) <= room:
        return line
    while line and text_width(line + "…", size, weight) > room:
        line = line[: -max(1, len(line) // 16)]
    return line.rstrip() + "…"


def height_of(text: str, size: float) -> float:
    """Return the inches that the lines of `text` take."""
    return (text.count("\n") + 1) * size * LEADING / 72 if text else 0.0


def darker(colour: str) -> str:
    """Return a colour dark enough for letters."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{int(part * _DARKER):02x}" for part in parts)


def write(
    figure: Figure, x: float, y: float, text: str, size: float, colour: str = INK, weight: str = "normal"
) -> None:
    """Put text with its upper left corner at `x`, `y` inches from the figure's lower left one."""
    width, height = figure.get_size_inches()
    for line in text.split("\n"):
        # By the baseline: matplotlib's "top" is that of the tallest letter, and lines would dance.
        figure.text(
            x / width,
            (y - 0.95 * size / 72) / height,
            literal(line),
            fontproperties=font(size, weight),
            color=colour,
            va="baseline",
        )
        y -= height_of("x", size)


def legend_height(names: list[str]) -> float:
    """Return the inches that the key of these names takes."""
    return (_key(names)[-1][1] + 1) * (height_of("x", LABEL) + 0.04)


def _key(names: list[str]) -> list[tuple[float, int, str]]:
    """Place the names of a key: inches from the left, line, and the text that fits."""
    places: list[tuple[float, int, str]] = []
    x, row = MARGIN, 0
    for name in names:
        text = wrapped(name, LABEL, 2.4, lines=1)
        room = 0.21 + text_width(text, LABEL)
        if x > MARGIN and x + room > WIDTH - MARGIN:
            x, row = MARGIN, row + 1
        places.append((x, row, text))
        x += room + 0.2
    return places


def legend(figure: Figure, names: list[str], y: float) -> float:
    """Write a key of coloured squares from `y` inches downwards, and return the inches that it took."""
    width, height = figure.get_size_inches()
    size, line = 0.13, height_of("x", LABEL) + 0.04
    for at, (x, row, text) in enumerate(_key(names)):
        below = y - row * line
        figure.add_artist(
            Rectangle(
                (x / width, (below - 0.17) / height),
                size / width,
                size / height,
                transform=figure.transFigure,
                color=PALETTE[at % len(PALETTE)],
                linewidth=0,
            )
        )
        write(figure, x + size + 0.08, below, text, LABEL)
    return legend_height(names)


def plot_area(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Return bare axes (no frame, ticks or ground) between these inches from the lower left corner."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((left / width, bottom / height, (right - left) / width, (top - bottom) / height))
    axes.set_facecolor("none")
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, pad=6, labelcolor=MUTED, labelfontfamily=list(_families()), labelsize=LABEL)
    axes.set_axisbelow(True)
    return axes
