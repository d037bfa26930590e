"""Rows into a file on disk: done in a process of its own, one file after the other, in bounded memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genie.exported import exported_rows
from genie.model import Cell, Column, Table
from render.export import ENCODING, write_csv
from render.words_files import Written


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A full result as Genie exported it, in parts on this machine's disk."""

    form: str
    columns: tuple[Column, ...]
    parts: tuple[Path, ...]
    whole: bool


def make(source: Table | Downloaded, path: Path) -> Written:
    """Write the rows into `path`, whose suffix tells how."""
    if isinstance(source, Table):
        return _write(source.columns, source.rows, path, whole=not source.incomplete)
    rows = exported_rows(source.form, source.columns, _opened(source.parts))
    return _write(source.columns, rows, path, whole=source.whole)


def _write(
    columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], path: Path, *, whole: bool
) -> Written:
    if path.suffix == ".xlsx":
        from render.workbook import write_xlsx  # noqa: PLC0415 (the bot itself need not load it)

        return write_xlsx(path, columns, rows, whole=whole)
    with path.open("w", encoding=ENCODING, errors="replace", newline="") as out:
        return Written(write_csv(out, columns, rows), len(columns), whole=whole)


def _opened(paths: tuple[Path, ...]) -> Iterator[BinaryIO]:
    """Open one part at a time, and take it off the disk once it has been read."""
    for path in paths:
        with path.open("rb") as part:
            yield part
        path.unlink()
