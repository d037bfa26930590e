"""What each column of a result is, decided once from its type, its name and its values.

Type names: https://docs.databricks.com/api/workspace/statementexecution (ColumnInfoTypeName).
"""

import re
from collections.abc import Callable
from enum import StrEnum

from genie.model import Cell, Column, Table
from render.times import DATE, MONTH, QUARTER, YEAR, parse_time, starts_month

WHOLE_TYPES = frozenset({"BYTE", "SHORT", "INT", "LONG"})
NUMBER_TYPES = WHOLE_TYPES | {"DECIMAL", "DOUBLE", "FLOAT"}
JSON_TYPES = frozenset({"STRUCT", "MAP", "ARRAY", "VARIANT"})


class Kind(StrEnum):
    """What a column means to a reader.

    RATIO holds fractions of one (0.25 is 25 %), PERCENT holds percentages already (25 is 25 %).
    TIME is any date or time; MONTH, QUARTER and YEAR are times of which only that much is meant.
    """

    TIME = "time"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    MEASURE = "measure"
    RATIO = "ratio"
    PERCENT = "percent"
    CATEGORY = "category"
    IDENTIFIER = "identifier"
    BOOLEAN = "boolean"
    TEXT = "text"


TIMES = frozenset({Kind.TIME, Kind.MONTH, Kind.QUARTER, Kind.YEAR})
RATIOS = frozenset({Kind.RATIO, Kind.PERCENT})
NUMBERS = RATIOS | {Kind.MEASURE}

_SAMPLE = 500
"""Values that decide about a column; more would cost time and hardly ever change the verdict."""
_LONG_TEXT = 60
_TWO_FOR_A_MONTH = 2
"""One date on the first of a month may be chance, two are a column of months."""

_IDENTIFIER = re.compile(
    "ids?|uuid|guid|key|codes?|zip|zipcode|plz|postcode|phone|tel|mobile|fax|sku|ean|isbn|iban"
)
_NUMBERED = re.compile("number|num|no|nr")
_COUNTED = re.compile("counts?|cnt|sum|distinct|amount|qty|quantity|total|avg|average|mean|median")
_SUMMED = re.compile("counts?|cnt|sum|distinct|amount|qty|quantity")
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

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|%")
_CODE = re.compile(r"[+-]?0\d+|\+\d[\d ()/-]{5,}|\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", re.IGNORECASE)


def classify(table: Table) -> tuple[Kind, ...]:
    """Return the kind of each column of `table`, in order."""
    sample = table.rows[:_SAMPLE]
    return tuple(_kind(column, [row[at] for row in sample]) for at, column in enumerate(table.columns))


def words(name: str) -> list[str]:
    """Split a column's name into lower-case words: `orderCount` and `Order count` are the same."""
    return [word.lower() for word in _WORD.findall(name)]


def _kind(column: Column, cells: list[Cell]) -> Kind:
    values = [cell for cell in cells if cell is not None]
    type_name = column.type_name.upper()
    if type_name == "BOOLEAN":
        return Kind.BOOLEAN
    if type_name == "DATE" or type_name.startswith("TIMESTAMP"):
        return _time_kind(words(column.name), values)
    if type_name in NUMBER_TYPES:
        return _number_kind(words(column.name), type_name, values)
    if type_name in {"STRING", "CHAR", "VARCHAR"}:
        return _text_kind(words(column.name), values)
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
    numbers = _numbers(values)
    whole = all(number.is_integer() for number in numbers)
    if whole and (_names_identifier(names) or any(_has_leading_zero(value) for value in values)):
        return Kind.IDENTIFIER
    if whole and not _has(names, _COUNTED) and (calendar := _calendar_kind(names, numbers)):
        return calendar
    return _ratio_kind(names, numbers, whole=type_name in WHOLE_TYPES) or Kind.MEASURE


def _names_identifier(names: list[str]) -> bool:
    """Whether a number so named is a name itself: `customer_id`, `order number`, not `count(customer_id)`."""
    if not names or _has(names, _COUNTED):
        return False
    return bool(_IDENTIFIER.fullmatch(names[-1]) or (len(names) > 1 and _NUMBERED.fullmatch(names[-1])))


def _has_leading_zero(value: str) -> bool:
    return len(value) > 1 and value[0] == "0" and value.isdecimal()


def _calendar_kind(names: list[str], numbers: list[float]) -> Kind | None:
    """Whole numbers that count years, months or hours: positions in time, not amounts."""
    if not names or not numbers:
        return None
    others = [name for name in names if name not in _CALENDAR and not _NUMBERED.fullmatch(name)]
    if len(others) > 1 or _has(others, _WHICH):
        return None
    if names[0] == "year" or (names[-1] == "year" and "of" not in names):
        return Kind.YEAR if all(number in _YEARS for number in numbers) else None
    most = max((_CALENDAR.get(name, 0) for name in names), default=0)
    return Kind.TIME if most and all(0 <= number <= most for number in numbers) else None


def _ratio_kind(names: list[str], numbers: list[float], *, whole: bool) -> Kind | None:
    """Return RATIO or PERCENT only where the values leave no doubt: 0.4 "pct" may be 40 % or 0.4 %."""
    if not numbers or _has(names, _NO_PART) or (_has(names, _SUMMED) and not _has(names[-1:], _PERCENT)):
        return None
    largest = max(abs(number) for number in numbers)
    adds_up = len(numbers) > 1 and abs(sum(numbers) - 1) < 0.02  # noqa: PLR2004 (rounded shares)
    if _has(names, _PERCENT):
        if largest <= _NO_DOUBT and not whole:
            return Kind.RATIO if adds_up else None
        return Kind.PERCENT
    if names[-1:] == ["rate"] and _has(names, _PART_OF_ALL) and _NO_DOUBT < largest <= 100:  # noqa: PLR2004
        return Kind.PERCENT
    if not whole and _has(names, _RATIO) and largest <= 1:
        return Kind.RATIO
    return None


def _numbers(values: list[str]) -> list[float]:
    numbers = []
    for value in values:
        try:
            number = float(value)
        except ValueError:
            continue
        if abs(number) < float("inf"):
            numbers.append(number)
    return numbers


def _text_kind(names: list[str], values: list[str]) -> Kind:
    if not values:
        return Kind.CATEGORY
    if when := _written_time(names, values):
        return when
    if _names_identifier(names) or _all(values, _CODE.fullmatch):
        return Kind.IDENTIFIER
    average = sum(map(len, values)) / len(values)
    return Kind.TEXT if average > _LONG_TEXT or any("\n" in value for value in values) else Kind.CATEGORY


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


def _has(names: list[str], pattern: re.Pattern[str]) -> bool:
    return any(pattern.fullmatch(name) for name in names)
