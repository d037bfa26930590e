"""Amounts in several currencies, which a column beside them tells."""

from genie.model import Table
from render.columns.kinds import RATIOS
from render.columns.reading import Adds, ColumnReading, Reading
from render.columns.units import titled


def currencies(table: Table, reading: Reading) -> tuple[str, ...]:
    """Return the currencies of the amounts in the order of the rows; nothing where there are not several."""
    at = reading.currencies
    if at is None:
        return ()
    cells = (row[at] for place, row in enumerate(table.rows) if place not in reading.totals)
    found = tuple(cell for cell in dict.fromkeys(cells) if cell)
    return found if len(found) > 1 else ()


def is_of_its_row(column: ColumnReading) -> bool:
    """Whether amounts are in the currency of their row: no percentage, no count, in no unit of their own."""
    name = titled(column.column.name, column.kind)
    is_count = column.adds is Adds.EVERYWHERE and not name.is_money
    return not (column.kind in RATIOS or name.unit or is_count)
