"""The customs of readers, beside what https://cldr.unicode.org says of their languages."""

from datetime import datetime

import pytest

from render.chart.time_axis import time_ticks
from render.columns.format_dates import time_writer
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.columns.times import days_since_1970
from render.text.locales import ANYWHERE, Dates, Locale, Numbers, Order, locale_of

SPACE, NARROW = "\u00a0", "\u202f"
CUSTOMS = [
    ("en-US", "1,234,567.5", "12%", "-$9.5", "Mar 4, 2026"),
    ("en-GB", "1,234,567.5", "12%", "-$9.5", "4 Mar 2026"),
    ("es-LA", "1,234,567.5", "12%", "-$9.5", "4 Mar 2026"),
    ("de-DE", "1.234.567,5", f"12{SPACE}%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("de-CH", "1’234’567.5", "12%", f"-${SPACE}9.5", "4 Mar 2026"),
    ("es-ES", "1.234.567,5", f"12{SPACE}%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("fr-FR", f"1{NARROW}234{NARROW}567,5", f"12{SPACE}%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("fr-CA", f"1{SPACE}234{SPACE}567,5", f"12{SPACE}%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("it-IT", "1.234.567,5", "12%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("nl-NL", "1.234.567,5", "12%", f"-${SPACE}9,5", "4 Mar 2026"),
    ("pt-BR", "1.234.567,5", "12%", f"-${SPACE}9,5", "4 Mar 2026"),
    ("pt-PT", f"1{SPACE}234{SPACE}567,5", "12%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("sv-SE", f"1{SPACE}234{SPACE}567,5", f"12{SPACE}%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("pl-PL", f"1{SPACE}234{SPACE}567,5", "12%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("cs-CZ", f"1{SPACE}234{SPACE}567,5", f"12{SPACE}%", f"-9,5{SPACE}$", "4 Mar 2026"),
    ("hu-HU", f"1{SPACE}234{SPACE}567,5", "12%", f"-9,5{SPACE}$", "2026-03-04"),
    ("tr-TR", "1.234.567,5", "%12", "-$9,5", "4 Mar 2026"),
    ("id-ID", "1.234.567,5", "12%", "-$9,5", "4 Mar 2026"),
    ("th-TH", "1,234,567.5", "12%", "-$9.5", "4 Mar 2026"),
    ("he-IL", "1,234,567.5", "12%", "-$9.5", "4 Mar 2026"),
    ("hi-IN", "1,234,567.5", "12%", "-$9.5", "4 Mar 2026"),
    ("ja-JP", "1,234,567.5", "12%", "-$9.5", "2026-03-04"),
    ("ko-KR", "1,234,567.5", "12%", "-$9.5", "2026-03-04"),
    ("zh-CN", "1,234,567.5", "12%", "-$9.5", "2026-03-04"),
    ("zh-TW", "1,234,567.5", "12%", "-$9.5", "2026-03-04"),
]
"""Digits are Western, years Gregorian and groups of three in all of them."""


@pytest.mark.parametrize(("name", "number", "part", "money", "day"), CUSTOMS)
def test_a_reader_finds_the_own_customs(name: str, number: str, part: str, money: str, day: str) -> None:
    """Separators, the places of signs, and what a date begins with."""
    locale = locale_of(name)
    assert locale.digits("1,234,567.5") == number
    assert locale.percentage("12") == part
    assert locale.percentage("-12") == f"-{part}"
    assert locale.amount(locale.digits("-9.5"), "$") == money
    assert time_writer(["2026-03-04"], Kind.TIME, locale)("2026-03-04") == day


DAYS = datetime(2026, 10, 1), datetime(2026, 10, 22)  # noqa: DTZ001 (a result's own calendar)
HOURS = datetime(2026, 10, 1, 22), datetime(2026, 10, 2, 1)  # noqa: DTZ001
MONTHS = datetime(2026, 1, 1), datetime(2026, 3, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "grain", "ends", "ticks"),
    [
        ("en-US", Grain.DAY, DAYS, ["Oct 1\n2026", "Oct 8", "Oct 15", "Oct 22"]),
        ("ja-JP", Grain.DAY, DAYS, ["10-01\n2026", "10-08", "10-15", "10-22"]),
        ("en-US", Grain.HOUR, HOURS, ["10 pm\nOct 1", "11 pm", "12 am\nOct 2", "1 am"]),
        ("ja-JP", Grain.HOUR, HOURS, ["22:00\n10-01", "23:00", "00:00\n10-02", "01:00"]),
        ("en-US", Grain.MONTH, MONTHS, ["Jan\n2026", "Feb", "Mar"]),
        ("zh-CN", Grain.MONTH, MONTHS, ["2026-01", "2026-02", "2026-03"]),
    ],
)
def test_a_time_axis_is_labelled_as_its_reader_does(
    name: str, grain: Grain, ends: tuple[datetime, datetime], ticks: list[str]
) -> None:
    """Days in the order of the language, hours by its clock."""
    first, last = map(days_since_1970, ends)
    assert [text for _, text in time_ticks(first, last, grain, 52.0, locale_of(name))] == ticks


def test_minutes_of_twelve_hours_have_more_room() -> None:
    """Fewer of 10:15 pm fit beside one another than of 22:15."""
    first, last = days_since_1970(HOURS[0]), days_since_1970(HOURS[0].replace(hour=23))
    ticks = {name: time_ticks(first, last, Grain.HOUR, 30.0, locale_of(name)) for name in ("en-US", "de-DE")}
    assert [text for _, text in ticks["de-DE"]] == ["22:00\n1 Oct", "22:15", "22:30", "22:45", "23:00"]
    assert [text for _, text in ticks["en-US"]] == ["10 pm\nOct 1", "10:30 pm", "11 pm"]


def test_in_a_chart_months_are_short() -> None:
    """A table has the room for September, the axis of a chart has not."""
    long, short = ANYWHERE, ANYWHERE.abbreviated()
    assert time_writer(["2026-09"], Kind.MONTH, long)("2026-09") == "September 2026"
    assert time_writer(["2026-09"], Kind.MONTH, short)("2026-09") == "Sep 2026"
    assert short == Locale(short=True)


@pytest.mark.parametrize(
    ("numbers", "written"),
    [
        (Numbers.LANGUAGE, "1.234,5"),
        (Numbers.COMMA, "1,234.5"),
        (Numbers.POINT, "1.234,5"),
        (Numbers.SPACE, "1\u202f234,5"),
        (Numbers.APOSTROPHE, "1’234.5"),
    ],
)
def test_a_person_may_want_numbers_otherwise_than_the_language_has_them(
    numbers: Numbers, written: str
) -> None:
    """The rest stays as the language has it."""
    german = locale_of("de-DE", numbers)
    assert german.digits("1,234.5") == written
    assert (german.percent, german.order) == (locale_of("de-DE").percent, Order.DAY)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (Dates.LANGUAGE, Order.MONTH),
        (Dates.DAY, Order.DAY),
        (Dates.MONTH, Order.MONTH),
        (Dates.YEAR, Order.YEAR),
    ],
)
def test_a_person_may_want_dates_otherwise_than_the_language_has_them(dates: Dates, order: Order) -> None:
    """The rest stays as the language has it."""
    american = locale_of("en-US", dates=dates)
    assert (american.order, american.group, american.noon) == (order, ",", True)
