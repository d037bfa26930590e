"""Dates, times and periods as Databricks and its SQL write them, and people in text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from render.columns.kinds import Kind
from render.columns.names import folded
from render.columns.time_names import MONTH_NAMES

MONTH = re.compile(r"(\d{4})[-/](0?[1-9]|1[0-2])")
QUARTER = re.compile(r"(?P<year>\d{4})[-/ ]?[QT](?P<quarter>[1-4])|[QT]([1-4])[-/ ]?(\d{4})", re.IGNORECASE)
WEEK = re.compile(
    r"(?P<year>\d{4})[-/ ]{0,3}(?:W|KW|CW|S|WK|WEEK|SEM)[ -]?(?P<week>\d\d?)"
    r"|(?:W|KW|CW|WK|WEEK|SEMAINE)[ -]?(\d\d?)[-/, ]{1,2}(\d{4})",
    re.IGNORECASE,
)
YEAR_AND_NUMBER = re.compile(r"((?:19|20)\d\d)[-/]?([0-5]?\d)")
"""A month or a week of a year: only the query or the name tells."""
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MONTH_DIGITS = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])")
DAY_DIGITS = re.compile(MONTH_DIGITS.pattern + r"(0[1-9]|[12]\d|3[01])")
YEAR = re.compile(r"(19|20)\d\d|2100")
NAMED_MONTH = re.compile(
    r"(?P<name>[^\W\d_]{3,10})\.?[ -/']{1,2}(?:de |del )?(?P<year>\d{4}|(?<=['-])\d\d)"
    r"|(?P<first>\d{4})[ -/](?P<last>[^\W\d_]{3,10})\.?"
)
_JAPANESE = re.compile(r"(\d{4})年(?:(\d\d?)月)?(?:(\d\d?)日)?")
EPOCH = re.compile(r"\d{10}|\d{13}|\d{16}")
SLASHED = re.compile(r"(\d\d?)([/.-])(\d\d?)\2(\d{4}|\d\d)(?:[ ,T].*)?")
FISCAL = re.compile(
    r"(?:FY|GJ|AF)[- ]?'?\d{2,4}(?:[/-]\d\d(?:\d\d)?)?(?:[- /]?(?P<part>[QTPMH])[- ]?\d\d?)?"
    r"|(?P<first>[QTPMH])\d\d?[- /]*(?:FY|GJ|AF)[- ]?'?\d{2,4}(?:[/-]\d\d(?:\d\d)?)?",
    re.IGNORECASE,
)
"""FY26, FY26-Q1, Q1 FY2026, GJ 2025/26, FY26 P03."""

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (a result's own calendar, no zone is meant)
_DAY_SECONDS = 86_400.0
_MIDNIGHT = time()
_MONTHS_PER_QUARTER = 3
_CENTURY = 100
_SUNDAY = 6
_AT_TWO = 2


def parse_time(text: str) -> datetime | None:
    """Read a date or a timestamp (`T` or space, with or without zone and fraction), or return None."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def parse_period(text: str, kind: Kind = Kind.TIME) -> datetime | None:
    """Read the start of a year, quarter, month, week, day or moment, or return None.

    The `kind` tells a week from a month where both are written as 2026-07.
    """
    text = text.strip()
    if DATE.match(text):
        return parse_time(text)
    text = text.removesuffix(".0")
    if DAY_DIGITS.fullmatch(text):
        return parse_time(text)
    if kind is Kind.WEEK and (found := YEAR_AND_NUMBER.fullmatch(text)):
        return _week(found[1], found[2])
    if YEAR.fullmatch(text):
        return _start(text)
    if found := MONTH.fullmatch(text) or MONTH_DIGITS.fullmatch(text):
        return _start(found[1], found[2])
    if found := QUARTER.fullmatch(text):
        first = (int(found["quarter"] or found[3]) - 1) * _MONTHS_PER_QUARTER + 1
        return _start(found["year"] or found[4], first)
    if found := WEEK.fullmatch(text):
        return _week(found["year"] or found[4], found["week"] or found[3])
    return _written(text)


def _written(text: str) -> datetime | None:
    """Read what people and machines write: Nov 2025, 2026年3月, seconds since 1970."""
    if EPOCH.fullmatch(text):
        return _EPOCH + timedelta(seconds=int(text) / 10 ** (len(text) - 10))
    if found := _JAPANESE.fullmatch(text):
        return _start(found[1], found[2] or 1, found[3] or 1)
    found = NAMED_MONTH.fullmatch(text)
    month = MONTH_NAMES.get(folded(found["name"] or found["last"])) if found else None
    return _start(found["year"] or found["first"], month) if found and month else None


def _start(year: str, month: str | int = 1, day: str | int = 1) -> datetime | None:
    number = int(year) + (20 * _CENTURY if int(year) < _CENTURY else 0)
    try:
        return datetime(number, int(month), int(day))  # noqa: DTZ001 (no zone is meant)
    except ValueError:
        return None


def _week(year: str, week: str) -> datetime | None:
    try:
        return datetime.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None


def parse_slashed(text: str, *, day_first: bool) -> datetime | None:
    """Read 31/12/2026 or 12/31/2026."""
    found = SLASHED.fullmatch(text.strip())
    if not found:
        return None
    day, month = (found[1], found[3]) if day_first else (found[3], found[1])
    return _start(found[4], month, day)


def days_come_first(texts: Iterable[str]) -> bool | None:
    """Tell 31/12/2026 from 12/31/2026 by what cannot be a month; None where all may be both."""
    found = [match for text in texts if (match := SLASHED.fullmatch(text.strip()))]
    firsts, seconds = [int(match[1]) for match in found], [int(match[3]) for match in found]
    if not found or (max(firsts) > 12 and max(seconds) > 12):  # noqa: PLR2004 (months of a year)
        return None
    if max(firsts) > 12 or found[0][2] == ".":  # noqa: PLR2004 (months of a year)
        return True
    return False if max(seconds) > 12 else None  # noqa: PLR2004 (months of a year)


def own_clock(moment: datetime) -> datetime:
    """Return `moment` as its own clock shows it, without the zone; `replace` takes six times as long."""
    return datetime.combine(moment, moment.time())


def on_one_clock(moments: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return each moment without its zone: by its own clock or, where clocks were changed, by the first one.

    A day begins at midnight on both sides of such a change, but of two hours at two o'clock one is later.
    """
    own = {cell: own_clock(moment) for cell, moment in moments.items()}
    offsets = {moment.utcoffset() for moment in moments.values()}
    if len(offsets) == 1 or None in offsets:
        return own
    by_moment = sorted(moments, key=moments.__getitem__)
    if all(own[earlier] < own[later] for earlier, later in pairwise(by_moment)):
        return own
    zone = moments[by_moment[0]].tzinfo
    try:
        return {cell: own_clock(moment.astimezone(zone)) for cell, moment in moments.items()}
    except OverflowError:  # the first or last days that there are
        return own


def skipped(moments: Iterable[datetime]) -> set[datetime]:
    """Return those of the missing moments that no clock had: the hour left out when summer time begins."""
    found: dict[date, set[datetime]] = defaultdict(set)
    for moment in moments:
        if _begins_summer(moment):
            found[moment.date()].add(moment)
    one_hour = (each for each in found.values() if len({moment.hour for moment in each}) == 1)
    return set().union(*one_hour)


def _begins_summer(moment: datetime) -> bool:
    """Whether clocks go forward then: on Sundays, in Europe, North America, Australia or New Zealand."""
    if moment.weekday() != _SUNDAY or not 1 <= moment.hour <= 3:  # noqa: PLR2004 (Lisbon to Helsinki)
        return False
    is_last = (moment + timedelta(days=7)).month != moment.month
    which = (moment.day - 1) // 7
    if moment.month == 3:  # noqa: PLR2004 (March)
        return is_last or (which == 1 and moment.hour == _AT_TWO)
    return moment.hour == _AT_TWO and ((moment.month == 9 and is_last) or (moment.month == 10 and not which))  # noqa: PLR2004


def days_since_1970(moment: datetime) -> float:
    """Return the days from 1970-01-01 to `moment`, by its own clock."""
    return (own_clock(moment) - _EPOCH).total_seconds() / _DAY_SECONDS


def moment_at(days: float) -> datetime:
    """Return the moment that is so many days after 1970-01-01."""
    return _EPOCH + timedelta(seconds=round(days * _DAY_SECONDS, 3))


def has_clock(moment: datetime) -> bool:
    """Whether `moment` is not the midnight that begins a day."""
    return bool(moment.hour or moment.minute or moment.second or moment.microsecond)


def starts_month(moment: datetime) -> bool:
    """Whether `moment` is the midnight that begins a month."""
    return moment.day == 1 and moment.time() == _MIDNIGHT
