"""What a column is called, and its unit: as its name says, else as the query does."""

from collections.abc import Sequence
from dataclasses import replace
from math import isclose

from render.columns.evidence.sample import Sample
from render.columns.kinds import Kind
from render.columns.reading import ColumnReading
from render.columns.units import BYTES_IN, NO_UNIT, SECONDS_IN, Dimension, Titled, Unit, titled, unit_called
from render.sql.model import Operation

_SAME_UNIT = frozenset(
    {
        *(Operation.COLUMN, Operation.SUM, Operation.AVERAGE, Operation.MEDIAN, Operation.MIN),
        *(Operation.MAX, Operation.SPREAD, Operation.RUNNING, Operation.MOVING, Operation.PREVIOUS),
    }
)
"""What is made of amounts and measured as they are."""
_COUNTED = frozenset({Operation.COUNT, Operation.COUNT_DISTINCT})
_SIZES = {Dimension.DURATION: SECONDS_IN, Dimension.BYTES: BYTES_IN}
_ROUNDED = 0.001
"""By what part a factor may be off: kilobytes are 1,000 bytes, too."""


def titled_of(sample: Sample, kind: Kind) -> Titled:
    """Return what a column is called whose values are written as `kind`, with its unit."""
    found = titled(sample.column.name, kind)
    if kind is not Kind.MEASURE or found.unit.name:
        return found
    if sample.query.operation in _COUNTED:
        return replace(found, unit=NO_UNIT)
    told = _by_query(sample)
    dimension = found.unit.dimension
    is_new = dimension is Dimension.NONE or (dimension is told.dimension is Dimension.CURRENCY)
    return replace(found, unit=told) if is_new else found


def with_unit_of_parts(
    columns: Sequence[ColumnReading], parts: Sequence[int], whole: int | None
) -> list[ColumnReading]:
    """Give a sum whose name tells no unit that of its parts."""
    units = {columns[at].unit for at in parts}
    return [
        replace(column, titled=replace(column.titled, unit=next(iter(units))))
        if at == whole and column.unit == NO_UNIT and len(units) == 1
        else column
        for at, column in enumerate(columns)
    ]


def _by_query(sample: Sample) -> Unit:
    """Return the unit of a length of time that the query makes, or of the one column that goes into it."""
    query = sample.query
    if query.unit:
        return _scaled(unit_called(query.unit), query.factor)
    if query.operation not in _SAME_UNIT or len(query.sources) != 1:
        return NO_UNIT
    return _scaled(titled(query.sources[0], Kind.MEASURE).unit, query.factor)


def _scaled(unit: Unit, factor: float) -> Unit:
    """Return the unit of amounts that were multiplied: seconds by 1 / 60 are minutes."""
    if factor == 1 or not unit.name:
        return unit
    sizes = _SIZES.get(unit.dimension, {})
    if unit.name in sizes and factor:
        size = sizes[unit.name] / factor
        for name, each in sizes.items():
            if isclose(size, each, rel_tol=_ROUNDED):
                return Unit(unit.dimension, name)
    return NO_UNIT if unit.dimension is Dimension.OTHER else Unit(unit.dimension)
