"""Rows spilled to files until they are read, so that large tables pass between processes at no cost.

Decoding, pickling or copying tens of megabytes holds up every thread of a process.
"""

import pickle
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from genie.model import Cell

Row = tuple[Cell, ...]


class SpillFile:
    """A file with pickled rows or with bytes."""

    def __init__(self, path: Path) -> None:
        """Name the file; it stays until `delete_when_unused` is called in the process that keeps it."""
        self.path = path

    @classmethod
    def write(cls, path: Path, rows: Sequence[Row]) -> "SpillFile":
        """Write rows to a file."""
        with path.open("wb") as file:
            pickle.dump(tuple(rows), file)
        return cls(path)

    def delete_when_unused(self) -> None:
        """Delete the file when this object is collected."""
        weakref.finalize(self, self.path.unlink, missing_ok=True)

    def rows(self) -> Sequence[Row]:
        """Read the rows, which another process of ours wrote."""
        with self.path.open("rb") as file:
            rows: Sequence[Row] = pickle.load(file)  # noqa: S301 - see above
        return rows


class SpilledRows(Sequence[Row]):
    """Rows of several chunks, some of them in files; the first access to a row reads all of them."""

    __slots__ = ("_count", "_most", "_rows", "_width", "parts", "widest")

    def __init__(
        self,
        parts: tuple[SpillFile | Sequence[Row], ...],
        count: int,
        widest: int,
        width: int | None = None,
        most: int | None = None,
    ) -> None:
        """Hold the first `most` of `count` rows, `width` cells each; `widest` is the width as it came."""
        self.parts, self._count, self.widest, self._width, self._most = parts, count, widest, width, most
        self._rows: Sequence[Row] | None = None

    @classmethod
    def of(cls, *several: Sequence[Row]) -> "SpilledRows":
        """Return rows and then others."""
        parts = [part for rows in several for part in (rows.parts if isinstance(rows, cls) else (rows,))]
        return cls(tuple(parts), sum(map(len, several)), max(map(widest, several)))

    def fitted(self, width: int, most: int) -> "SpilledRows":
        """Return the first `most` rows, short ones filled with None and long ones cut to `width`."""
        return SpilledRows(self.parts, min(self._count, most), self.widest, width, most)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        return self._read()[at]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._read())

    def __reduce__(self) -> tuple[type["SpilledRows"], tuple[Any, ...]]:
        return SpilledRows, (self.parts, self._count, self.widest, self._width, self._most)

    def _read(self) -> Sequence[Row]:
        if self._rows is None:
            lists = [part.rows() if isinstance(part, SpillFile) else part for part in self.parts]
            rows = tuple(row for rows in lists for row in rows)[: self._most]
            self._rows = rows if self._width is None else fitted(rows, self._width, len(rows))
        return self._rows


def joined(rows: Sequence[Row], more: Sequence[Row]) -> Sequence[Row]:
    """Return rows and then others; spilled if any of them are."""
    if isinstance(rows, SpilledRows) or isinstance(more, SpilledRows):
        return SpilledRows.of(rows, more)
    return (*rows, *more)


def widest(rows: Sequence[Row]) -> int:
    """Return how many cells the longest row has, without reading spilled ones."""
    return rows.widest if isinstance(rows, SpilledRows) else max(map(len, rows), default=0)


def fitted(rows: Sequence[Row], width: int, most: int) -> Sequence[Row]:
    """Return the first `most` rows, short ones filled with None and long ones cut to `width`."""
    if isinstance(rows, SpilledRows):
        return rows.fitted(width, most)
    return tuple(row if len(row) == width else _fitted(row, width) for row in rows[:most])


def _fitted(row: Row, width: int) -> Row:
    return (*row[:width], *(None,) * (width - len(row)))
