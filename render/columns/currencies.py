"""Amounts in several currencies, which a column beside them tells."""

from genie.model import Table
from render.columns.reading import Reading


def currencies(table: Table, reading: Reading) -> tuple[str, ...]:
    """Return the currencies of the amounts in the order of the rows; nothing where there are not several."""
    at = reading.currencies
    if at is None:
        return ()
    cells = (row[at] for place, row in enumerate(table.rows) if place not in reading.totals)
    found = tuple(cell for cell in dict.fromkeys(cells) if cell)
    return found if len(found) > 1 else ()
