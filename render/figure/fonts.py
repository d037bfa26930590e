"""Fonts of a figure: the one for each letter, the width of a text, and letters that no font has.

The fonts come with packages, so that a chart looks the same everywhere; matplotlib shapes what is joined or
written from right to left. See docs/decisions/12-fonts-from-packages.md.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from render.text.alike import told_apart
from render.text.limits import clip

DPI = 250
LEADING = 1.36
"""Line height in parts of the letters' size."""
BOLD = "bold"

_FIRST = "Noto Sans"
_LAST = ("DejaVu Sans", "Noto Emoji")
"""Signs that no script's font has: arrows, mathematics, and emoji in one colour."""
_PACKAGES = ("manimgx_fonts", "noto_cjk_sans_jp_regular")
_BOLDER = 1.045
"""How much wider letters are that are drawn with a bolder line."""


@lru_cache
def _families() -> tuple[str, ...]:
    """Return the fonts to look for a letter in, one after the other, once they are known to matplotlib."""
    paths = sorted(path for package in _PACKAGES for path in Path(str(files(package))).glob("*.[ot]tf"))
    names = []
    for path in paths:
        font_manager.fontManager.addfont(path)
        entry = font_manager.fontManager.ttflist[-1]
        if entry.style == "normal" and not entry.name.endswith("Light"):
            names.append(entry.name)
    scripts = sorted(set(names) - {_FIRST, *_LAST})
    return (_FIRST, *scripts, *_LAST)


def font(size: float, text: str) -> FontProperties:
    """Return the letters for `text` in `size` points."""
    return _properties(size, families(text))


@lru_cache
def _properties(size: float, names: tuple[str, ...]) -> FontProperties:
    return FontProperties(family=list(names), size=size)


def families(text: str) -> tuple[str, ...]:
    """Return the few fonts that `text` needs: matplotlib opens all that it is told, for each text anew."""
    _families()
    needed = dict.fromkeys(_family_of(char) for char in text if char > "\x7f")
    return (_FIRST, *(name for name in needed if name and name != _FIRST))


@lru_cache(maxsize=4096)
def _family_of(char: str) -> str:
    """Return the first font that has a letter, nothing when none has."""
    return next((name for name in _families() if _face(name).get_char_index(ord(char))), "")


@lru_cache
def _face(family: str) -> FT2Font:
    return font_manager.get_font(font_manager.findfont(FontProperties(family=family)))


def legible(text: str, instead: str = "") -> str:
    """Return `text` without what no font here can draw, or `instead` if no letter is left."""
    if text.isascii():
        return text
    kept = "".join(char for char in text if char.isspace() or _family_of(char)).strip()
    readable = any(unicodedata.category(char)[0] in "LNS" for char in kept)
    return " ".join(filter(None, kept.split(" "))) if readable or kept == text else instead


def literal(text: str) -> str:
    """Keep matplotlib from reading dollars as mathematics."""
    return text.replace("$", r"\$")


@lru_cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return how many inches the widest line of `text` takes."""
    letters = font(size, text)
    widths = [
        _ruler().get_text_width_height_descent(line, letters, ismath=False)[0]  # type: ignore[no-untyped-call]
        for line in text.split("\n")
    ]
    return float(max(widths)) / DPI * (_BOLDER if weight == BOLD else 1.0)


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
    return "\n".join(clipped(line, size, room, weight) for line in done)


def names_within(names: Sequence[str], size: float, room: float, *, lines: int = 2) -> list[str]:
    """Break or clip names of one chart, in the middle where they begin alike and would be the same."""
    shown = told_apart(names, lambda name: wrapped(name, size, room, lines=lines))
    return [shown[name] for name in names]


def clipped(line: str, size: float, room: float, weight: str = "normal") -> str:
    """Return a line cut to `room` inches, with "…" where it was cut."""
    return clip(line, room, lambda part: text_width(part, size, weight), at_word=False)


def height_of(text: str, size: float) -> float:
    """Return the inches that the lines of `text` take."""
    return (text.count("\n") + 1) * size * LEADING / 72 if text else 0.0
