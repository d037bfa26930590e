"""Writes rows into a file, in a process of its own and in bounded memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genie.errors import Malformed
from genie.model import Cell, Column, Table
from genie.protocol.export_rows import read_rows
from render.files.csv_file import ENCODING, write_csv
from render.files.written import Written


@dataclass(frozen=True, slots=True)
class DownloadedResult:
    """A full result as Genie exported it, in parts on this machine's disk."""

    form: str
    columns: tuple[Column, ...]
    parts: tuple[Path, ...]
    rows: int | None
    """How many there have to be, as far as Databricks said."""
    whole: bool


def write_file(source: Table | DownloadedResult, path: Path) -> Written:
    """Write the rows into `path`, whose suffix tells how; Malformed for parts that are not what was told."""
    if isinstance(source, Table):
        return _write(source.columns, source.rows, path, whole=not source.incomplete)
    rows = _counted(read_rows(source.form, source.columns, _opened(source.parts)), source.rows)
    return _write(source.columns, rows, path, whole=source.whole)


def _counted(rows: Iterable[tuple[Cell, ...]], told: int | None) -> Iterator[tuple[Cell, ...]]:
    """Give the rows, which have to be as many as was told: what breaks off between two can be read."""
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the count
        yield row
    if told is not None and count != told:
        raise Malformed("the export has not as many rows as it says")


def _write(
    columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], path: Path, *, whole: bool
) -> Written:
    if path.suffix == ".xlsx":
        from render.files.xlsx_file import write_xlsx  # noqa: PLC0415 (the bot itself need not load it)

        return write_xlsx(path, columns, rows, whole=whole)
    with path.open("w", encoding=ENCODING, errors="replace", newline="") as out:
        return Written(write_csv(out, columns, rows), len(columns), whole=whole)


def _opened(paths: tuple[Path, ...]) -> Iterator[BinaryIO]:
    """Open one part at a time, and take it off the disk once it has been read."""
    for path in paths:
        with path.open("rb") as part:
            yield part
        path.unlink()
