"""One cell to text for people: numbers, dates, codes, nothing.

A whole column is fastest through one `formatter`; `show` is the same for a single cell.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from genie.model import Cell, Column
from render.kinds import JSON_TYPES, NUMBER_TYPES, NUMBERS, RATIOS, TIMES, WHOLE_TYPES, Kind
from render.times import MONTHS, parse_period, starts_month

NOTHING = "–"
"""What stands for SQL's NULL."""
CELL_LIMIT = 200
"""Characters of one cell that people are shown; the file holds the rest."""

_EXACT_SCALE = 4
"""DECIMALs of a small scale are amounts and shown exactly; a larger scale comes from a division."""
_FEW = ".4g"
_HUGE = 10**15
_NO_AXIS = 1e300
"""Round steps beyond such a number would overflow."""

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_JSON_SPACE = re.compile(r'("(?:[^"\\]|\\.)*")|\s+')
_INVISIBLE = {"Cc", "Cf", "Cs"}


def show(cell: Cell, column: Column, kind: Kind) -> str:
    """Return `cell` as people read it: one line, at most `CELL_LIMIT` characters, nothing invisible."""
    return formatter(column, kind)(cell)


@lru_cache(maxsize=512)
def formatter(column: Column, kind: Kind) -> Callable[[Cell], str]:
    """Return the function that shows the cells of `column`; what does not parse is shown as it is."""
    write = _writer(column, kind)

    def shown(cell: Cell) -> str:
        if cell is None:
            return NOTHING
        try:
            return write(cell)
        except (ValueError, ArithmeticError):
            return clean(cell)

    return shown


def amounts(cells: Sequence[Cell], column: Column) -> list[float | None]:
    """Return a number column's cells for drawing: None for NULL, NaN, the infinite and other columns."""
    if column.type_name.upper() not in NUMBER_TYPES:
        return [None] * len(cells)
    return [None if cell is None else _number(cell) for cell in cells]


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if -_NO_AXIS < value < _NO_AXIS else None


def is_number(kind: Kind) -> bool:
    """Whether a column of this kind holds amounts: right-aligned in tables, drawable in charts."""
    return kind in NUMBERS


def heading(name: str) -> str:
    """Return a column's name as a heading: `total_revenue` becomes "Total revenue"."""
    text = clean(name)
    if "_" in text or text.islower():
        text = text.replace("_", " ").strip()
        text = text[:1].upper() + text[1:]
    return text or "Unnamed"


def clean(text: str, limit: int = CELL_LIMIT) -> str:
    """Return `text` on one line, without control, bidi, zero-width and surrogate characters, clipped."""
    if len(text) <= limit and text.isprintable():
        return text
    # A cell may hold megabytes: what is cut away need not be cleaned first.
    head = _LINE_BREAKS.sub(" ", text[: 4 * limit])
    head = "".join(char for char in head if unicodedata.category(char) not in _INVISIBLE)
    clipped = len(text) > 4 * limit or len(head) > limit
    return head[: limit - 1].rstrip() + "…" if clipped else head


def _writer(column: Column, kind: Kind) -> Callable[[str], str]:
    type_name = column.type_name.upper()
    if kind is Kind.BOOLEAN:
        return _show_boolean
    if kind in TIMES:
        return clean if type_name in NUMBER_TYPES else lambda cell: show_time(cell, kind)
    if kind in RATIOS:
        return _show_fraction if kind is Kind.RATIO else _show_percent
    if kind is Kind.MEASURE:
        return _number_writer(type_name, column.scale)
    return _show_json if type_name in JSON_TYPES else clean


def _number_writer(type_name: str, scale: int | None) -> Callable[[str], str]:
    if type_name in WHOLE_TYPES:
        return lambda cell: f"{int(cell):,}"
    if type_name == "DECIMAL" and scale is not None and scale <= _EXACT_SCALE:
        return lambda cell: f"{_decimal(cell):,.{scale}f}"
    return _show_decimal if type_name == "DECIMAL" else _show_double


def _decimal(cell: str) -> Decimal:
    """Read a decimal exactly; raise ValueError for one that would print as thousands of digits."""
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise ValueError from None
    if not value.is_finite() or abs(value.adjusted()) > 40:  # noqa: PLR2004 (DECIMAL has 38 digits)
        raise ValueError
    return value


def _show_decimal(cell: str) -> str:
    value = _decimal(cell)
    if value == value.to_integral_value():
        return f"{value:,.0f}" if value else "0"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:{_FEW}}"


def _show_double(cell: str) -> str:
    value = float(cell)
    if not math.isfinite(value) or abs(value) >= _HUGE:
        return clean(cell)
    if value.is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}" if abs(value) >= 1 else f"{value:{_FEW}}"


def _show_fraction(cell: str) -> str:
    return _percent_text(_decimal(cell) * 100)


def _show_percent(cell: str) -> str:
    return _percent_text(_decimal(cell))


def _percent_text(value: Decimal) -> str:
    return f"{value:,.1f}%" if not value or abs(value) >= Decimal("0.1") else f"{float(value):.2g}%"


def show_time(cell: str, kind: Kind) -> str:
    """Return a date or timestamp in words people use; the clock only when there is one."""
    moment = parse_period(cell)
    if moment is None:
        return clean(cell)
    month = MONTHS[moment.month - 1]
    if kind is Kind.YEAR and starts_month(moment) and moment.month == 1:
        return str(moment.year)
    if kind is Kind.QUARTER and starts_month(moment):
        return f"Q{(moment.month + 2) // 3} {moment.year}"
    if kind is Kind.MONTH and starts_month(moment):
        return f"{month} {moment.year}"
    return f"{moment.day} {month} {moment.year}{_clock(moment)}"


def _clock(moment: datetime) -> str:
    if not (moment.hour or moment.minute or moment.second or moment.microsecond):
        return ""
    seconds = f":{moment.second:02}" if moment.second else ""
    zone = (moment.tzname() or "").removesuffix("+00:00")
    return f", {moment.hour:02}:{moment.minute:02}{seconds}{' ' + zone if zone else ''}"


def _show_boolean(cell: str) -> str:
    return {"true": "Yes", "false": "No"}.get(cell.strip().lower()) or clean(cell)


def _show_json(cell: str) -> str:
    """Drop the white space between JSON's tokens and nothing else, so that every digit stays."""
    return clean(_JSON_SPACE.sub(r"\1", cell[: 8 * CELL_LIMIT]))
