"""The rows as a file that any spreadsheet opens, and that no cell can turn into a program."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TextIO
from unicodedata import category, normalize

from genie.model import Cell, Column, Table
from render.blockkit.reply import File
from render.files.written import Written, title
from render.text.alike import column_names
from render.text.locales import ANYWHERE, Locale

_DROPPED = "\x00-\x08\x0b\x0c\x0e-\x1f \u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_SIGNS = "=+@\uff1d\uff0b\uff0d\uff20-"
_RISKY = re.compile(f"[\t\r\n]|[{_DROPPED}\x85]*[{_SIGNS}]")
"""Beginnings that make a spreadsheet calculate, also behind what it may drop.

https://owasp.org/www-community/attacks/CSV_Injection
"""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_BREAKS = ";\t\r\n"
"""Where a cell begins for a spreadsheet that separates by other signs than commas, as in half of Europe."""
_RISKY_WITHIN = re.compile(
    f"(?<=[{_BREAKS}])(?=[{_DROPPED}]*(?:[=@\uff1d\uff20](?![=-]*(?:[{_BREAKS}]|$))|[+\uff0b\uff0d-][^{_BREAKS}]*[(|!]))"
)
"""There a list's hyphens and a line below a heading may stand: they call nothing."""
_MOST_MARKS = 2
"""On one letter, in the name of a file."""
_NAME_SIZE = 60
_NAME_BYTES = 200
"""With the day and the suffix less than the 255 that file systems take."""
ENCODING = "utf-8-sig"
"""With the mark by which Excel knows UTF-8."""


def csv_file(table: Table, name: str, locale: Locale = ANYWHERE) -> File:
    """Write every row that we hold, which `locale` counts; `name` is the question or title it is about."""
    text = io.StringIO(newline="")
    rows = write_csv(text, table.columns, table.rows)
    return File(
        name=file_name(name, "csv"),
        content=text.getvalue().encode(ENCODING, errors="replace"),
        title=title(Written(rows, len(table.columns), whole=not table.incomplete), "csv", locale),
    )


def write_csv(out: TextIO, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows with the values as Genie gave them, and return how many."""
    writer = csv.writer(out)
    marked = safe_cells(column.name.strip() for column in columns)
    writer.writerow(column_names(name or "" for name in marked))
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
        writer.writerow(safe_cells(row))
    return count


def text_file(text: str, name: str, suffix: str, title: str) -> File:
    """Keep a text that is too long for a message: SQL, or Genie's prose."""
    return File(
        name=file_name(name, suffix), content=text.encode("utf-8", errors="replace") or b"\n", title=title
    )


def file_name(about: str, suffix: str) -> str:
    """Make a name that every system takes: letters, digits and hyphens, then the day (UTC)."""
    words = "-".join("".join(_in_a_name(about)).split())
    short = words[:_NAME_SIZE].encode()[:_NAME_BYTES].decode(errors="ignore").strip("-")
    return f"{short or 'genie'}-{datetime.now(UTC).date().isoformat()}.{suffix}"


def _in_a_name(about: str) -> Iterator[str]:
    """Keep letters with their marks, and digits; what nobody sees goes, and all else parts words."""
    marks = _MOST_MARKS
    for character in normalize("NFC", about.lower()):
        kind = category(character)
        if kind in {"Mn", "Mc"}:
            marks += 1
            if marks <= _MOST_MARKS:
                yield character
        elif kind != "Cf":
            marks = 0 if kind[0] == "L" else _MOST_MARKS
            yield character if kind[0] in "LN" else " "


def safe_cells(row: Iterable[Cell]) -> list[Cell]:
    """Mark the cells of a row as text that a spreadsheet would calculate."""
    return [cell if not cell or cell.isalnum() else _marked(cell) for cell in row]


def _marked(cell: str) -> str:
    """Mark as text, with the sign that spreadsheets have for it, whatever would be calculated."""
    if ";" in cell or not cell.isprintable():
        cell = _RISKY_WITHIN.sub("'", cell)
    risky = not cell[0].isalnum() and _RISKY.match(cell) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if risky else cell
