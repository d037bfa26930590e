"""Choose a chart for a table, or none: a frozen description that `render.figure` draws."""

from collections.abc import Sequence
from dataclasses import replace

from genie.model import Table
from render import columns
from render.chart_bars import bar_chart, grouped_chart, is_telling
from render.chart_lines import line_chart
from render.chart_model import OFF, Chart, Choice, Grain, Kind, Series, Unit
from render.chart_words import LABELS, alt_text, axes_text
from render.fields import Field, fields_of, is_share, plain
from render.kinds import TIMES, WHOLE_TYPES
from render.values import is_number

__all__ = ["OFF", "Chart", "Choice", "Grain", "Kind", "Series", "Unit", "choices", "choose_chart"]

TITLE_LIMIT = 120
MAX_NAMED = 20
"""Rows up to which identifiers and sentences make labels; beyond, they are records and not categories."""
MIN_SCATTER = 5
MAX_SCATTER = 2000
MAX_MEASURES = 4

_PARTS = {"month": (columns.Kind.MONTH, "{}-{:02}"), "quarter": (columns.Kind.QUARTER, "{}-Q{}")}
_NAMES = (columns.Kind.TEXT, columns.Kind.IDENTIFIER)
_TELLING = (columns.Kind.CATEGORY, columns.Kind.GEOGRAPHY, columns.Kind.BOOLEAN, *sorted(TIMES), *_NAMES)
_SAME_SCALE = 20
"""Measures share an axis only when none is dwarfed by another."""


def choices(table: Table, kinds: tuple[columns.Kind, ...]) -> tuple[Choice, ...]:
    """Return the charts that these data allow, the automatic one first and none at all last."""
    chart = choose_chart(table, kinds, "")
    if chart is None:
        return ()
    return (Choice(chart.kind, LABELS[chart.kind]), Choice(OFF, LABELS[OFF]))


def choose_chart(
    table: Table, kinds: tuple[columns.Kind, ...], title: str, wanted: str | None = None
) -> Chart | None:
    """Return the chart that the columns of `table` deserve, titled in Genie's words, or None.

    A reader may have `wanted` another one, of those that `choices` gives; OFF is for none.
    """
    if wanted == OFF or len(table.rows) < 2:  # noqa: PLR2004 (one point is not a chart)
        return None
    fields = fields_of(table, kinds)
    numbers = [
        field for field in fields if is_number(field.kind) and any(n is not None for n in field.numbers)
    ]
    if not numbers:
        return None
    values = _comparable(_shares(numbers) or numbers)
    chart = _over_time(fields, values) or _over_groups(_groups(fields), values) or _scatter(fields, numbers)
    if chart is None:
        return None
    return _worded(chart, table, title, [] if chart.kind is Kind.SCATTER else _left_out(chart, numbers))


def _over_time(fields: Sequence[Field], values: Sequence[Field]) -> Chart | None:
    for field in fields:
        time = _dated(field, fields)
        if time.kind not in TIMES:
            continue
        moments = [moment for moment in time.moments if moment is not None]
        if len(moments) < len(time.cells) or len(set(moments)) < 2:  # noqa: PLR2004
            continue
        if len(set(moments)) == len(moments):
            return line_chart(time, moments, None, values)
        for group in _groups(fields):
            if group.distinct < len(moments) and (chart := line_chart(time, moments, group, values[:1])):
                return chart
        return None
    return None


def _dated(year: Field, fields: Sequence[Field]) -> Field:
    """Return a column of years completed by its column of month or quarter numbers, any other as it is."""
    for part in fields:
        unit = columns.words(part.column.name)[-1:]
        if (
            year.kind is columns.Kind.YEAR
            and part.kind is columns.Kind.TIME
            and unit in (["month"], ["quarter"])
        ):
            kind, text = _PARTS[unit[0]]
            cells = tuple(
                text.format(y, int(float(p))) if y and p else None
                for y, p in zip(year.cells, part.cells, strict=True)
            )
            return Field(part.column, kind, cells)
    return year


def _groups(fields: Sequence[Field]) -> list[Field]:
    """Return the columns that bars can stand for, the most telling first."""
    few = len(fields[0].cells) <= MAX_NAMED
    kinds = _TELLING if few else _TELLING[: -len(_NAMES)]
    several = [field for field in fields if field.kind in kinds and field.distinct > 1]
    return sorted(several, key=lambda field: kinds.index(field.kind))


def _over_groups(groups: Sequence[Field], values: Sequence[Field]) -> Chart | None:
    rows = len(values[0].cells)
    for group in groups:
        # Cells are compared first: to write thousands of labels takes long, and they are never more.
        if group.distinct == rows == len(set(group.labels)):
            return bar_chart(group, values)
    for at, first in enumerate(groups):
        for second in groups[at + 1 :]:
            if not is_telling(rows, first.distinct, second.distinct) or _pairs(first, second) < rows:
                continue
            if len(set(zip(first.labels, second.labels, strict=True))) == rows:
                return grouped_chart(first, second, values[0])
    return None


def _pairs(first: Field, second: Field) -> int:
    return len(set(zip(first.cells, second.cells, strict=True)))


def _scatter(fields: Sequence[Field], numbers: Sequence[Field]) -> Chart | None:
    if len(numbers) < 2 or _groups(fields):  # noqa: PLR2004
        return None
    across, up = numbers[:2]
    points = [
        (x, y) for x, y in zip(across.numbers, up.numbers, strict=True) if x is not None and y is not None
    ]
    if len(points) < MIN_SCATTER:
        return None
    stride = -(-len(points) // MAX_SCATTER)
    drawn = points[::stride]
    return Chart(
        kind=Kind.SCATTER,
        title="",
        x_title=across.name,
        y_title=up.name,
        labels=("",) * len(drawn),
        series=(Series(up.name, tuple(y for _, y in drawn)),),
        alt_text="",
        note=f"Every {stride}th of {len(points)} points." if stride > 1 else "",
        unit=up.unit,
        positions=tuple(x for x, _ in drawn),
        x_unit=across.unit,
    )


def _shares(numbers: Sequence[Field]) -> list[Field]:
    """Return the shares of the first measure: who sees them beside it has asked for them."""
    return [field for field in numbers[1:] if is_share(field, numbers[0])]


def _comparable(numbers: Sequence[Field]) -> list[Field]:
    """Return the first number and those that may share its axis: same unit, same type, similar size."""
    first = numbers[0]
    whole, size = first.column.type_name.upper() in WHOLE_TYPES, _size(first)
    return [
        field
        for field in numbers
        if field is first
        or (
            field.kind is first.kind
            and (field.column.type_name.upper() in WHOLE_TYPES) is whole
            and size / _SAME_SCALE <= _size(field) <= size * _SAME_SCALE
        )
    ][:MAX_MEASURES]


def _size(field: Field) -> float:
    return max(abs(number) for number in field.numbers if number is not None)


def _left_out(chart: Chart, numbers: Sequence[Field]) -> list[str]:
    drawn = {series.name for series in chart.series} | {chart.y_title}
    return [field.name for field in numbers if field.name not in drawn]


def _worded(chart: Chart, table: Table, title: str, left_out: Sequence[str]) -> Chart:
    """Give a chart its title, its notes and its alternative text."""
    notes = [chart.note]
    if left_out:
        notes.append(f"Not drawn: {', '.join(left_out)}.")
    if table.incomplete:
        notes.append(f"Drawn from the first {len(table.rows):,} rows only.")
    known = plain(title, TITLE_LIMIT) if title.strip() else axes_text(chart)
    chart = replace(chart, title=known, note=plain(" ".join(filter(None, notes)), 200) if any(notes) else "")
    return replace(chart, alt_text=alt_text(chart))
