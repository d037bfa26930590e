"""What each column of a result is, decided once from its type, its name and its values."""

import re
from collections.abc import Callable

from genie.model import Cell, Column, Table
from render.columns.calendar_numbers import calendar_kind, date_kind
from render.columns.kinds import NUMBER_TYPES, WHOLE_TYPES, Kind
from render.columns.names import (
    COUNTED,
    has,
    name_words,
    names_code,
    names_coordinate,
    names_identifier,
    names_place,
)
from render.columns.numbers import read_float
from render.columns.percentages import ratio_kind
from render.columns.times import DATE, MONTH, QUARTER, YEAR, parse_time, starts_month

_SAMPLE = 500
"""Values that decide about a column; more would cost time and hardly ever change the verdict."""
_LONG_TEXT = 60
_FARTHEST = 180
"""Degrees of longitude; a "lat" beyond is a latency."""
_TWO_FOR_A_MONTH = 2
"""One date on the first of a month may be chance, two are a column of months."""

_CODE = re.compile(r"[+-]?0\d+|\+\d[\d ()/-]{5,}|\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", re.IGNORECASE)


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
    if whole and (when := date_kind(names, values)):
        return when
    if whole and (names_code(names) or any(_has_leading_zero(value) for value in values)):
        return Kind.IDENTIFIER
    if whole and not has(names, COUNTED) and (calendar := calendar_kind(names, numbers)):
        return calendar
    if not whole and names_coordinate(names) and all(abs(number) <= _FARTHEST for number in numbers):
        return Kind.COORDINATE
    return ratio_kind(names, numbers, whole=type_name in WHOLE_TYPES) or Kind.MEASURE


def _has_leading_zero(value: str) -> bool:
    return len(value) > 1 and value[0] == "0" and value.isdecimal()


def _text_kind(names: list[str], values: list[str]) -> Kind:
    if not values:
        return Kind.CATEGORY
    if when := _written_time(names, values) or date_kind(names, values):
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
