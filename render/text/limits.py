"""Slack's sizes as named constants, and how a text is cut so that it keeps to them.

https://docs.slack.dev/reference/block-kit/blocks
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from unicodedata import category

from wcwidth import grapheme_boundary_before

T = TypeVar("T")

MESSAGE_WIRE = 11_500
"""Characters of JSON in a message's blocks; Slack names no number, but refused some near 13,200."""
MESSAGE_TEXT = 3_000
"""Slack refuses an update whose text is longer than 4,000."""

VIEW_BLOCKS = 100
METADATA = 3_000
"""Of a modal, which come back with it."""
VIEW_TITLE = 24
"""Of a modal's title, and of its buttons."""

SECTION_TEXT = 3_000
SECTION_FIELDS = 10
FIELD_TEXT = 2_000
HEADER_TEXT = 150
CONTEXT_ELEMENTS = 10
ACTIONS_ELEMENTS = 25
CONTEXT_ACTIONS_ELEMENTS = 5
SELECT_OPTIONS = 100
OVERFLOW_OPTIONS = 5
BUTTON_TEXT = 75
BUTTON_VALUE = 2_000
INPUT_TEXT = 3_000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
CONTAINER_TITLE = 150
CONTAINER_CHILDREN = 10
PLAN_TITLE = 256
PLAN_TASKS = 50
TASK_TITLE = 256

TABLE_COLUMNS = 20
DATA_TABLE_ROWS = 100
"""Rows below the header of a `data_table`; newer pages say 200, older clients know 100."""
DATA_TABLE_TEXT = 20_000
TABLE_ROWS = 100
"""Rows of a `table` block, its header included."""
TABLE_TEXT = 10_000

ELLIPSIS = "…"
JOINERS = "\u200c\u200d"
"""They join what stands on both sides of them, or part it, and are nothing at the end of a text."""
_PARTS = re.compile(f"[{JOINERS}\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
"""Parts of an emoji: what joins two, letters of a flag, colours of skin."""
_CLUSTER = 40
"""Code points that a character of several may have and is still not cut within."""


def wire(value: object) -> int:
    """Count the characters of `value` as JSON, the way slack_sdk sends it (six for a non-ASCII one)."""
    return len(json.dumps(value))


def clip(
    text: str, size: float, measure: Callable[[str], float] | None = None, *, at_word: bool = True
) -> str:
    """Cut `text` so that it measures at most `size`, by default characters, and show that it was cut.

    `at_word` prefers the end of a word where there is one near.
    """
    if measure is None:
        return text if len(text) <= size else _cut(text, int(size), at_word=at_word)
    if measure(text) <= size:
        return text
    low, high = 1, 2
    while high < len(text) and measure(_cut(text, high, at_word=at_word)) <= size:
        low, high = high, high * 2
    high = min(high, len(text))
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(_cut(text, middle, at_word=at_word)) <= size
        low, high = (middle, high) if fits else (low, middle - 1)
    shown = _cut(text, low, at_word=at_word)
    return shown if measure(shown) <= size else ELLIPSIS


def _cut(text: str, length: int, *, at_word: bool) -> str:
    space = text.rfind(" ", length * 2 // 3, length) if at_word else -1
    end = space if space > 0 else _between(text, length - 1)
    return text[:end].rstrip().rstrip(JOINERS) + ELLIPSIS


def _between(text: str, end: int) -> int:
    """Return the end of the last whole character within text[:end]; an emoji or a letter may be several."""
    beside = text[max(0, end - 1) : end + 1]
    if not _PARTS.search(beside) and not any(category(char)[0] == "M" for char in beside):
        return end
    first = max(0, end - _CLUSTER)
    near = text[first : end + 1]
    return first + grapheme_boundary_before(near, len(near))


def clip_wire(text: str, size: int) -> str:
    """Cut `text` so that it takes at most `size` characters as JSON."""
    return clip(text, size, wire)


def take(pieces: Iterable[T], size: int, measure: Callable[[T], int] = wire) -> Iterator[T]:
    """Take the first pieces that together measure at most `size`."""
    for piece in pieces:
        size -= measure(piece)
        if size < 0:
            return
        yield piece


def pack(pieces: Iterable[str], size: int, separator: str = "\n") -> Iterator[str]:
    """Join pieces into texts of at most `size` characters; each piece is assumed to fit alone."""
    text: str | None = None
    for piece in pieces:
        if text is None:
            text = piece
        elif len(text) + len(separator) + len(piece) <= size:
            text += separator + piece
        else:
            yield text
            text = piece
    if text is not None:
        yield text
