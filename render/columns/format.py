"""One cell to text for people: numbers, dates, codes, nothing.

A whole column goes through one `formatter`, which gives all of its cells the same form.
"""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from genie.model import Cell, Column
from render import words
from render.columns.format_dates import time_writer
from render.columns.format_numbers import amount_writer, percent_writer
from render.columns.format_structures import binary, interval, structure
from render.columns.kinds import JSON_TYPES, NUMBER_TYPES, NUMBERS, RATIOS, TIMES, Kind
from render.text.escape import clean_line, one_line
from render.text.locales import ANYWHERE, Locale

CELL_LIMIT = 200
"""Characters of one cell that people are shown; the file holds the rest."""


def formatter(
    column: Column,
    kind: Kind,
    cells: Sequence[Cell],
    locale: Locale = ANYWHERE,
    *,
    cents: bool = False,
    zone: bool = True,
) -> Callable[[Cell], str]:
    """Return the function that shows these cells of `column`; what does not parse is shown as it is.

    `cents` are for money, `zone` is for times whose zone stands nowhere else.
    """
    write = _writer(column, kind, cells, locale, cents=cents, zone=zone)

    def shown(cell: Cell) -> str:
        if cell is None:
            return words.values.NOTHING
        try:
            return write(cell)
        except (ValueError, ArithmeticError, RecursionError):
            return _text(words.values.NO_NUMBERS.get(cell, cell) if kind in NUMBERS else cell)

    return shown


def is_number(kind: Kind) -> bool:
    """Whether a column of this kind holds amounts: right-aligned in tables, drawable in charts."""
    return kind in NUMBERS


def heading(name: str) -> str:
    """Return a column's name as a heading: `total_revenue` becomes "Total revenue"."""
    text = clean_line(name, CELL_LIMIT)
    if "_" in text or text.islower():
        text = text.replace("_", " ").strip()
        text = spelt(text[:1].upper() + text[1:])
    return text or words.values.UNNAMED


def _writer(
    column: Column, kind: Kind, cells: Sequence[Cell], locale: Locale, *, cents: bool, zone: bool
) -> Callable[[str], str]:
    type_name = column.type_name.upper()
    if type_name in NUMBER_TYPES and kind not in NUMBERS:
        return _position(time_writer(cells, kind, locale)) if kind in TIMES else _code
    if kind in TIMES:
        return time_writer(cells, kind, locale, zone=zone)
    if kind in RATIOS:
        return percent_writer(cells, 100 if kind is Kind.RATIO else 1, locale)
    if kind is Kind.MEASURE:
        return amount_writer(column, cells, locale, cents=cents)
    if type_name in JSON_TYPES:
        return lambda cell: _text(structure(cell))
    if type_name == "INTERVAL":
        return lambda cell: interval(cell, column.type_text, locale)
    return {"BOOLEAN": _boolean, "BINARY": binary}.get(type_name, _text)


def _text(cell: str) -> str:
    return one_line(clean_line(cell, CELL_LIMIT))


def _position(write: Callable[[str], str]) -> Callable[[str], str]:
    """Write a number as the time that it is; what is none, such as the 12th week, stays a number."""

    def shown(cell: str) -> str:
        code = _code(cell)
        try:
            return write(code)
        except ValueError:
            return code

    return shown


def _code(cell: str) -> str:
    """Write a number that is a name as it is, however a DOUBLE spells it: 1.2E7 is 12000000."""
    if cell.isdecimal():
        return cell
    number = Decimal(cell)
    is_whole = (
        number.is_finite() and abs(number.adjusted()) < CELL_LIMIT and number == number.to_integral_value()
    )
    return f"{number:.0f}" if is_whole and not cell.startswith("+") else _text(cell)


def _boolean(cell: str) -> str:
    return {"true": words.values.YES, "false": words.values.NO}.get(cell.strip().lower()) or _text(cell)


_SPELT = {
    name.lower(): name
    for name in (
        *("ID", "IDs", "UUID", "GUID", "SKU", "EAN", "IBAN", "URL", "URLs", "IP", "API", "UTC", "VAT", "CRM"),
        *("KPI", "ROI", "ROAS", "ARPU", "NPS", "GMV", "AOV", "CTR", "CPC", "CPM", "MRR", "LTV", "CAC", "GDP"),
        *("NDR", "NRR", "CSAT", "FTE", "SLA", "EBIT", "EBITDA", "COGS"),
        *("YTD", "QTD", "MTD", "YoY", "QoQ", "MoM", "USD", "EUR", "GBP", "CHF", "JPY"),
    )
}
_LETTERS = re.compile(r"[^\W\d_]+")


def spelt(name: str) -> str:
    """Return a name with the abbreviations that people write in capitals: `order id` is an order ID."""
    return _LETTERS.sub(lambda found: _SPELT.get(found[0].lower(), found[0]), name)
