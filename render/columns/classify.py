"""What each column of a result is, decided once from its type, its name and its values."""

import re
from collections.abc import Callable

from genie.model import Cell, Column, Table
from render.columns.kinds import NUMBER_TYPES, WHOLE_TYPES, Kind
from render.columns.names import (
    COUNTED,
    SUMMED,
    has,
    is_numbering,
    name_words,
    names_code,
    names_coordinate,
    names_identifier,
    names_place,
)
from render.columns.numbers import read_float
from render.columns.times import (
    DATE,
    DAY_DIGITS,
    MONTH,
    MONTH_DIGITS,
    QUARTER,
    YEAR,
    parse_period,
    parse_time,
    starts_month,
)

_SAMPLE = 500
"""Values that decide about a column; more would cost time and hardly ever change the verdict."""
_LONG_TEXT = 60
_FARTHEST = 180
"""Degrees of longitude; a "lat" beyond is a latency."""
_TWO_FOR_A_MONTH = 2
"""One date on the first of a month may be chance, two are a column of months."""

_CODE = re.compile(r"[+-]?0\d+|\+\d[\d ()/-]{5,}|\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", re.IGNORECASE)
_RATIO = re.compile("share|rate|ratio|fraction|margin|proportion")
_PERCENT = re.compile("[a-z]*(?:pct|percent|percentage)|%")
_NO_PART = re.compile("exchange|fx|currency|hourly|points?|pp")
_PART_OF_ALL = re.compile(
    "churn|conversion|retention|discount|tax|vat|interest|occupancy|utili[sz]ation|completion|attrition|win|bounce"
)
"""What a "rate" is a part of a whole of: above one it can only be a percentage."""
_NO_DOUBT = 2.0
"""Above, a "percent" is one of a hundred: 1.4 may be 140 %."""
_WHICH = re.compile("per|this|last|next|current|prior|previous|each|by|in")
_CALENDAR = {"of": 0, "year": 0, "quarter": 4, "month": 12, "week": 53, "day": 366, "weekday": 7, "hour": 23}
_YEARS = range(1900, 2101)
_YEAR_TOO = frozenset({"yr", "yyyy", "fy", "jahr", "année", "annee", "año", "anno", "jaar"})
_MONTHS = frozenset({"month", "yyyymm", "yearmonth", "ym", "period", "monat"})
_DAYS = frozenset({"date", "day", "yyyymmdd", "ymd", "dt", "datum"})


def classify(table: Table) -> tuple[Kind, ...]:
    """Return the kind of each column of `table`, in order."""
    sample = table.rows[:_SAMPLE]
    return tuple(_kind(column, [row[at] for row in sample]) for at, column in enumerate(table.columns))


def _kind(column: Column, cells: list[Cell]) -> Kind:
    values = [cell for cell in cells if cell is not None]
    type_name = column.type_name.upper()
    if type_name == "BOOLEAN":
        return Kind.BOOLEAN
    if type_name == "DATE" or type_name.startswith("TIMESTAMP"):
        return _time_kind(name_words(column.name), values)
    if type_name in NUMBER_TYPES:
        return _number_kind(name_words(column.name), type_name, values)
    if type_name in {"STRING", "CHAR", "VARCHAR"}:
        return _text_kind(name_words(column.name), values)
    return Kind.TEXT


def _time_kind(names: list[str], values: list[str]) -> Kind:
    times = [parse_time(value) for value in values]
    starts = [moment for moment in times if moment is not None and starts_month(moment)]
    if not starts or len(starts) < len(times):
        return Kind.TIME
    months = {start.month for start in starts}
    if "year" in names and months == {1}:
        return Kind.YEAR
    if "quarter" in names and months <= {1, 4, 7, 10}:
        return Kind.QUARTER
    return Kind.MONTH if "month" in names or len(set(values)) >= _TWO_FOR_A_MONTH else Kind.TIME


def _number_kind(names: list[str], type_name: str, values: list[str]) -> Kind:
    numbers = [number for number in map(read_float, values) if number is not None]
    whole = all(number.is_integer() for number in numbers)
    if whole and (when := _date_kind(names, values)):
        return when
    if whole and (names_code(names) or any(_has_leading_zero(value) for value in values)):
        return Kind.IDENTIFIER
    if whole and not has(names, COUNTED) and (calendar := _calendar_kind(names, numbers)):
        return calendar
    if not whole and names_coordinate(names) and all(abs(number) <= _FARTHEST for number in numbers):
        return Kind.COORDINATE
    return _ratio_kind(names, numbers, whole=type_name in WHOLE_TYPES) or Kind.MEASURE


def _has_leading_zero(value: str) -> bool:
    return len(value) > 1 and value[0] == "0" and value.isdecimal()


def _text_kind(names: list[str], values: list[str]) -> Kind:
    if not values:
        return Kind.CATEGORY
    if when := _written_time(names, values) or _date_kind(names, values):
        return when
    if names_identifier(names) or _all(values, _CODE.fullmatch):
        return Kind.IDENTIFIER
    average = sum(map(len, values)) / len(values)
    if average > _LONG_TEXT or any("\n" in value for value in values):
        return Kind.TEXT
    return Kind.GEOGRAPHY if names_place(names) else Kind.CATEGORY


def _written_time(names: list[str], values: list[str]) -> Kind | None:
    """Recognise times that a query formatted as text: 2026-03, 2026-Q1, 2026-03-01."""
    if _all(values, MONTH.fullmatch):
        return Kind.MONTH
    if _all(values, QUARTER.fullmatch):
        return Kind.QUARTER
    if _all(values, DATE.match) and _all(values, parse_time):
        return _time_kind(names, values)
    return Kind.YEAR if "year" in names and _all(values, YEAR.fullmatch) else None


def _all(values: list[str], test: Callable[[str], object]) -> bool:
    return all(test(value) for value in values)


def _ratio_kind(names: list[str], numbers: list[float], *, whole: bool) -> Kind | None:
    """Return RATIO or PERCENT only where the values leave no doubt: 0.4 "pct" may be 40 % or 0.4 %."""
    if not numbers or has(names, _NO_PART) or (has(names, SUMMED) and not has(names[-1:], _PERCENT)):
        return None
    largest = max(abs(number) for number in numbers)
    adds_up = len(numbers) > 1 and abs(sum(numbers) - 1) < 0.02  # noqa: PLR2004 (rounded shares)
    if has(names, _PERCENT):
        if largest <= _NO_DOUBT and not whole:
            return Kind.RATIO if adds_up else None
        return Kind.PERCENT
    if names[-1:] == ["rate"] and has(names, _PART_OF_ALL) and _NO_DOUBT < largest <= 100:  # noqa: PLR2004
        return Kind.PERCENT
    if not whole and has(names, _RATIO) and largest <= 1:
        return Kind.RATIO
    return None


def _calendar_kind(names: list[str], numbers: list[float]) -> Kind | None:
    """Return YEAR for years, TIME for other positions in a calendar, None for amounts."""
    names = ["year" if name in _YEAR_TOO else name for name in names]
    if not names or not numbers or not _names_a_time(names):
        return None
    if names[0] == "year" or (names[-1] == "year" and "of" not in names):
        return Kind.YEAR if all(number in _YEARS for number in numbers) else None
    most = max((_CALENDAR.get(name, 0) for name in names), default=0)
    return Kind.TIME if most and all(0 <= number <= most for number in numbers) else None


def _date_kind(names: list[str], values: list[str]) -> Kind | None:
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
