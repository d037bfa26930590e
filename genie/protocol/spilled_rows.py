"""Rows in files until somebody reads one of them, so that large ones pass between processes at no cost.

To decode, to pickle or merely to copy some tens of megabytes holds up every thread of a process.
"""

import pickle
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from genie.model import Cell

Row = tuple[Cell, ...]


class Parcel:
    """A file with rows, that is removed together with the last of those who could read it here."""

    def __init__(self, path: Path) -> None:
        """Name the file; it stays until somebody calls `own`."""
        self.path = path

    @classmethod
    def packed(cls, path: Path, rows: Sequence[Row]) -> "Parcel":
        """Write rows to a file."""
        with path.open("wb") as file:
            pickle.dump(tuple(rows), file)
        return cls(path)

    def own(self) -> None:
        """Let the file go with this object."""
        weakref.finalize(self, self.path.unlink, missing_ok=True)

    def rows(self) -> Sequence[Row]:
        """Read the rows, which another process of ours wrote."""
        with self.path.open("rb") as file:
            rows: Sequence[Row] = pickle.load(file)  # noqa: S301 - see above
        return rows


class Packed(Sequence[Row]):
    """Rows of several chunks, of which some are in files; the first look at one reads them all."""

    __slots__ = ("_count", "_most", "_rows", "_width", "parts", "widest")

    def __init__(
        self,
        parts: tuple[Parcel | Sequence[Row], ...],
        count: int,
        widest: int,
        width: int | None = None,
        most: int | None = None,
    ) -> None:
        """Give the first `most` of `count` rows, with `width` cells; `widest` is the longest as it came."""
        self.parts, self._count, self.widest, self._width, self._most = parts, count, widest, width, most
        self._rows: Sequence[Row] | None = None

    @classmethod
    def of(cls, *several: Sequence[Row]) -> "Packed":
        """Return rows and then others."""
        parts = [part for rows in several for part in (rows.parts if isinstance(rows, cls) else (rows,))]
        return cls(tuple(parts), sum(map(len, several)), max(map(widest, several)))

    def fitted(self, width: int, most: int) -> "Packed":
        """Return the first `most` rows, short ones filled with None and long ones cut to `width`."""
        return Packed(self.parts, min(self._count, most), self.widest, width, most)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        return self._unpacked()[at]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._unpacked())

    def __reduce__(self) -> tuple[type["Packed"], tuple[Any, ...]]:
        return Packed, (self.parts, self._count, self.widest, self._width, self._most)

    def _unpacked(self) -> Sequence[Row]:
        if self._rows is None:
            lists = [part.rows() if isinstance(part, Parcel) else part for part in self.parts]
            rows = tuple(row for rows in lists for row in rows)[: self._most]
            self._rows = rows if self._width is None else fitted(rows, self._width, len(rows))
        return self._rows


def joined(rows: Sequence[Row], more: Sequence[Row]) -> Sequence[Row]:
    """Return rows and then others; packed if any of them are."""
    if isinstance(rows, Packed) or isinstance(more, Packed):
        return Packed.of(rows, more)
    return (*rows, *more)


def widest(rows: Sequence[Row]) -> int:
    """Return how many cells the longest row has, without a look at packed ones."""
    return rows.widest if isinstance(rows, Packed) else max(map(len, rows), default=0)


def fitted(rows: Sequence[Row], width: int, most: int) -> Sequence[Row]:
    """Return the first `most` rows, short ones filled with None and long ones cut to `width`."""
    if isinstance(rows, Packed):
        return rows.fitted(width, most)
    return tuple(row if len(row) == width else _fitted(row, width) for row in rows[:most])


def _fitted(row: Row, width: int) -> Row:
    return (*row[:width], *(None,) * (width - len(row)))
