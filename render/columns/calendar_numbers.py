"""Numbers that are positions in time and not amounts: years, months, hours, and dates written as digits."""

import re

from render.columns.kinds import Kind
from render.columns.names import has, is_numbering
from render.columns.times import DAY_DIGITS, MONTH_DIGITS, parse_period

_WHICH = re.compile("per|this|last|next|current|prior|previous|each|by|in")
_CALENDAR = {"of": 0, "year": 0, "quarter": 4, "month": 12, "week": 53, "day": 366, "weekday": 7, "hour": 23}
_YEARS = range(1900, 2101)
_YEAR_TOO = frozenset({"yr", "yyyy", "fy", "jahr", "année", "annee", "año", "anno", "jaar"})
_MONTHS = frozenset({"month", "yyyymm", "yearmonth", "ym", "period", "monat"})
_DAYS = frozenset({"date", "day", "yyyymmdd", "ymd", "dt", "datum"})


def calendar_kind(names: list[str], numbers: list[float]) -> Kind | None:
    """Return YEAR for years, TIME for other positions in a calendar, None for amounts."""
    names = ["year" if name in _YEAR_TOO else name for name in names]
    if not names or not numbers or not _names_a_time(names):
        return None
    if names[0] == "year" or (names[-1] == "year" and "of" not in names):
        return Kind.YEAR if all(number in _YEARS for number in numbers) else None
    most = max((_CALENDAR.get(name, 0) for name in names), default=0)
    return Kind.TIME if most and all(0 <= number <= most for number in numbers) else None


def date_kind(names: list[str], values: list[str]) -> Kind | None:
    """Return MONTH for 202603 and TIME for 20260301 where the name says so, too; None for anything else."""
    if not values or not _names_a_time([name for name in names if name not in _MONTHS | _DAYS]):
        return None
    if not _MONTHS.isdisjoint(names) and all(MONTH_DIGITS.fullmatch(value) for value in values):
        return Kind.MONTH
    is_day = not _DAYS.isdisjoint(names) and all(DAY_DIGITS.fullmatch(value) for value in values)
    return Kind.TIME if is_day and all(map(parse_period, values)) else None


def _names_a_time(names: list[str]) -> bool:
    """Whether at most one word says more than which time it is."""
    others = [name for name in names if name not in _CALENDAR and not is_numbering(name)]
    return len(others) <= 1 and not has(others, _WHICH)
