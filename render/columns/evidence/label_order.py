"""Natural order of texts: weekdays, months, sizes, bands."""

import re
from collections.abc import Sequence

from render.columns.names import folded
from render.columns.time_names import MONTH_NAMES, WEEKDAY_NAMES

_SCALES = (
    ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "3xl", "4xl"),
    ("tiny", "very small", "small", "medium", "mid", "large", "very large", "huge"),
    ("none", "very low", "low", "medium", "normal", "high", "very high", "critical", "urgent"),
    ("trivial", "minor", "moderate", "major", "critical", "blocker"),
    ("free", "basic", "bronze", "silver", "gold", "platinum", "diamond"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("morning", "noon", "afternoon", "evening", "night"),
    ("q1", "q2", "q3", "q4"),
)
_NUMBER = re.compile(r"\d+")
_BAND = re.compile(
    r"[^\w]*\d|(?:under|over|up to|below|above|less than|more than|from|age|aged|band|level|tier|grade|step"
    r"|stage|phase|class|week|day|month|quarter|year|hour|fy|cw|kw|[hdqwv])\W*\d",
    re.IGNORECASE,
)
"""How a label begins that has a place in an order: 18-24, > 100, Under 18, Week 3; a "Product 3" has none."""
_DOTTED = re.compile(r"\d\.\d+\.\d")
"""Versions and addresses of machines."""
_MOST = 100
"""Labels beyond which nobody looks for their order."""


def own_order(values: Sequence[str]) -> tuple[str, ...]:
    """Return the different `values` in an order of their own, nothing for names, which have none."""
    labels = list(dict.fromkeys(values))
    if len(labels) > _MOST:
        return ()
    ranks = _by_calendar(labels) or _by_scale(labels) or _by_number(labels)
    return tuple(sorted(labels, key=ranks.__getitem__)) if ranks else ()


def _by_calendar(labels: Sequence[str]) -> dict[str, int] | None:
    for names in (WEEKDAY_NAMES, MONTH_NAMES):
        places = {label: names.get(folded(label.strip(". "))) for label in labels}
        if labels and None not in places.values():
            return {label: place or 0 for label, place in places.items()}
    return None


def _by_scale(labels: Sequence[str]) -> dict[str, int] | None:
    for names in _SCALES:
        if len(labels) > 1 and all(label.lower() in names for label in labels):
            return {label: names.index(label.lower()) for label in labels}
    return None


def _by_number(labels: Sequence[str]) -> dict[str, int] | None:
    if any(map(_DOTTED.search, labels)):
        return None
    found = [_NUMBER.search(label) for label in labels]
    numbers = [int(match[0]) for match in found if match]
    is_band = all(map(_BAND.match, labels)) and len(numbers) == len(labels)
    return {label: at for at, label in enumerate(labels)} if is_band and numbers == sorted(numbers) else None
