"""The part of a result that a message could show, as text, formatted once for all forms of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from genie.model import Cell, Table
from render import limits
from render.kinds import TIMES, Kind
from render.limits import ELLIPSIS
from render.reply import Block
from render.text import one_line
from render.values import CELL_LIMIT, amounts, formatter, heading, is_number

_WHOLE = re.compile(r"-?[\d,]+")
_WITH_CENTS = re.compile(r"-?[\d,]+\.\d\d")

_RANK = {
    Kind.CATEGORY: 0,
    Kind.GEOGRAPHY: 0,
    Kind.MEASURE: 1,
    Kind.RATIO: 2,
    Kind.PERCENT: 2,
    Kind.BOOLEAN: 3,
    Kind.IDENTIFIER: 4,
    Kind.COORDINATE: 4,
}
"""Which columns go first when not all fit; times are as telling as categories, long texts come last."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Headers and cells as text; `order` holds the columns, the most telling first."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    amounts: tuple[tuple[float | None, ...], ...]
    """The same cells as numbers, where they are amounts."""
    right: tuple[bool, ...]
    order: tuple[int, ...]

    def widest(self, count: int) -> tuple[int, ...]:
        """Return the `count` most telling columns, in the order of the result."""
        return tuple(sorted(self.order[:count]))

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


def grid(table: Table, kinds: Sequence[Kind]) -> Grid:
    """Format the rows that any form could show, and no more."""
    rows = table.rows[: limits.DATA_TABLE_ROWS]
    right = tuple(map(is_number, kinds))
    texts = [
        _evenly([one_line(show(row[at])) for row in rows], kind)
        for at, (show, kind) in enumerate(zip(map(formatter, table.columns, kinds), kinds, strict=True))
    ]
    figures = [
        amounts(cells, column) if amount else [None] * len(rows)
        for cells, column, amount in zip(zip(*rows, strict=True), table.columns, right, strict=True)
    ]
    return Grid(
        headers=tuple(one_line(heading(column.name)) for column in table.columns),
        rows=tuple(zip(*texts, strict=True)),
        amounts=tuple(zip(*figures, strict=True)),
        right=right,
        order=_order(rows, kinds),
    )


def _evenly(texts: list[str], kind: Kind) -> list[str]:
    """Give whole amounts the two decimals that others of their column have: 3 beside 3.40 becomes 3.00."""
    if kind is not Kind.MEASURE or not any(map(_WITH_CENTS.fullmatch, texts)):
        return texts
    return [f"{text}.00" if _WHOLE.fullmatch(text) else text for text in texts]


def is_cut(whole: str, shown: str) -> bool:
    """Return whether `shown`, made of a grid's cell `whole`, is not all that the result holds."""
    return shown != whole or (len(whole) >= CELL_LIMIT and whole.endswith(ELLIPSIS))


def _order(rows: Sequence[Sequence[Cell]], kinds: Sequence[Kind]) -> tuple[int, ...]:
    """Rank columns that hold values first, then by what they mean, then as Genie gave them."""

    def place(at: int) -> tuple[bool, int, int]:
        rank = 0 if kinds[at] in TIMES else _RANK.get(kinds[at], len(_RANK))
        return all(row[at] is None for row in rows), rank, at

    return tuple(sorted(range(len(kinds)), key=place))
