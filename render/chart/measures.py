"""Which measures of a result are drawn together: on one axis, of one unit, of one size."""

from collections.abc import Sequence
from itertools import islice

from render.chart.column_data import ColumnData, is_share
from render.columns.kinds import WHOLE_TYPES

MAX_MEASURES = 4
_SAME_SCALE = 20
"""Measures share an axis only when none is dwarfed by another."""


def shares(numbers: Sequence[ColumnData]) -> list[ColumnData]:
    """Return the shares of the first measure: who sees them beside it has asked for them."""
    return [field for field in numbers[1:] if is_share(field, numbers[0])]


def comparable(numbers: Sequence[ColumnData]) -> list[ColumnData]:
    """Return the first number and those that may share its axis: same unit, same type, similar size."""
    first = numbers[0]
    whole, size = first.column.type_name.upper() in WHOLE_TYPES, _size(first)
    alike = (
        field
        for field in numbers
        if field is first
        or (
            field.kind is first.kind
            and field.measured_in == first.measured_in
            and (field.column.type_name.upper() in WHOLE_TYPES) is whole
            and size / _SAME_SCALE <= _size(field) <= size * _SAME_SCALE
        )
    )
    return list(islice(alike, MAX_MEASURES))


def _size(field: ColumnData) -> float:
    return max(map(abs, field.known))
