"""The rows as a file that any spreadsheet opens, and that no cell can turn into a program."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TextIO

from genie.model import Cell, Column, Table
from render.reply import File
from render.words_files import Written, title

_RISKY = re.compile(
    "[\t\r\n]|[\\s\x00-\x1f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*[=+@\uff1d\uff0b\uff0d\uff20-]"
)
"""Beginnings that make a spreadsheet calculate, also behind what it may drop.

https://owasp.org/www-community/attacks/CSV_Injection
"""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
_NOT_IN_A_NAME = re.compile(r"[^\w]+")
_NAME_SIZE = 60
ENCODING = "utf-8-sig"
"""With the mark by which Excel knows UTF-8."""


def csv_file(table: Table, name: str) -> File:
    """Write every row that we hold; `name` is what the file is about, a question or a title."""
    text = io.StringIO(newline="")
    rows = write_csv(text, table.columns, table.rows)
    return File(
        name=file_name(name, "csv"),
        content=text.getvalue().encode(ENCODING, errors="replace"),
        title=title(Written(rows, len(table.columns), whole=not table.incomplete), "csv"),
    )


def write_csv(out: TextIO, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows with the values as Genie gave them, and return how many."""
    writer = csv.writer(out)
    writer.writerow(_safe(column_names(column.name for column in columns)))
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
        writer.writerow(_safe(row))
    return count


def text_file(text: str, name: str, suffix: str, title: str) -> File:
    """Keep a text that is too long for a message: SQL, or Genie's prose."""
    return File(
        name=file_name(name, suffix), content=text.encode("utf-8", errors="replace") or b"\n", title=title
    )


def file_name(about: str, suffix: str) -> str:
    """Make a name that every system takes: letters, digits and hyphens, then the day (UTC)."""
    words = _NOT_IN_A_NAME.sub("-", about.lower()).replace("_", "-").strip("-")
    day = datetime.now(UTC).date().isoformat()
    return f"{words[:_NAME_SIZE].strip('-') or 'genie'}-{day}.{suffix}"


def column_names(names: Iterable[str]) -> list[str]:
    """Make the names such that none is empty and no two are alike."""
    taken: set[str] = set()
    unique: list[str] = []
    for at, name in enumerate(names, start=1):
        wanted = candidate = name.strip() or f"column_{at}"
        count = 1
        while candidate in taken:
            count += 1
            candidate = f"{wanted} ({count})"
        taken.add(candidate)
        unique.append(candidate)
    return unique


def _safe(row: Iterable[Cell]) -> list[Cell]:
    return [f"'{cell}" if cell and not cell[0].isalnum() and _is_risky(cell) else cell for cell in row]


def _is_risky(cell: str) -> bool:
    return _RISKY.match(cell) is not None and _NUMBER.fullmatch(cell) is None
