"""Ticks of a time axis that know hours, days, weeks, months, quarters and years."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta

from render.columns.format_dates import day_of_year, hour
from render.columns.periods import Grain
from render.columns.times import days_since_1970, moment_at
from render.text.locales import ANYWHERE, Locale, Order
from render.words.results.values import MONTHS, quarter

_MINUTES = (1 / 60, 1 / 12, 1 / 4, 1 / 2)
"""Steps below an hour, in hours, for what takes two hours at most."""
_HOURS = (1, 2, 3, 6, 12)
_DAYS = (1, 2, 7, 14)
_WEEKS = (1, 2, 4)
_MONTHS = (1, 2, 3, 6)
_QUARTERS = (3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

_NEED = {
    Grain.HOUR: 5.5,
    Grain.DAY: 6.5,
    Grain.WEEK: 6.5,
    Grain.MONTH: 4.7,
    Grain.QUARTER: 4.7,
    Grain.YEAR: 4.7,
}
"""Digits' room that a label takes together with its gap; below a month or quarter there may be a year."""
_WHOLE_MONTH = 8.2
"""That of 2026-11."""
_TWELVE_HOURS, _WITH_MINUTES = 6.5, 8.7
"""That of "12 pm" and of "10:30 pm"."""
_STRIDES = {Grain.HOUR: timedelta(hours=1), Grain.DAY: timedelta(days=1), Grain.WEEK: timedelta(days=7)}
_DAYS_IN = {
    Grain.HOUR: 1 / 24,
    Grain.DAY: 1,
    Grain.WEEK: 7,
    Grain.MONTH: 28,
    Grain.QUARTER: 28,
    Grain.YEAR: 365,
}

Tick = tuple[float, str]
"""A place in days since 1970 and what stands there; a second line holds the year or the day."""


def time_ticks(first: float, last: float, grain: Grain, room: float, locale: Locale = ANYWHERE) -> list[Tick]:
    """Return the ticks between two positions, on the finest step whose labels fit into `room` digits."""
    start, end = moment_at(first), moment_at(last)
    short = grain is Grain.HOUR and 1 / 24 / 60 < last - first <= 1 / 12
    minutes = [(grain, step) for step in _MINUTES if short]
    for unit, step in (*minutes, *_steps(grain)):
        most = max(2, int(room / _need(unit, step, locale)) + 1)
        if _size(unit, step) * most < last - first:
            continue
        moments = list(_moments(start, end, unit, step))
        if moments and len(moments) <= most:
            return list(zip(map(days_since_1970, moments), labels(moments, unit, locale), strict=True))
    return [(first, str(start.year)), (last, str(end.year))]


def _need(unit: Grain, step: float, locale: Locale) -> float:
    if unit is Grain.MONTH and locale.order is Order.YEAR:
        return _WHOLE_MONTH
    if unit is Grain.HOUR and locale.noon:
        return _WITH_MINUTES if step < 1 else _TWELVE_HOURS
    return _NEED[unit]


def _steps(grain: Grain) -> Iterator[tuple[Grain, int]]:
    if grain is Grain.HOUR:
        yield from ((Grain.HOUR, step) for step in _HOURS)
    if grain in {Grain.HOUR, Grain.DAY}:
        yield from ((Grain.DAY, step) for step in _DAYS)
    if grain is Grain.WEEK:
        yield from ((Grain.WEEK, step) for step in _WEEKS)
    if grain in {Grain.HOUR, Grain.DAY, Grain.WEEK, Grain.MONTH}:
        yield from ((Grain.MONTH, step) for step in _MONTHS)
    if grain is Grain.QUARTER:
        yield from ((Grain.QUARTER, step) for step in _QUARTERS)
    yield from ((Grain.YEAR, step) for step in _YEARS)


def _size(unit: Grain, step: float) -> float:
    """About how many days a step takes, a little less than in truth so that nothing is skipped in vain."""
    return step * _DAYS_IN[unit]


def _moments(start: datetime, end: datetime, unit: Grain, step: float) -> Iterator[datetime]:
    """Step through the data: hours of the clock, days from the first point, months and years from January."""
    if unit in _STRIDES:
        stride = step * _STRIDES[unit]
        first = start + (
            (datetime.combine(start, time.min) - start) % stride if unit is Grain.HOUR else timedelta()
        )
        yield from (first + count * stride for count in range((end - first) // stride + 1))
        return
    months = int(step * 12 if unit is Grain.YEAR else step)
    index = start.year * 12 + start.month - 1
    index = -(-index // months) * months if _month(index) == start else (index // months + 1) * months
    while index < 9999 * 12 and _month(index) <= end:
        yield _month(index)
        index += months


def _month(index: int) -> datetime:
    return datetime(index // 12, index % 12 + 1, 1)  # noqa: DTZ001 (no zone is meant)


def labels(moments: Sequence[datetime], unit: Grain, locale: Locale = ANYWHERE) -> list[str]:
    """One label per tick; what changes slowly is written below, only where it changes."""
    found, before = [], None
    for moment in moments:
        text, below = _label(moment, unit, locale)
        found.append(f"{text}\n{below}" if below != before and below else text)
        before = below
    return found


def _label(moment: datetime, unit: Grain, locale: Locale) -> tuple[str, str]:
    year = str(moment.year)
    if unit is Grain.HOUR:
        return hour(moment, locale), day_of_year(moment, locale)
    if unit is Grain.MONTH and locale.order is Order.YEAR:
        return f"{year}-{moment.month:02}", ""
    return {
        Grain.MONTH: (MONTHS[moment.month - 1], year),
        Grain.QUARTER: (quarter((moment.month + 2) // 3), year),
        Grain.YEAR: (year, ""),
    }.get(unit) or (day_of_year(moment, locale), year)
