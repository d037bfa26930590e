"""Bars over categories: the telling order, the number that fits, side by side or one below the other."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from wcwidth import width, wrap

from genie.model import Cell
from render import words
from render.chart.column_data import ColumnData
from render.chart.model import Chart, ChartKind, Series
from render.chart.scale import compact

MAX_BARS = 15
"""More would be a picture so high that Slack shows it with letters too small to read."""
MAX_LONG = 12
"""Bars whose names take two lines: more would be a picture as high as a phone."""
MAX_ORDERED = 31
"""Bars that have an order of their own (hours, age bands) lose their sense when some are left out."""
MAX_GROUPS = 10
MAX_SERIES = 6
MAX_GROUPED = 24
"""Bars of all groups together: a higher picture becomes narrow in Slack, and its letters small."""
MAX_OVER_TIME = 31
MAX_STATEMENT = 32
"""Bars of actual and budget for each of 16 lines."""
_MANY_GROUPS = 3 * MAX_GROUPS

LINES = 2
"""Lines of a label under an upright bar."""

_SHORT_CHARACTERS = 2
"""A label so short (an hour, a day of the month) fits under any bar."""
_MAX_UPRIGHT = 12
_LINE_CHARACTERS = 46
"""Characters that fit beside one another under upright bars."""
_LONG_CHARACTERS = 18
"""Characters of a name that surely fit into one line beside a lying bar."""
_DWARFING = 1.2
"""A longer bar for the rest, in parts of the longest, would say more about the tail than about the top."""

Values = tuple[float | None, ...]
Row = tuple[str, Values]
N = TypeVar("N", bound=Hashable)
"""What names a row: a label, or a cell of which the label is yet to be made."""


def bar_chart(
    group: ColumnData, values: Sequence[ColumnData], *, is_ranked: bool, adds_up: bool
) -> Chart | None:
    """Draw one bar per row and measure; what is cut is summed up if that `adds_up`.

    Rows that the query ranked stay in its order. None for more steps of an order than bars can show.
    """
    if group.order and group.distinct > MAX_ORDERED:
        return None
    numbers = zip(*(value.numbers for value in values), strict=True)
    every: list[tuple[Cell, Values]] = list(zip(group.cells, numbers, strict=True))
    rows = [row for row in every if row[0] not in group.rest]
    nameless = [row for row in every if row[0] in group.rest]
    kept, cut = _arrange(group.order, rows, _most(len(values), long=False), is_ranked=is_ranked)
    labels = group.named(cell for cell, _ in (*kept, *nameless))
    if any(is_long(labels[cell]) for cell, _ in kept):
        kept, cut = _arrange(group.order, rows, _most(len(values), long=True), is_ranked=is_ranked)
    shown = [(labels[cell], numbers) for cell, numbers in kept]
    rest, note = "", words.charts.cut(cut, len(shown), len(rows), group.locale) if cut else ""
    shown += [(labels[cell], numbers) for cell, numbers in nameless]
    if nameless:
        rest = shown[-1][0]
    elif cut and adds_up and len(values) == 1:
        others = [numbers[0] for cell, numbers in rows if cell not in dict(kept)]
        shown, rest, note = _with_rest(shown, values[0], cut, others)
    chart = _chart(group, shown, [value.name for value in values], values[0], note=note, rest=rest)
    if cut and cut != "highest" and len(values) > 1:
        cut = "some"
    return replace(chart, unfinished=group.running, cut=cut)


def _with_rest(
    shown: list[Row], value: ColumnData, which: str, others: Sequence[float | None]
) -> tuple[list[Row], str, str]:
    """Add a bar for all others if it does not dwarf the rest; the note tells their sum in any case."""
    drawn = [row[1][0] for row in shown if row[1][0] is not None]
    total, left = math.fsum(value.known), math.fsum(other for other in others if other is not None)
    part = f"{left / total:.0%}" if value.is_positive and total else ""
    share = value.notation.write(part) if part not in {"", "0%", "100%"} else ""
    rest = compact(left, value.notation)
    note = words.charts.cut_with_sum(which, len(shown), len(shown) + len(others), rest, share, value.locale)
    if which == "highest" and 0 < left <= _DWARFING * max(drawn):
        return [*shown, (words.charts.OTHER, (left,))], words.charts.OTHER, note
    return shown, "", note


def statement_chart(lines: ColumnData, values: Sequence[ColumnData]) -> Chart | None:
    """Draw the lines of a statement below one another as they come; one measure where several do not fit."""
    fitting = values if lines.distinct * len(values) <= MAX_STATEMENT else values[:1]
    chart = bar_chart(lines, fitting, is_ranked=False, adds_up=False)
    return chart and replace(chart, kind=ChartKind.HORIZONTAL_BAR)


def grouped_chart(first: ColumnData, second: ColumnData, value: ColumnData) -> Chart | None:
    """Draw one bar per pair: the field with more items along the axis, the other as colours.

    None for more steps of an order, a course of months, than there are bars or colours.
    """
    along, colours, cells = pairs_of(first, second, value)
    if along.has_order and along.distinct > MAX_ORDERED:
        return None
    if colours.has_order and colours.distinct > MAX_SERIES:
        return None
    labels, names = list(dict.fromkeys(along.labels)), _in_order(colours)
    best = {name: _highest(tuple(cells.get((label, name)) for label in labels)) for name in names}
    kept = sorted(names, key=best.__getitem__, reverse=True)[:MAX_SERIES]
    drawn = [name for name in names if name in kept]
    rows = [(label, tuple(cells.get((label, name)) for name in drawn)) for label in labels]
    long = any(map(is_long, labels))
    order = along.label_order if along.has_order else None
    shown, cut = _arrange(order, rows, _most(len(drawn), long=long))
    note = words.charts.cut(cut, len(shown), len(rows), value.locale) if cut else ""
    if len(drawn) < len(names):
        note = f"{note} {words.charts.series_cut(len(drawn), len(names), colours.name)}".strip()
    chart = _chart(along, shown, drawn, value, note=note)
    known = cut or ("highest" if len(drawn) < len(names) else "")
    return replace(
        chart,
        y_title=value.name,
        series_title=colours.name,
        unfinished=running_of(along, colours),
        cut="first" if known == "lowest" else known,
    )


def running_of(*fields: ColumnData) -> tuple[str, ...]:
    """Return the labels of periods that are not over, of the field that is a time."""
    return next((field.running for field in fields if field.running), ())


def pairs_of(
    first: ColumnData, second: ColumnData, value: ColumnData
) -> tuple[ColumnData, ColumnData, dict[tuple[str, str], float]]:
    """Return the field for the axis, that for the colours, and the value of each pair that has one."""
    along, colours = (first, second) if first.distinct >= second.distinct else (second, first)
    triples = zip(along.labels, colours.labels, value.numbers, strict=True)
    return along, colours, {(label, name): number for label, name, number in triples if number is not None}


def _in_order(colours: ColumnData) -> list[str]:
    names = list(dict.fromkeys(colours.labels))
    order = colours.label_order
    return sorted(names, key=order.__getitem__) if order else names


def is_telling(pairs: int, *items: int) -> bool:
    """Whether groups would show most of the data: not ten of two hundred customers, and few empty places."""
    return max(items) <= _MANY_GROUPS and pairs >= math.prod(items) / 2


def bars_over_time(lines: Chart) -> Chart | None:
    """Draw a few periods as bars in their order, None for more than fit."""
    count = len(lines.labels)
    if count > MAX_OVER_TIME or count * len(lines.series) > max(MAX_OVER_TIME, MAX_GROUPED):
        return None
    return replace(lines, kind=_kind(lines.labels, len(lines.series), upright=bool(lines.grain)))


def periods_side_by_side(lines: Chart) -> Chart | None:
    """Draw two periods as bars beside each other, for each item of a few: this year against the last."""
    items = sorted(lines.series, key=lambda each: _highest(each.values[-1:]), reverse=True)
    labels = tuple(each.name for each in items)
    if not lines.series_title or len(items) > _most(len(lines.labels), long=any(map(is_long, labels))):
        return None
    periods = zip(lines.labels, zip(*(each.values for each in items), strict=True), strict=True)
    return replace(
        lines,
        kind=_kind(labels, len(lines.labels)),
        labels=labels,
        series=tuple(Series(label, values) for label, values in periods),
        x_title=lines.series_title,
        series_title=lines.x_title,
        positions=(),
        grain=None,
    )


def _most(series: int, *, long: bool) -> int:
    return (MAX_LONG if long else MAX_BARS) if series == 1 else min(MAX_GROUPS, MAX_GROUPED // series)


def is_long(label: str) -> bool:
    """Tell whether a name may need two lines beside a lying bar."""
    return width(label) > _LONG_CHARACTERS


def _chart(
    group: ColumnData, rows: list[Row], names: list[str], value: ColumnData, *, note: str, rest: str = ""
) -> Chart:
    labels = tuple(label for label, _ in rows)
    series = zip(names, zip(*(values for _, values in rows), strict=True), strict=True)
    return Chart(
        kind=_kind(labels, len(names)),
        title="",
        x_title=group.name,
        y_title=words.charts.listed(names),
        labels=labels,
        series=tuple(Series(name, each) for name, each in series),
        alt_text="",
        note=note,
        unit=value.unit,
        sign=value.sign,
        rest=rest,
    )


def _kind(labels: Sequence[str], series: int, *, upright: bool = False) -> ChartKind:
    if not upright and not stand_upright(labels):
        return ChartKind.HORIZONTAL_BAR
    return ChartKind.GROUPED_BAR if series > 1 else ChartKind.BAR


def _arrange(
    ranks: Mapping[N, float] | None, rows: list[tuple[N, Values]], most: int, *, is_ranked: bool = False
) -> tuple[list[tuple[N, Values]], str]:
    """Put the bars into the order that tells most, and say which are kept if not all of them can be read."""
    if ranks:
        return sorted(rows, key=lambda row: ranks[row[0]]), ""
    best = [_highest(values) for _, values in rows]
    most += len(rows) == most + 1  # what is cut takes a line of words: one bar takes no more
    cut = len(rows) > most
    if is_ranked or (best == sorted(best) and best[0] < best[-1]):
        return rows[:most], _which(best) if cut else ""
    places = sorted(range(len(rows)), key=best.__getitem__, reverse=True)
    return [rows[at] for at in places[:most]], "highest" if cut else ""


def _which(best: Sequence[float]) -> str:
    """Return what the rows are that come first."""
    ascending = sorted(best)
    return "lowest" if best == ascending else "highest" if best == ascending[::-1] else "first"


def _highest(values: Values) -> float:
    known = [value for value in values if value is not None]
    return max(known) if known else float("-inf")


def stand_upright(labels: Sequence[str]) -> bool:
    """Whether the labels stand under upright bars, wrapped into two lines at most."""
    short = all(len(label) <= _SHORT_CHARACTERS for label in labels)
    room = _LINE_CHARACTERS // len(labels)
    return short or (len(labels) <= _MAX_UPRIGHT and all(_fits(label, room) for label in labels))


def _fits(label: str, room: int) -> bool:
    lines = wrap(label, room, break_long_words=False, break_on_hyphens=False)
    return len(lines) <= LINES and all(width(line) <= room for line in lines)
