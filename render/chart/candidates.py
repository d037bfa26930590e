"""Which charts a result allows, by what its columns are: the one that says most about it first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, islice

from genie.model import Cell
from render.chart.bars import (
    MAX_GROUPED,
    bar_chart,
    bars_over_time,
    grouped_chart,
    is_telling,
    periods_side_by_side,
)
from render.chart.big_number import number_beside_previous, number_with_course
from render.chart.column_data import ColumnData, is_share
from render.chart.distributions import MIN_HISTOGRAM, histogram, scatter_chart
from render.chart.heat_map import heat_map, heat_map_over_time
from render.chart.lines import MAX_COURSES, courses, line_chart
from render.chart.model import Chart, ChartKind
from render.chart.stacks import area_chart, donut_chart, stacked_chart, stacked_measures, stacked_over_time
from render.columns.kinds import TIMES, WHOLE_TYPES, Kind

MAX_NAMED = 20
"""Rows up to which identifiers and sentences make labels; beyond, they are records and not categories."""
_FEW_SHARES = 5
"""Shares up to which slices are as clear as bars."""
_FEW_COLOURS = 3
"""Bars that stand side by side for each label; more of them are clearer on one another, or as colours."""

_NAMES = (Kind.TEXT, Kind.IDENTIFIER)
_NAMING = (Kind.IDENTIFIER, Kind.CATEGORY, Kind.GEOGRAPHY)
_TELLING = (Kind.CATEGORY, Kind.GEOGRAPHY, Kind.BOOLEAN, *sorted(TIMES), *_NAMES)

Option = tuple[ChartKind, Callable[[], Chart | None]]
"""A kind of chart, and what makes it or finds that the data do not allow it."""


MAX_MEASURES = 4
_SAME_SCALE = 20
"""Measures share an axis only when none is dwarfed by another."""


@dataclass(frozen=True)
class _Inputs:
    """What there is to draw: `values` share an axis, `groups` are what they can be told apart by."""

    rows: int
    numbers: Sequence[ColumnData]
    values: Sequence[ColumnData]
    groups: Sequence[ColumnData]
    whole: bool


def options(
    fields: Sequence[ColumnData], numbers: Sequence[ColumnData], *, whole: bool
) -> tuple[bool, list[Option]]:
    """Return the charts to try, and whether one is drawn unasked; `whole` tells that no row is missing."""
    rows = len(fields[0].cells)
    if rows == 1:
        return True, [(ChartKind.NUMBER, lambda: number_beside_previous(numbers))]
    values = _comparable(_shares(numbers) or numbers)
    inputs = _Inputs(rows, numbers, values, _groups(fields), whole)
    subject = _subject(fields, inputs)
    if subject is None and (lines := _courses(fields, inputs)):
        return True, _over_time(lines, inputs)
    if subject and subject not in inputs.groups:
        return False, _records(numbers)
    if group := subject or next((group for group in inputs.groups if group.distinct == rows), None):
        return True, [*_over_group(group, inputs), *(_records(numbers) if rows > MAX_NAMED else [])]
    if pair := _pair(inputs):
        return True, _over_pair(*pair, inputs)
    scattered = len(numbers) > 1
    listed = rows > MAX_NAMED and not any(field.kind in TIMES for field in fields)
    return not inputs.groups and (scattered or listed), _records(numbers)


def _over_time(lines: Chart, inputs: _Inputs) -> list[Option]:
    value = inputs.values[0]
    two = len(lines.labels) == 2  # noqa: PLR2004 (now and before: a number with its change)
    number: Option = (ChartKind.NUMBER, lambda: number_with_course(lines))
    beside = two and periods_side_by_side(lines)
    bars: Option = (ChartKind.BAR, lambda: beside or bars_over_time(lines))
    return [
        *([number] if two else []),
        *([bars] if beside else []),
        (ChartKind.LINE, lambda: line_chart(lines)),
        (ChartKind.AREA, lambda: area_chart(lines, value)),
        *([] if beside else [bars]),
        (ChartKind.STACKED_BAR, lambda: stacked_over_time(lines, value)),
        (ChartKind.HEAT_MAP, lambda: heat_map_over_time(lines)),
        *([] if two else [number]),
    ]


def _over_group(group: ColumnData, inputs: _Inputs) -> list[Option]:
    values = inputs.values
    bars: Option = (ChartKind.BAR, lambda: bar_chart(group, values, whole=inputs.whole))
    donut: Option = (ChartKind.DONUT, lambda: donut_chart(group, values[0], whole=inputs.whole))
    sliced = values[0].is_whole and group.distinct <= _FEW_SHARES
    return [
        *([donut, bars] if sliced else [bars, donut]),
        (ChartKind.STACKED_BAR, lambda: stacked_measures(group, values)),
    ]


def _over_pair(first: ColumnData, second: ColumnData, inputs: _Inputs) -> list[Option]:
    value = inputs.values[0]
    bars: Option = (ChartKind.BAR, lambda: grouped_chart(first, second, value))
    stacked: Option = (ChartKind.STACKED_BAR, lambda: stacked_chart(first, second, value))
    heat: Option = (ChartKind.HEAT_MAP, lambda: heat_map(first, second, value))
    if inputs.rows > MAX_GROUPED and first.order and second.order:
        return [heat, stacked, bars]
    if min(first.distinct, second.distinct) <= _FEW_COLOURS and inputs.rows <= MAX_GROUPED:
        return [bars, stacked, heat]
    return [stacked, heat, bars]


def _records(numbers: Sequence[ColumnData]) -> list[Option]:
    """Offer what needs no names: a cloud of points, how often each value occurs."""
    many = len(numbers[0].cells) >= MIN_HISTOGRAM
    return [
        (ChartKind.SCATTER, lambda: scatter_chart(numbers)),
        (ChartKind.HISTOGRAM, lambda: histogram(numbers[0]) if many else None),
    ]


def _subject(fields: Sequence[ColumnData], inputs: _Inputs) -> ColumnData | None:
    """Return what each row is about, if its time only follows: stores with their opening are no course."""
    first = next((at for at, field in enumerate(fields) if field.kind in TIMES), 0)
    named = (field for field in fields[:first] if field.kind in _NAMING and not field.order)
    each = [field for field in named if field.distinct == inputs.rows]
    return min(each, key=lambda field: field.kind is Kind.IDENTIFIER, default=None)


def _courses(fields: Sequence[ColumnData], inputs: _Inputs) -> Chart | None:
    for time in fields:
        moments = [moment for moment in time.moments if moment is not None]
        if len(moments) < len(time.cells) or len(set(moments)) < 2:  # noqa: PLR2004
            continue
        if len(set(moments)) == len(moments):
            return courses(time, moments, None, inputs.values)
        return _by_group(time, moments, inputs)
    return None


def _by_group(time: ColumnData, moments: list[datetime], inputs: _Inputs) -> Chart | None:
    several = len(set(moments))
    for group in inputs.groups:
        # More rows than pairs: some would fall on one point. To see that first saves the time to sort them.
        if not len(moments) / several <= group.distinct <= min(MAX_COURSES, len(moments) - 1):
            continue
        if lines := courses(time, moments, group, inputs.values[:1]):
            return lines
    return None


def _groups(fields: Sequence[ColumnData]) -> list[ColumnData]:
    """Return the columns that bars can stand for, the most telling first."""
    few = len(fields[0].cells) <= MAX_NAMED
    kinds = _TELLING if few else _TELLING[: -len(_NAMES)]
    several = [field for field in fields if field.kind in kinds and field.distinct > 1]
    return sorted(several, key=lambda field: kinds.index(field.kind))


def _pair(inputs: _Inputs) -> tuple[ColumnData, ColumnData] | None:
    for first, second in combinations(inputs.groups, 2):
        if not is_telling(inputs.rows, first.distinct, second.distinct):
            continue
        # Cells are compared first: to write thousands of labels takes long, and they are never more.
        if all(
            _pairs(left, right) == inputs.rows
            for left, right in ((first.cells, second.cells), (first.labels, second.labels))
        ):
            return first, second
    return None


def _pairs(left: Sequence[Cell], right: Sequence[Cell]) -> int:
    return len(set(zip(left, right, strict=True)))


def _shares(numbers: Sequence[ColumnData]) -> list[ColumnData]:
    """Return the shares of the first measure: who sees them beside it has asked for them."""
    return [field for field in numbers[1:] if is_share(field, numbers[0])]


def _comparable(numbers: Sequence[ColumnData]) -> list[ColumnData]:
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
