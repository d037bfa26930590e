"""Format dates and times, each with as much detail as its column has."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from genie.model import Cell
from render import words
from render.columns.kinds import Kind
from render.columns.times import has_clock, parse_period, starts_month
from render.text.locales import Locale, Order

UTC = "UTC"


def time_writer(
    cells: Iterable[Cell], kind: Kind, locale: Locale, *, zone: bool = True
) -> Callable[[str], str]:
    """Return what writes the times of a column: all with a clock or none, with seconds or without.

    `zone` is False when the zone stands elsewhere. ValueError for a cell that is no time.
    """
    moments = [moment for cell in cells if cell is not None and (moment := parse_period(cell, kind))]
    clock = any(map(has_clock, moments))
    seconds = any(moment.second or moment.microsecond for moment in moments)

    def write(cell: str) -> str:
        moment = parse_period(cell, kind)
        if moment is None:
            raise ValueError
        return _period(moment, kind, locale) or _day(moment, locale) + (
            f", {_clock(moment, locale, seconds=seconds)}{_zone(moment) if zone else ''}" if clock else ""
        )

    return write


def in_utc(cells: Iterable[Cell]) -> bool:
    """Whether all times have a clock, and it is that of UTC."""
    moments = [parse_period(cell) for cell in cells if cell is not None]
    return any(moment and has_clock(moment) for moment in moments) and all(
        moment is not None and moment.utcoffset() == timedelta() for moment in moments
    )


def _period(moment: datetime, kind: Kind, locale: Locale) -> str:
    """Write the year, quarter, month or week that a moment stands for; nothing when it stands for itself."""
    if kind is Kind.WEEK:
        year, week, _ = moment.isocalendar()
        return f"{year}-W{week:02}"
    if not starts_month(moment):
        return ""
    if kind is Kind.YEAR and moment.month == 1:
        return str(moment.year)
    if kind is Kind.QUARTER:
        return _in_order(words.values.quarter((moment.month + 2) // 3), moment, locale)
    if kind is not Kind.MONTH:
        return ""
    if locale.order is Order.YEAR:
        return f"{moment.year}-{moment.month:02}"
    months = words.values.MONTHS if locale.short else words.values.LONG_MONTHS
    return f"{months[moment.month - 1]} {moment.year}"


def _in_order(part: str, moment: datetime, locale: Locale) -> str:
    return f"{moment.year} {part}" if locale.order is Order.YEAR else f"{part} {moment.year}"


def _day(moment: datetime, locale: Locale) -> str:
    day = day_of_year(moment, locale)
    if locale.order is Order.YEAR:
        return f"{moment.year:04}-{day}"
    return f"{day}, {moment.year:04}" if locale.order is Order.MONTH else f"{day} {moment.year:04}"


def day_of_year(moment: datetime, locale: Locale) -> str:
    """Write a day where the year stands elsewhere."""
    month = words.values.MONTHS[moment.month - 1]
    if locale.order is Order.YEAR:
        return f"{moment.month:02}-{moment.day:02}"
    return f"{month} {moment.day}" if locale.order is Order.MONTH else f"{moment.day} {month}"


def hour(moment: datetime, locale: Locale) -> str:
    """Write a time of day as short as a full hour allows: 14:00, 2 pm."""
    text = _clock(moment, locale, seconds=False)
    return text.replace(":00 ", " ") if locale.noon else text


def _clock(moment: datetime, locale: Locale, *, seconds: bool) -> str:
    rest = f":{moment.minute:02}" + (f":{moment.second:02}" if seconds else "")
    if not locale.noon:
        return f"{moment.hour:02}{rest}"
    return f"{(moment.hour - 1) % 12 + 1}{rest} {words.values.NOON[moment.hour // 12]}"


def _zone(moment: datetime) -> str:
    zone = (moment.tzname() or "").removesuffix("+00:00")
    return f" {zone}" if zone else ""
