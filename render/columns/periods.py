"""Periods of time: the grain of a column, which period follows which, which is not over yet."""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from math import gcd

from render.columns import time_names
from render.columns.kinds import Kind
from render.columns.times import starts_month


class Grain(StrEnum):
    """The length of a period, or the step of a time axis."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
_DAYS_IN = {Grain.DAY: 1, Grain.WEEK: 7}
NAMED_KINDS = {Grain.MONTH: Kind.MONTH, Grain.QUARTER: Kind.QUARTER, Grain.YEAR: Kind.YEAR}
"""How dates are written that stand for a period with a name of its own; a week has the date of its Monday."""
_BY_KIND = {Kind.WEEK: Grain.WEEK, Kind.QUARTER: Grain.QUARTER, Kind.YEAR: Grain.YEAR}
_FEWEST = 3
_WEEK = 7
_WORKDAYS = frozenset(range(1, 6))
"""Monday to Friday, as days counted from the first of January of the year 1 give them."""
_YEAR_OF_WEEKS = 364


def grain_of(kind: Kind, words: Sequence[str], moments: Sequence[datetime]) -> Grain:
    """Return the grain of a column from its kind, the words of its name and its moments, distinct and sorted.

    It is the longest period that divides all distances, unless two moments alone, or a name, leave a doubt.
    """
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    if any(moment.time() != time.min for moment in moments):
        return Grain.HOUR
    few = len(moments) < _FEWEST
    if not all(map(starts_month, moments)):
        grain = _coarsest([number(moment, Grain.DAY) for moment in moments], _DAYS_IN)
        return Grain.DAY if few and not time_names.WEEK.among(words) else grain
    grain = _coarsest([number(moment, Grain.MONTH) for moment in moments], MONTHS_IN)
    named = time_names.MONTH.among(words)
    doubtful = (few and named) or (grain is Grain.QUARTER and (few or named))
    return Grain.MONTH if doubtful else grain


def _coarsest(numbers: Sequence[int], sizes: Mapping[Grain, int]) -> Grain:
    apart = gcd(*(later - earlier for earlier, later in pairwise(numbers)))
    return [grain for grain, size in sizes.items() if apart % size == 0][-1]


def number(moment: datetime, grain: Grain) -> int:
    """Count the periods: the next one has the next number."""
    if grain in MONTHS_IN:
        return (moment.year * 12 + moment.month - 1) // MONTHS_IN[grain]
    return moment.toordinal() // _DAYS_IN[grain]


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
    if grain in _DAYS_IN:
        return begun.toordinal() + _DAYS_IN[grain] - 1
    month = begun.month - 2 + MONTHS_IN[grain]
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
