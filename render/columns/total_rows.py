"""What rows of totals are totals of."""

from collections.abc import Iterator
from decimal import Decimal

from genie.model import Cell, Table
from render.columns.reading import NAMES, Reading

_ROUNDED = Decimal("0.001")
"""How far a row of totals may be off the sum of the others, in parts of it: both are rounded."""


def is_sum(whole: Decimal, parts: Decimal) -> bool:
    """Whether what a row of totals has is the sum of the others."""
    return abs(whole - parts) <= abs(parts) * _ROUNDED


def grand_total(table: Table, reading: Reading) -> int | None:
    """Return the row that adds up all others, if there is one: it shares no name with any of them."""
    grand = [row for row, _, shared in _named(table, reading) if not shared]
    return grand[0] if len(grand) == 1 else None


def nameless_totals(table: Table, reading: Reading) -> dict[int, int]:
    """Return the rows that no text calls a total, as those of ROLLUP, with the column that may say it."""
    found = {}
    for row, own, _ in _named(table, reading):
        nameless = [at for at in naming(reading) if table.rows[row][at] is None]
        if nameless and not own:
            found[row] = nameless[0]
    return found


def naming(reading: Reading) -> list[int]:
    """Return the columns that name rows, the most telling first."""
    return [at for role in NAMES for at, column in enumerate(reading.columns) if column.role is role]


def _named(table: Table, reading: Reading) -> Iterator[tuple[int, bool, bool]]:
    """Yield each row of totals: whether it has a name of its own, and whether it shares one with others."""
    others = [row for at, row in enumerate(table.rows) if at not in reading.totals]
    known: dict[int, set[Cell]] = {at: {row[at] for row in others} for at in naming(reading)}
    for total in sorted(reading.totals):
        row = table.rows[total]
        shared = [row[at] in cells for at, cells in known.items() if row[at] is not None]
        yield total, not all(shared), any(shared)
