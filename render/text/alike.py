"""Texts that are or look alike, told apart."""

import re
from collections.abc import Callable, Collection, Iterable
from os.path import commonprefix

from render.text.limits import ELLIPSIS

_TURNS = 3
"""Times that texts which still look alike are parted again."""
_HEAD = 3
"""What part of the room the common beginning keeps."""
_WORD_BEGUN = re.compile(r"[\W_]?[^\W_]{0,11}\Z")
"""The word in the middle of which a common beginning ends, and the sign before it."""


def told_apart(texts: Collection[str], shorten: Callable[[str], str]) -> dict[str, str]:
    """Return `texts` as `shorten` makes them; those that would look alike lose their common middle."""
    shown = {text: shorten(text) for text in texts}
    rest = {text: text for text in shown}
    for turn in range(_TURNS):
        for alike in _alike(shown):
            common = commonprefix([rest[text] for text in alike])  # noqa: RUF071 (letters are compared)
            begun = _WORD_BEGUN.search(common) if turn == 0 else None
            skipped = begun.start() if begun else len(common)
            head = alike[0][: max(1, len(shown[alike[0]]) // _HEAD)]
            for text in alike:
                rest[text] = rest[text][skipped:]
                shown[text] = shorten(f"{head}{ELLIPSIS}{rest[text].lstrip()}")
    return shown


def _alike(shown: dict[str, str]) -> list[list[str]]:
    """Return the texts of which several are shown as one."""
    groups: dict[str, list[str]] = {}
    for text, short in shown.items():
        groups.setdefault(short, []).append(text)
    return [group for group in groups.values() if len(group) > 1]


def column_names(names: Iterable[str]) -> list[str]:
    """Make the names such that none is empty and no two are alike, also when they are written as UTF-8."""
    taken: set[str] = set()
    unique: list[str] = []
    for at, name in enumerate(names, start=1):
        written = name.encode(errors="replace").decode()
        wanted = candidate = written.strip() or f"column_{at}"
        count = 1
        while candidate in taken:
            count += 1
            candidate = f"{wanted} ({count})"
        taken.add(candidate)
        unique.append(candidate)
    return unique
