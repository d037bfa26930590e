"""The rows as an Excel workbook, written row by row in bounded memory; no cell is ever a formula or a link.

Limits: https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import xlsxwriter

from genie.model import Cell, Column, Table
from render.columns.kinds import NUMBER_TYPES, WHOLE_TYPES
from render.columns.read import read_result
from render.columns.reading import Role
from render.files.written import Written
from render.text.alike import column_names
from render.words.export import SHEET, UTC

MOST_ROWS = 1_048_576
"""Of a sheet, its header included."""
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
"""Of a cell, as UTF-16 counts them."""
_DIGITS = 15
"""Of a number that Excel keeps."""
_MOST_DECIMALS = 6
"""That a column shows because its type has them; beyond, each number shows those that it has."""
_SAMPLE = 500
_WIDEST_CHARACTERS = 60
"""Characters of a column's width at first sight."""
_FIRST_YEAR = 1900

_NUMBER = re.compile(r"[+-]?(\d+)(?:\.(\d+))?(?:[eE][+-]?\d{1,3})?", re.ASCII)
_INVALID = re.compile("[\ud800-\udfff\ufffe\uffff]")

_Row = Sequence[Cell]


def write_xlsx(path: Path, columns: Sequence[Column], rows: Iterable[_Row], *, whole: bool) -> Written:
    """Write a workbook; `whole` tells whether `rows` are all that there are."""
    kept = columns[:MOST_COLUMNS]
    upcoming = iter(rows)
    sample = list(islice(upcoming, _SAMPLE))
    options = {"constant_memory": True, "tmpdir": str(path.parent), "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = _Sheet(book, kept, sample)
        count = sheet.write(islice(chain(sample, upcoming), MOST_ROWS - 1))
    full = len(kept) < len(columns) or next(upcoming, None) is not None
    return Written(count, len(kept), whole=whole and not full, shortened=sheet.shortened, full=full)


class _Sheet:
    """One sheet with a header that stays in sight, filters, and columns as wide as what they hold."""

    def __init__(self, book: Any, columns: Sequence[Column], sample: Sequence[_Row]) -> None:
        self.shortened = 0
        self._sheet = book.add_worksheet(SHEET)
        self._sheet.freeze_panes(1, 0)
        # Identifiers and long numbers are text on purpose: no green corner shall say that they are a mistake.
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        names = column_names(column.name for column in columns)
        reading = read_result(Table(tuple(columns), tuple(tuple(row[: len(columns)]) for row in sample)))
        self._writers = []
        for at, (column, read) in enumerate(zip(columns, reading.columns, strict=True)):
            type_name = column.type_name.upper()
            number = _format(column)
            form = book.add_format({"num_format": number}) if number else None
            values = [row[at] or "" for row in sample]
            widest = max(map(len, (names[at], *values)))
            self._sheet.set_column(at, at, min(max(widest, 6) + 3, _WIDEST_CHARACTERS), form)
            self._writers.append((self._writer(type_name, read.role), form))
            if type_name == "TIMESTAMP" and any(value.endswith("Z") for value in values):
                names[at] = f"{names[at]} {UTC}"
        bold = book.add_format({"bold": True})
        for at, name in enumerate(names):
            self._text(0, at, name, bold)

    def write(self, rows: Iterator[_Row]) -> int:
        """Write what stands below the header; return how many rows that is."""
        count = 0
        for count, row in enumerate(rows, start=1):
            for at, (cell, (write, form)) in enumerate(zip(row, self._writers, strict=False)):
                if cell is not None:
                    write(count, at, cell, form)
        self._sheet.autofilter(0, 0, count, max(len(self._writers) - 1, 0))
        return count

    def _writer(self, type_name: str, role: Role) -> Any:
        if role is Role.IDENTIFIER:
            return self._text
        if type_name in {"FLOAT", "DOUBLE"}:
            return self._approximate
        if type_name in NUMBER_TYPES:
            return self._exact
        if type_name == "BOOLEAN":
            return self._boolean
        return self._time if type_name == "DATE" or type_name.startswith("TIMESTAMP") else self._text

    def _text(self, row: int, at: int, text: str, form: Any) -> None:
        shown = _INVALID.sub("\ufffd", text)
        if len(shown) > MOST_CHARACTERS // 2 and _utf16(shown) > MOST_CHARACTERS:
            shown = shown.encode("utf-16-le")[: 2 * MOST_CHARACTERS].decode("utf-16-le", "ignore")
            self.shortened += 1
        self._sheet.write_string(row, at, shown, form)

    def _exact(self, row: int, at: int, text: str, form: Any) -> None:
        number = _NUMBER.fullmatch(text)
        digits = "".join(part or "" for part in number.groups()) if number else ""
        if number and len(digits.strip("0")) <= _DIGITS:
            self._approximate(row, at, text, form)
        else:
            self._text(row, at, text, None)

    def _approximate(self, row: int, at: int, text: str, form: Any) -> None:
        number = float(text) if _NUMBER.fullmatch(text) else float("inf")
        if abs(number) < float("inf"):
            self._sheet.write_number(row, at, number, form)
        else:
            self._text(row, at, text, None)

    def _boolean(self, row: int, at: int, text: str, form: Any) -> None:
        if text in {"true", "false"}:
            self._sheet.write_boolean(row, at, text == "true", form)
        else:
            self._text(row, at, text, None)

    def _time(self, row: int, at: int, text: str, form: Any) -> None:
        moment = _moment(text)
        if moment is None:
            self._text(row, at, text, None)
        else:
            self._sheet.write_datetime(row, at, moment, form)


def _moment(text: str) -> date | None:
    """Read a time that Excel can hold; one with an offset of its own stays a text."""
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return None
    return moment if moment.year > _FIRST_YEAR and moment.tzinfo is None else None


def _format(column: Column) -> str:
    """Return how a column's numbers look: Excel itself writes long ones as 1.23E+11."""
    type_name = column.type_name.upper()
    if type_name == "DATE":
        return "yyyy-mm-dd"
    if type_name.startswith("TIMESTAMP"):
        return "yyyy-mm-dd hh:mm:ss"
    if type_name in WHOLE_TYPES or (type_name == "DECIMAL" and column.scale == 0):
        return "0"
    if type_name == "DECIMAL" and column.scale and column.scale <= _MOST_DECIMALS:
        return "0." + "0" * column.scale
    return ""


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
