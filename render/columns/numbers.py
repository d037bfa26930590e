"""Numbers of cells: exact ones to add up, floats to draw and to compare."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import isfinite

from genie.model import Cell, Column
from render.columns.kinds import NUMBER_TYPES

_LARGEST_POWER = 308
"""The power of ten beyond which no column of Databricks holds a number."""
_LARGEST_DRAWN = 1e300
"""Round steps of an axis beyond such a number would overflow."""


def read_decimal(cell: Cell, largest_power: int = _LARGEST_POWER) -> Decimal | None:
    """Return a cell's exact number; None for NULL, NaN, the infinite and what is no number."""
    if cell is None:
        return None
    try:
        value = Decimal(cell)
    except (InvalidOperation, ValueError):
        return None
    return value if value.is_finite() and abs(value.adjusted()) <= largest_power else None


def read_float(cell: Cell) -> float | None:
    """Return a cell's nearest float; None for NULL, NaN, the infinite and what is no number."""
    if cell is None:
        return None
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if isfinite(value) else None


def amounts(cells: Sequence[Cell], column: Column) -> list[float | None]:
    """Return a number column's cells for drawing: None for what is no number, and for other columns."""
    if column.type_name.upper() not in NUMBER_TYPES:
        return [None] * len(cells)
    return [
        value if value is not None and -_LARGEST_DRAWN < value < _LARGEST_DRAWN else None
        for value in map(read_float, cells)
    ]
