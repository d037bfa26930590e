"""Dates and times as Databricks and its SQL write them."""

import re
from datetime import datetime, time, timedelta

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
QUARTER = re.compile(r"(?P<year>\d{4})[- ]?Q(?P<quarter>[1-4])|Q([1-4])[- ](\d{4})", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MONTH_DIGITS = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])")
DAY_DIGITS = re.compile(MONTH_DIGITS.pattern + r"(0[1-9]|[12]\d|3[01])")
YEAR = re.compile(r"(19|20)\d\d|2100")

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (a result's own calendar, no zone is meant)
_DAY_SECONDS = 86_400.0
_MIDNIGHT = time()
_MONTHS_PER_QUARTER = 3


def parse_time(text: str) -> datetime | None:
    """Read a date or a timestamp (`T` or space, with or without zone and fraction), or return None."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def parse_period(text: str) -> datetime | None:
    """Read the start of a year, quarter, month, day or moment, or return None."""
    text = text.strip().removesuffix(".0")
    if DATE.match(text) or DAY_DIGITS.fullmatch(text):
        return parse_time(text)
    if YEAR.fullmatch(text):
        return datetime(int(text), 1, 1)  # noqa: DTZ001 (a result's own calendar, no zone is meant)
    if found := MONTH.fullmatch(text) or MONTH_DIGITS.fullmatch(text):
        return parse_time(f"{found[1]}-{found[2]}-01")
    if found := QUARTER.fullmatch(text):
        year = found["year"] or found[4]
        first = (int(found["quarter"] or found[3]) - 1) * _MONTHS_PER_QUARTER + 1
        return parse_time(f"{year}-{first:02}-01")
    return None


def own_clock(moment: datetime) -> datetime:
    """Return `moment` as its own clock shows it, without the zone; `replace` takes six times as long."""
    return datetime.combine(moment, moment.time())


def days_since_1970(moment: datetime) -> float:
    """Return the days from 1970-01-01 to `moment`, by its own clock."""
    return (own_clock(moment) - _EPOCH).total_seconds() / _DAY_SECONDS


def moment_at(days: float) -> datetime:
    """Return the moment that is so many days after 1970-01-01."""
    return _EPOCH + timedelta(seconds=round(days * _DAY_SECONDS, 3))


def starts_month(moment: datetime) -> bool:
    """Whether `moment` is the midnight that begins a month."""
    return moment.day == 1 and moment.time() == _MIDNIGHT
