"""Natural order of texts: weekdays, months, sizes, bands."""

import re
from collections.abc import Sequence

_CALENDARS = (
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    (
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december"),
    ),
)
_SHORTEST = 3
"""Letters of a weekday or month that is told by its beginning."""
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
    for names in _CALENDARS:
        places = {label: _place(label.lower().rstrip("."), names) for label in labels}
        if None not in places.values():
            return {label: place or 0 for label, place in places.items()}
    return None


def _place(label: str, names: Sequence[str]) -> int | None:
    if len(label) < _SHORTEST:
        return None
    return next((at for at, name in enumerate(names) if name.startswith(label)), None)


def _by_scale(labels: Sequence[str]) -> dict[str, int] | None:
    for names in _SCALES:
        if len(labels) > 1 and all(label.lower() in names for label in labels):
            return {label: names.index(label.lower()) for label in labels}
    return None


def _by_number(labels: Sequence[str]) -> dict[str, int] | None:
    found = [_NUMBER.search(label) for label in labels]
    numbers = [int(match[0]) for match in found if match]
    is_band = all(map(_BAND.match, labels)) and len(numbers) == len(labels)
    return {label: at for at, label in enumerate(labels)} if is_band and numbers == sorted(numbers) else None
