"""The rows of an export, read one after the other from its downloaded parts.

Vendor's page: https://docs.databricks.com/api/workspace/statementexecution/executestatement (format)
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from typing import BinaryIO

from genie.errors import Malformed
from genie.model import Cell, Column
from genie.protocol.coerce import as_shown

FORMATS = frozenset({"CSV", "JSON_ARRAY"})
"""Those that can be read here; the third, Arrow, is not text."""

NULL = "null"
"""SQL's NULL in CSV; a text of the same letters cannot be told from it."""
_MAX_LENGTH = 32 << 20
"""Of a cell in CSV, or of a row in JSON, in characters."""
_PART = 1 << 20
_START = re.compile(r"\s*")
_BETWEEN = re.compile(r"[\s,]*")

Row = tuple[Cell, ...]


def read_rows(form: str, columns: Sequence[Column], parts: Iterable[BinaryIO]) -> Iterator[Row]:
    """Yield the rows of all parts, each as wide as `columns`; Malformed when one cannot be read.

    May set the longest cell of the module `csv` for the whole process.
    """
    width, names = len(columns), [column.name for column in columns]
    for at, part in enumerate(parts):
        # What no encoder takes is replaced, as everywhere.
        text = TextIOWrapper(part, encoding="utf-8-sig", errors="replace", newline="")
        rows = _csv_rows(text, width, names if at == 0 else None) if form == "CSV" else _json_rows(text)
        for row in rows:
            yield row if len(row) == width else (*row[:width], *(None,) * (width - len(row)))


def _csv_rows(text: TextIOWrapper, width: int, names: list[str] | None) -> Iterator[Row]:
    """Read CSV, of which only the first part begins with the names of the columns.

    Rows of another width are no rows: anything else, such as a page of words, reads as CSV of some kind.
    """
    csv.field_size_limit(_MAX_LENGTH)
    try:
        for at, row in enumerate(csv.reader(text)):
            if row and not (at == 0 and row == names):
                if len(row) != width:
                    raise Malformed("a row of the export has not as many cells as there are columns")
                yield tuple(None if cell == NULL else cell for cell in row)
    except csv.Error:
        raise Malformed("the export is not CSV") from None


def _json_rows(text: TextIOWrapper) -> Iterator[Row]:
    """Read a list of lists, of which little more than one row is held at a time."""
    decoder, held, at = json.JSONDecoder(), text.read(_PART), 0
    at = _START.match(held).end()  # type: ignore[union-attr]  # it matches anything
    if held[at : at + 1] != "[":
        raise Malformed("the export is not a list of rows")
    at += 1
    while True:
        at = _BETWEEN.match(held, at).end()  # type: ignore[union-attr]  # it matches anything
        if held[at : at + 1] == "]":
            return
        try:
            row, at = decoder.raw_decode(held, at)
        except (ValueError, RecursionError):
            held, at = held[at:] + (read := text.read(_PART)), 0
            if not read or len(held) > _MAX_LENGTH:
                raise Malformed("the export breaks off, or is no JSON") from None
            continue
        if not isinstance(row, list):
            raise Malformed("a row of the export is not a list")
        yield tuple(None if cell is None else as_shown(cell) for cell in row)
