"""Whole numbers that count years, months or hours: positions in time, not amounts."""

import re

from render.column_names import has, is_numbering
from render.kinds import Kind

_WHICH = re.compile("per|this|last|next|current|prior|previous|each|by|in")
_CALENDAR = {"of": 0, "year": 0, "quarter": 4, "month": 12, "week": 53, "day": 366, "weekday": 7, "hour": 23}
_YEARS = range(1900, 2101)


def calendar_kind(names: list[str], numbers: list[float]) -> Kind | None:
    """Return YEAR for years, TIME for other positions in a calendar, None for amounts."""
    if not names or not numbers:
        return None
    others = [name for name in names if name not in _CALENDAR and not is_numbering(name)]
    if len(others) > 1 or has(others, _WHICH):
        return None
    if names[0] == "year" or (names[-1] == "year" and "of" not in names):
        return Kind.YEAR if all(number in _YEARS for number in numbers) else None
    most = max((_CALENDAR.get(name, 0) for name in names), default=0)
    return Kind.TIME if most and all(0 <= number <= most for number in numbers) else None
