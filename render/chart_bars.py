"""Bars over categories: the telling order, the number that fits, side by side or one below the other."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from render import columns
from render.chart_model import Chart, Kind, Series
from render.fields import Field
from render.kinds import TIMES
from render.lettering import width, wrap
from render.words_values import MONTHS

MAX_BARS = 20
MAX_LONG = 12
"""Bars whose names take two lines: more would be a picture as high as a phone."""
MAX_ORDERED = 31
"""Bars that have an order of their own (hours, age bands) lose their sense when some are left out."""
MAX_GROUPS = 10
MAX_SERIES = 6
MAX_GROUPED = 24
"""Bars of all groups together: a higher picture becomes narrow in Slack, and its letters small."""
_MANY_GROUPS = 3 * MAX_GROUPS

LINES = 2
"""Lines of a label under an upright bar."""

_SHORT = 2
"""A label so short (an hour, a day of the month) fits under any bar."""
_MAX_UPRIGHT = 12
_LINE = 42
"""Characters that fit beside one another under upright bars."""
LONG = 18
"""Characters of a name that surely fit into one line beside a lying bar."""
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CALENDARS = (_WEEKDAYS, tuple(month.lower() for month in MONTHS))
_NUMBER = re.compile(r"\d+")

_Row = tuple[str, tuple[float | None, ...]]


def bar_chart(group: Field, values: Sequence[Field]) -> Chart:
    """Draw one bar per row and measure."""
    rows = list(zip(group.labels, zip(*(value.numbers for value in values), strict=True), strict=True))
    return _chart(group, rows, [value.name for value in values], values[0])


def grouped_chart(first: Field, second: Field, value: Field) -> Chart:
    """Draw one bar per pair: the field with more items along the axis, the other as colours."""
    along, colours = (first, second) if first.distinct >= second.distinct else (second, first)
    cells = dict(zip(zip(along.labels, colours.labels, strict=True), value.numbers, strict=True))
    labels, names = list(dict.fromkeys(along.labels)), list(dict.fromkeys(colours.labels))
    best = {name: _highest([cells.get((label, name)) for label in labels]) for name in names}
    drawn = sorted(names, key=best.__getitem__, reverse=True)[:MAX_SERIES]
    drawn = [name for name in names if name in drawn]
    rows = [(label, tuple(cells.get((label, name)) for name in drawn)) for label in labels]
    chart = _chart(along, rows, drawn, value)
    if len(drawn) < len(names):
        note = f"The {len(drawn)} highest of {len(names)} in {colours.name}."
        return replace(chart, y_title=value.name, note=f"{chart.note} {note}".strip())
    return replace(chart, y_title=value.name)


def is_telling(pairs: int, *items: int) -> bool:
    """Whether groups would show most of the data: not ten of two hundred customers, and few empty places."""
    return max(items) <= _MANY_GROUPS and pairs >= math.prod(items) / 2


def _chart(group: Field, rows: list[_Row], names: list[str], value: Field) -> Chart:
    long = any(width(label) > LONG for label, _ in rows)
    most = (MAX_LONG if long else MAX_BARS) if len(names) == 1 else min(MAX_GROUPS, MAX_GROUPED // len(names))
    shown, note = _arrange(group, rows, most)
    labels = tuple(label for label, _ in shown)
    several = len(names) > 1
    upright = _fits(labels)
    return Chart(
        kind=Kind.HORIZONTAL_BAR if not upright else Kind.GROUPED_BAR if several else Kind.BAR,
        title="",
        x_title=group.name,
        y_title=" and ".join(names),
        labels=labels,
        series=tuple(
            Series(name, each)
            for name, each in zip(names, zip(*(v for _, v in shown), strict=True), strict=True)
        ),
        alt_text="",
        note=note,
        unit=value.unit,
    )


def _arrange(group: Field, rows: list[_Row], most: int) -> tuple[list[_Row], str]:
    """Put the bars into the order that tells most and keep as many as can be read."""
    numbers = [_highest(values) for _, values in rows]
    if key := _own_order(group, [label for label, _ in rows]):
        ordered = sorted(rows, key=lambda row: key[row[0]])
        if len(rows) <= MAX_ORDERED:
            return ordered, ""
        kept = sorted(rows, key=lambda row: _highest(row[1]), reverse=True)[:most]
        return [row for row in ordered if row in kept], _cut("highest", most, len(rows))
    if numbers == sorted(numbers) and numbers[0] < numbers[-1]:
        return rows[:most], _cut("lowest", most, len(rows))
    ordered = sorted(rows, key=lambda row: _highest(row[1]), reverse=True)
    return ordered[:most], _cut("highest", most, len(rows))


def _cut(which: str, drawn: int, count: int) -> str:
    """Say which bars are drawn and how many are not; nothing if all are."""
    return (
        f"The {drawn} {which} of {count}; the other {count - drawn} are not drawn." if count > drawn else ""
    )


def _own_order(group: Field, labels: list[str]) -> dict[str, float] | None:
    """Return the rank of labels that have an order of their own: weekdays, months, hours, bands as given."""
    for names in _CALENDARS:
        if all(label[:3].lower() in names for label in labels):
            return {label: float(names.index(label[:3].lower())) for label in labels}
    found = [_NUMBER.search(label) for label in labels]
    ranks = [float(match[0]) for match in found if match]
    if len(ranks) < len(labels):
        return None
    if group.kind in TIMES:
        return dict(zip(labels, ranks, strict=True))
    banded = group.kind is columns.Kind.CATEGORY and ranks == sorted(ranks)
    return {label: float(at) for at, label in enumerate(labels)} if banded else None


def _highest(values: Sequence[float | None]) -> float:
    return max((value for value in values if value is not None), default=float("-inf"))


def _fits(labels: Sequence[str]) -> bool:
    """Whether the labels stand under upright bars, wrapped into two lines at most."""
    short = all(len(label) <= _SHORT for label in labels)
    room = _LINE // len(labels)
    return short or (len(labels) <= _MAX_UPRIGHT and all(len(wrap(label, room)) <= LINES for label in labels))
