"""What a command of operators prints: rows as CSV or as JSON, or a text."""

import csv
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO

from render.files.csv_file import ENCODING, safe_cells
from render.words.operator import audit as words


def add_forms(parser: ArgumentParser) -> None:
    """Let a person choose; CSV is the default."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", dest="as_json", action="store_false", help=words.CSV)
    form.add_argument("--json", dest="as_json", action="store_true", help=words.JSON)
    parser.set_defaults(as_json=False)


async def print_rows(
    columns: Sequence[str], rows: AsyncIterator[Mapping[str, str]], *, as_json: bool
) -> None:
    """Print rows on standard output, as they are read."""
    with output("utf-8" if as_json else ENCODING) as out:
        await (_write_json if as_json else _write_csv)(columns, rows, out)


@contextmanager
def output(encoding: str) -> Iterator[TextIO]:
    """Give standard output in an encoding; who reads it may have enough at any time."""
    with open(sys.stdout.fileno(), "w", encoding=encoding, newline="", closefd=False) as out:
        try:
            yield out
            out.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


async def _write_csv(columns: Sequence[str], rows: AsyncIterator[Mapping[str, str]], out: TextIO) -> None:
    """Write rows so that no cell can turn into a program in a spreadsheet."""
    writer = csv.writer(out)
    writer.writerow(columns)
    async for row in rows:
        writer.writerow(safe_cells(row.get(column, "") for column in columns))


async def _write_json(columns: Sequence[str], rows: AsyncIterator[Mapping[str, str]], out: TextIO) -> None:
    """Write one object for each row, without what is not known."""
    async for row in rows:
        found = {column: row[column] for column in columns if row.get(column)}
        print(json.dumps(found, ensure_ascii=False), file=out)
