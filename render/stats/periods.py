"""Periods: how long they are, which follows which, which is not over yet."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import gcd

from render.columns.kinds import Kind
from render.columns.times import starts_month
from render.stats.model import Grain

_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_DAYS = {Grain.DAY: 1, Grain.WEEK: 7}
_SAID = {Kind.QUARTER: Grain.QUARTER, Kind.YEAR: Grain.YEAR}
_FEWEST = 3
_WEEK = 7
_WORKDAYS = frozenset(range(1, 6))
"""Monday to Friday, as days counted from the first of January of the year 1 give them."""
_YEAR_OF_WEEKS = 364


def grain_of(kind: Kind, moments: Sequence[datetime]) -> Grain | None:
    """Return the period of a column with these moments, which are different and in order; None for hours."""
    if kind in _SAID:
        return _SAID[kind]
    if any(moment.time() != datetime.min.time() for moment in moments):
        return None
    if all(map(starts_month, moments)):
        return _coarsest([number(moment, Grain.MONTH) for moment in moments], _MONTHS)
    return _coarsest([number(moment, Grain.DAY) for moment in moments], _DAYS)


def _coarsest(numbers: Sequence[int], sizes: Mapping[Grain, int]) -> Grain:
    """Return the longest period that divides all distances; two moments alone may be apart by chance."""
    apart = gcd(*(later - earlier for earlier, later in pairwise(numbers)))
    fitting = [grain for grain, size in sizes.items() if apart % size == 0]
    return fitting[-1] if len(numbers) >= _FEWEST else fitting[0]


def number(moment: datetime, grain: Grain) -> int:
    """Count the periods: the next one has the next number."""
    if grain in _MONTHS:
        return (moment.year * 12 + moment.month - 1) // _MONTHS[grain]
    return moment.toordinal() // _DAYS[grain]


def year_before(moment: datetime, grain: Grain) -> datetime | None:
    """Return the same period of the year before; None where that is the one before, or does not exist."""
    if grain is Grain.YEAR or (moment.month, moment.day) == (2, 29):
        return None
    if moment.year == 1:
        return None
    if grain is Grain.WEEK:
        return moment - timedelta(days=_YEAR_OF_WEEKS)
    return moment.replace(year=moment.year - 1)


def is_over(moment: datetime, grain: Grain, today: date) -> bool:
    """Whether a period that begins at `moment` has come to its end when `today` is."""
    return _last_day(moment.date(), grain) < today.toordinal()


def _last_day(begun: date, grain: Grain) -> int:
    if grain in _DAYS:
        return begun.toordinal() + _DAYS[grain] - 1
    month = begun.month - 2 + _MONTHS[grain]
    year = begun.year + month // 12
    return begun.toordinal() if year > date.max.year else _end_of(year, month % 12 + 1)


def _end_of(year: int, month: int) -> int:
    return date(year, month, calendar.monthrange(year, month)[1]).toordinal()


def gaps(numbers: Iterable[int], grain: Grain) -> int:
    """Count what is missing between the first and the last; no weekends where there never is one."""
    there = set(numbers)
    first, last = min(there), max(there)
    if grain is not Grain.DAY:
        return last - first + 1 - len(there)
    weekdays = {day % _WEEK for day in there} | _WORKDAYS
    return sum((last - day) // _WEEK - (first - 1 - day) // _WEEK for day in weekdays) - len(there)
