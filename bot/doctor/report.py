"""What was found, as text for people and as JSON for programs."""

import json
import textwrap
from collections import Counter
from collections.abc import Sequence

from bot.doctor.model import Finding, Level
from render.words.operator import check as words

_COLOURS = {Level.GREEN: 32, Level.YELLOW: 33, Level.RED: 31}
_LEVEL_WIDTH = max(map(len, Level))
_LEAST_TEXT = 40
"""Columns for the sentences, on however narrow a terminal."""


def worst(findings: Sequence[Finding]) -> Level:
    """Return how things stand altogether."""
    return max((each.level for each in findings), key=list(Level).index, default=Level.GREEN)


def as_text(findings: Sequence[Finding], *, columns: int | None = None, coloured: bool = False) -> str:
    """Return one line for each finding, broken at `columns` if there are any, and a last one that counts."""
    widest = max((len(each.check) for each in findings), default=0)
    before = _LEVEL_WIDTH + widest + 4
    lines = []
    for each in findings:
        parts = _lines(each.text, columns - before) if columns else [each.text]
        level = f"{each.level:<{_LEVEL_WIDTH}}"
        shown = f"\033[{_COLOURS[each.level]}m{level}\033[0m" if coloured else level
        text = f"\n{' ' * before}".join(parts)
        lines.append(f"{shown}  {each.check:<{widest}}  {text}")
    counted = Counter(each.level for each in findings)
    return "\n".join([*lines, "", words.counted(*(counted[level] for level in Level))])


def _lines(text: str, columns: int) -> list[str]:
    return textwrap.wrap(
        text, max(columns, _LEAST_TEXT), break_long_words=False, break_on_hyphens=False
    )  # an address or a name can be copied


def as_json(findings: Sequence[Finding]) -> str:
    """Return an object with the worst level and every finding."""
    checks = [{"check": each.check, "level": each.level, "text": each.text} for each in findings]
    return json.dumps({"level": worst(findings), "checks": checks}, ensure_ascii=False, indent=2)
