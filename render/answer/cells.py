"""The part of a result that a message could show, as text, formatted once for all forms of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from genie.model import Cell, Column, Table
from render import words
from render.blockkit.blocks import Block
from render.columns.dated import with_weekdays
from render.columns.format import CELL_LIMIT, formatter, is_number
from render.columns.format_dates import UTC, in_utc
from render.columns.kinds import NUMBER_TYPES, NUMBERS, RATIOS, TIMES, Kind
from render.columns.numbers import amounts
from render.columns.reading import ColumnReading, Reading, Role
from render.columns.times import days_since_1970, parse_period
from render.columns.total_rows import nameless_totals
from render.columns.units import Unit
from render.text import limits
from render.text.alike import column_names
from render.text.limits import ELLIPSIS
from render.text.locales import ANYWHERE, Locale

_RANK = {
    Role.TIME: 0,
    Role.CATEGORY: 0,
    Role.ORDERED: 0,
    Role.MEASURE: 1,
    Role.SHARE: 2,
    Role.COMPARISON: 2,
    Role.RANK: 2,
    Role.IDENTIFIER: 4,
}
"""Which columns go first when not all fit; long texts come last."""
_RANK_OF_FLAGS, _RANK_OF_PLACES = 3, 4
_NAMES = 4
_AT_A_GLANCE = 8
"""What names a row, and columns in all, that come before everything else: names alone tell little."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Headers and cells as text; `order` holds the columns, the most telling first."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sorts: tuple[tuple[float | None, ...], ...]
    """What the same cells are sorted by, where that is not their text: amounts, and days since 1970."""
    right: tuple[bool, ...]
    order: tuple[int, ...]
    totals: frozenset[int] = frozenset()
    """Rows that add up others, and stand out."""

    def widest(self, count: int) -> tuple[int, ...]:
        """Return all columns in the order of the result or, where they are too many, the telling ones."""
        return self.order[:count] if count < len(self.order) else tuple(sorted(self.order))

    def without(self, columns: Sequence[int]) -> tuple[str, ...]:
        """Return the headers of the columns that are not among these."""
        return tuple(header for at, header in enumerate(self.headers) if at not in columns)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Blocks that show the first `rows` rows, without the columns `left_out`."""

    blocks: tuple[Block, ...]
    rows: int
    left_out: tuple[str, ...] = ()
    shortened: bool = False


def format_cells(table: Table, reading: Reading, locale: Locale = ANYWHERE) -> Cells:
    """Format the rows that any form could show, and no more; a single row has its units beside the values."""
    kinds = reading.kinds
    rows = table.rows[: limits.DATA_TABLE_ROWS]
    columns = [
        _Shown.of(column, cells, locale, alone=len(table.rows) == 1)
        for column, cells in zip(reading.columns, zip(*rows, strict=True), strict=True)
    ]
    _mark(table, reading, columns)
    return Cells(
        headers=tuple(column_names(column.header for column in columns)),
        rows=tuple(zip(*(column.texts for column in columns), strict=True)),
        sorts=tuple(zip(*(column.sorts for column in columns), strict=True)),
        right=tuple(map(is_number, kinds)),
        order=_order(rows, reading.columns),
        totals=reading.totals,
    )


def _mark(table: Table, reading: Reading, columns: Sequence["_Shown"]) -> None:
    """Say where a row is named that its period is not over, or that it is a total without a name."""
    shown, time = len(columns[0].texts), reading.time
    for row, at in nameless_totals(table, reading).items():
        if row < shown:
            columns[at].texts[row] = words.caveats.TOTAL
    for row in filter(shown.__gt__, reading.unfinished):
        if time is not None:
            columns[time].texts[row] = words.caveats.so_far(columns[time].texts[row])


@dataclass(frozen=True, slots=True)
class _Shown:
    """One column as people read it."""

    header: str
    texts: list[str]
    sorts: list[float | None]

    @classmethod
    def of(cls, read: ColumnReading, cells: Sequence[Cell], locale: Locale, *, alone: bool) -> "_Shown":
        """Format a column; a unit that all values share stands in its header, once."""
        column, kind, unit = read.column, read.kind, read.unit
        utc = kind is Kind.TIME and not alone and in_utc(cells)
        named, shown = with_weekdays(read, cells)
        write = formatter(named.column, named.kind, shown, locale, cents=unit.cents, zone=not utc)
        texts = [write(cell) for cell in shown]
        if alone:
            texts = [unit.beside(text, locale) for text in texts]
        header = replace(read.titled, made="", unit=Unit(name=UTC) if utc else unit)
        return cls(header.name if alone else header.heading, texts, _sorts(column, kind, cells))


def _sorts(column: Column, kind: Kind, cells: Sequence[Cell]) -> list[float | None]:
    """Return the numbers by which people sort a column that is not sorted as text."""
    if kind in TIMES and column.type_name.upper() not in NUMBER_TYPES:
        moments = [None if cell is None else parse_period(cell) for cell in cells]
        return [None if moment is None else days_since_1970(moment) for moment in moments]
    return amounts(cells, column) if kind in NUMBERS | TIMES else [None] * len(cells)


def is_cut(whole: str, shown: str) -> bool:
    """Return whether `shown`, made of the cell `whole`, is not all that the result holds."""
    return shown != whole or (len(whole) >= CELL_LIMIT and whole.endswith(ELLIPSIS))


def _order(rows: Sequence[Sequence[Cell]], columns: Sequence[ColumnReading]) -> tuple[int, ...]:
    """Put first what tells most at a glance, some names and some amounts, then the others by what they mean.

    Columns that hold no value come last.
    """
    ranks = [_rank(at, column) for at, column in enumerate(columns)]
    every = range(len(columns))
    ranked = sorted(every, key=lambda at: (all(row[at] is None for row in rows), ranks[at], at))
    names = [at for at in ranked if ranks[at] == 0][:_NAMES]
    amounts = [at for at in ranked if columns[at].is_amount][: _AT_A_GLANCE - len(names)]
    return tuple(dict.fromkeys([*names, *amounts, *ranked]))


def _rank(at: int, column: ColumnReading) -> int:
    """Return how telling a column is, 0 for the most; an identifier only where it says which row this is."""
    if column.kind is Kind.BOOLEAN:
        return _RANK_OF_FLAGS
    if column.kind is Kind.COORDINATE:
        return _RANK_OF_PLACES
    if column.kind in RATIOS:
        return _RANK[Role.SHARE]
    is_key = at == 0 and column.role is Role.IDENTIFIER
    return 0 if is_key else _RANK.get(column.role, len(_RANK))
