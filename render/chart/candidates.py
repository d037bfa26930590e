"""Which charts a result allows, by what its columns are: the one that says most about it first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from genie.model import Cell
from render.chart.bars import (
    MAX_GROUPED,
    bar_chart,
    bars_over_time,
    grouped_chart,
    is_telling,
    periods_side_by_side,
    statement_chart,
)
from render.chart.big_number import number_beside_previous, number_with_course
from render.chart.column_data import ColumnData
from render.chart.distributions import MIN_HISTOGRAM, histogram, scatter_chart
from render.chart.heat_map import heat_map, heat_map_over_time, matrix
from render.chart.inputs import MAX_NAMED, Inputs
from render.chart.lines import MAX_COURSES, courses, line_chart
from render.chart.model import Chart, ChartKind
from render.chart.stacks import area_chart, donut_chart, stacked_chart, stacked_measures, stacked_over_time
from render.columns.reading import Role

_FEW_SHARES = 5
"""Shares up to which slices are as clear as bars."""
_FEW_COLOURS = 3
"""Bars that stand side by side for each label; more of them are clearer on one another, or as colours."""
_MOST_SAID = 4
"""Columns beside the amounts up to which rows are compared; rows that say more are a list of records."""
_NAMING = frozenset({Role.IDENTIFIER, Role.CATEGORY})

Option = tuple[ChartKind, Callable[[], Chart | None]]
"""A kind of chart, and what makes it or finds that the data do not allow it."""


@dataclass(frozen=True)
class _Courses:
    """Lines over a time, one for each measure or for each item of `group`."""

    lines: Chart
    time: ColumnData
    group: ColumnData | None = None

    @property
    def order(self) -> dict[str, int] | None:
        """The ranks of lines that have an order."""
        return self.group.label_order if self.group and self.group.has_order else None


def options(inputs: Inputs) -> tuple[bool, list[Option]]:
    """Return the charts to try, and whether one is drawn unasked."""
    if inputs.rows == 1:
        return True, [(ChartKind.NUMBER, lambda: number_beside_previous(inputs.numbers))]
    if (lines := inputs.lines) and lines.distinct == inputs.rows:
        return True, [(ChartKind.BAR, lambda: statement_chart(lines, inputs.values))]
    subject = _subject(inputs)
    if subject is None and (found := _courses(inputs)):
        return True, _over_time(found, inputs)
    if subject and subject not in inputs.groups:
        return False, _records(inputs.numbers)
    each = (group for group in inputs.groups if group.distinct == inputs.rows)
    if group := subject or next(each, None):
        records = _records(inputs.numbers) if _is_long(inputs) else []
        return not _is_list(inputs), [*_over_group(group, inputs), *records]
    if pair := _pair(inputs):
        return True, _over_pair(*pair, inputs)
    scattered = len(inputs.numbers) > 1
    listed = _is_long(inputs) and not any(field.role is Role.TIME for field in inputs.fields)
    is_telling_alone = not inputs.groups and (scattered or listed) and not _is_list(inputs)
    return is_telling_alone, _records(inputs.numbers)


def _is_list(inputs: Inputs) -> bool:
    """Whether the rows are records, orders with their dates, phones and remarks, that nobody has ranked."""
    return not inputs.is_ranked and len(inputs.fields) - len(inputs.measures) > _MOST_SAID


def _is_long(inputs: Inputs) -> bool:
    return inputs.rows > MAX_NAMED


def _over_time(found: _Courses, inputs: Inputs) -> list[Option]:
    lines, order, parts = found.lines, found.order, _parts_of(found, inputs)
    two = len(lines.labels) == 2  # noqa: PLR2004 (now and before: a number with its change)
    number: Option = (ChartKind.NUMBER, lambda: number_with_course(lines))
    beside = two and periods_side_by_side(lines)
    bars: Option = (ChartKind.BAR, lambda: beside or bars_over_time(lines))
    stacks: list[Option] = [
        (ChartKind.STACKED_BAR, lambda: stacked_over_time(parts, order) if parts else None),
        (ChartKind.AREA, lambda: area_chart(parts, order) if parts else None),
    ]
    return [
        *(stacks if inputs.draws_total else []),
        *([(ChartKind.HEAT_MAP, lambda: _cohorts(found, inputs))] if _has_steps(found) else []),
        *([number] if two else []),
        *([bars] if two and (beside or lines.unfinished) else []),
        (ChartKind.LINE, lambda: line_chart(lines, order)),
        *([] if inputs.draws_total else stacks[1:]),
        *([] if two and (beside or lines.unfinished) else [bars]),
        *([] if inputs.draws_total else stacks[:1]),
        *([] if _has_steps(found) else [(ChartKind.HEAT_MAP, lambda: heat_map_over_time(lines, order))]),
        *([] if two else [number]),
    ]


def _has_steps(found: _Courses) -> bool:
    """Whether the lines are numbered steps, months since a first order: colours show such cohorts best."""
    return bool(found.group and found.group.role is Role.ORDERED and found.group.is_numbered)


def _cohorts(found: _Courses, inputs: Inputs) -> Chart | None:
    if found.group is None:
        return None
    value, steps, time = inputs.asked, found.group, found.time
    pairs = zip(steps.labels, time.labels, value.numbers, strict=True)
    cells = {(step, when): number for step, when, number in pairs if number is not None}
    return matrix(steps, time, cells, value)


def _parts_of(found: _Courses, inputs: Inputs) -> Chart | None:
    """Return all courses that may stand on one another, or a single one, which stands on the ground."""
    if found.group:
        return found.lines if inputs.adds_up(inputs.asked, found.time) else None
    if inputs.stacked:
        lines = courses(found.time, None, inputs.stacked)
        return replace(lines, is_course=found.lines.is_course) if lines else None
    return found.lines if len(found.lines.series) == 1 else None


def _over_group(group: ColumnData, inputs: Inputs) -> list[Option]:
    if group.role is not Role.TIME and 0 < len(group.unfinished) < inputs.rows:
        return []  # the last of each, some of them of a period that is not over
    values = inputs.values
    adds_up = inputs.whole and inputs.adds_up(inputs.asked)
    bars: Option = (
        ChartKind.BAR,
        lambda: bar_chart(group, values, is_ranked=inputs.is_ranked, adds_up=adds_up),
    )
    line: Option = (ChartKind.LINE, lambda: _steps(group, inputs))
    donut: Option = (ChartKind.DONUT, lambda: donut_chart(group, inputs))
    sliced = inputs.asked.is_whole and group.distinct <= _FEW_SHARES
    stacked: Option = (ChartKind.STACKED_BAR, lambda: stacked_measures(group, inputs))
    if inputs.draws_total:
        return [stacked, bars, donut, line]
    return [*([donut, bars] if sliced else [bars, donut]), line, stacked]


def _steps(group: ColumnData, inputs: Inputs) -> Chart | None:
    """Draw more steps of an order than bars can show as a line."""
    if not group.has_order or bar_chart(group, inputs.values, is_ranked=False, adds_up=False):
        return None
    lines = courses(group, None, inputs.values)
    return line_chart(lines) if lines else None


def _over_pair(first: ColumnData, second: ColumnData, inputs: Inputs) -> list[Option]:
    value = inputs.asked
    bars: Option = (ChartKind.BAR, lambda: grouped_chart(first, second, value))
    stacked: Option = (ChartKind.STACKED_BAR, lambda: stacked_chart(first, second, inputs))
    heat: Option = (ChartKind.HEAT_MAP, lambda: heat_map(first, second, value))
    if inputs.rows > MAX_GROUPED and first.has_order and second.has_order:
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


def _subject(inputs: Inputs) -> ColumnData | None:
    """Return what each row is about, if its time only follows: stores with their opening are no course."""
    first = next((at for at, field in enumerate(inputs.fields) if field.role is Role.TIME), 0)
    named = (field for field in inputs.fields[:first] if field.role in _NAMING)
    each = [field for field in named if field.distinct == inputs.rows]
    return min(each, key=lambda field: field.role is Role.IDENTIFIER, default=None)


def _courses(inputs: Inputs) -> _Courses | None:
    for time in inputs.fields:
        places = time.moments or time.cells
        if time.role is not Role.TIME or None in places or len(set(places)) < 2:  # noqa: PLR2004
            continue
        if len(set(places)) == len(places):
            lines = courses(time, None, inputs.values)
            is_course = bool(time.moments) or inputs.order == time.at
            return _Courses(replace(lines, is_course=is_course), time) if lines else None
        return _by_group(time, len(set(places)), inputs)
    return None


def _by_group(time: ColumnData, several: int, inputs: Inputs) -> _Courses | None:
    for group in inputs.groups:
        # More rows than pairs: some would fall on one point. To see that first saves the time to sort them.
        if group is time or not inputs.rows / several <= group.distinct <= min(MAX_COURSES, inputs.rows - 1):
            continue
        if lines := courses(time, group, [inputs.asked]):
            return _Courses(lines, time, group)
    return None


def _pair(inputs: Inputs) -> tuple[ColumnData, ColumnData] | None:
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
