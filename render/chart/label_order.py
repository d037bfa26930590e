"""Natural order of labels: weekdays, months, sizes, hours, bands."""

import math
import re
from collections.abc import Sequence

from render.chart.column_data import ColumnData
from render.columns.kinds import TIMES, Kind
from render.columns.times import days_since_1970

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


def own_order(group: ColumnData) -> dict[str, float] | None:
    """Return the rank of labels that have an order of their own, None for names."""
    if group.distinct > _MOST:
        return None
    labels = list(dict.fromkeys(group.labels))
    return _by_time(group) or _by_calendar(labels) or _by_scale(labels) or _by_number(group, labels)


def _by_time(group: ColumnData) -> dict[str, float] | None:
    """Order dates as they follow one another, however their reader writes them; an unknown one is last."""
    if group.kind not in TIMES:
        return None
    moments = dict(zip(group.cells, group.moments, strict=True))
    if any(cell is not None and moment is None for cell, moment in moments.items()):
        return None
    return {
        group.label(cell): math.inf if moment is None else days_since_1970(moment)
        for cell, moment in moments.items()
    }


def _by_calendar(labels: Sequence[str]) -> dict[str, float] | None:
    for names in _CALENDARS:
        places = {label: _place(label.lower().rstrip("."), names) for label in labels}
        if None not in places.values():
            return {label: float(place or 0) for label, place in places.items()}
    return None


def _place(label: str, names: Sequence[str]) -> int | None:
    if len(label) < _SHORTEST:
        return None
    return next((at for at, name in enumerate(names) if name.startswith(label)), None)


def _by_scale(labels: Sequence[str]) -> dict[str, float] | None:
    for names in _SCALES:
        if len(labels) > 1 and all(label.lower() in names for label in labels):
            return {label: float(names.index(label.lower())) for label in labels}
    return None


def _by_number(group: ColumnData, labels: Sequence[str]) -> dict[str, float] | None:
    found = [_NUMBER.search(label) for label in labels]
    ranks = [float(match[0]) for match in found if match]
    if len(ranks) < len(labels):
        return None
    if group.kind in TIMES:
        return dict(zip(labels, ranks, strict=True))
    banded = group.kind is Kind.CATEGORY and all(map(_BAND.match, labels)) and ranks == sorted(ranks)
    return {label: float(at) for at, label in enumerate(labels)} if banded else None
