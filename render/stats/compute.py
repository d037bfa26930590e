"""Compute exact figures from the rows of an answer; figures that would mislead are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import accumulate
from statistics import median

from genie.model import Cell, Column, Table
from render.columns.format import formatter
from render.columns.kinds import NUMBER_TYPES, NUMBERS, TIMES, Kind
from render.columns.numbers import read_decimal
from render.columns.reading import Adds, Reading
from render.columns.units import titled
from render.stats.estimators import EXACT, Point, around, trend, unusual
from render.stats.model import Figures, Measure, Named, Share, Shares
from render.stats.time_series import Axis, axis_of, over_time
from render.text.escape import clean_line
from render.text.locales import ANYWHERE, Locale
from render.words.stats import NAMELESS, TOTAL, row

MOST_MEASURES = 4
"""Columns that are described; nobody reads more."""
_MOST_OUTLIERS = 3
_NAME_SIZE = 60
_LABEL_SIZE = 80
_NAMING = (Kind.CATEGORY, Kind.GEOGRAPHY, Kind.BOOLEAN, Kind.TEXT, Kind.IDENTIFIER)
_FEWEST_GROUPS = 3
_MOST_OF_IT = Decimal("0.8")
_ALL = frozenset({"total", "grand total", "all", "overall", "sum", "subtotal", "gesamt", "summe"})
_ROUNDED = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a result, column by column, with what tells them apart."""

    table: Table
    reading: Reading
    cells: tuple[tuple[Cell, ...], ...]
    axis: Axis | None
    groups: tuple[str, ...] | None
    locale: Locale

    def label(self, at: int) -> str:
        """Name a row by its period and its group, or by its number."""
        period = self.axis.labels[at] if self.axis else ""
        parts = [part for part in (period, self.groups[at] if self.groups else "") if part]
        return ", ".join(parts) or row(self.locale.whole(at + 1))


def compute(table: Table, reading: Reading, today: date, locale: Locale = ANYWHERE) -> Figures | None:
    """Return the figures of a result, or None when it holds no amounts.

    `today` tells which period is over, `locale` how rows are named by dates and numbers.
    """
    kinds = reading.kinds
    amounts = [at for at, column in enumerate(table.columns) if _is_amount(column, kinds[at])]
    if not table.rows or not amounts:
        return None
    with localcontext(EXACT):
        rows, rollup = _without_rollup(_arranged(table, reading, locale), amounts)
        found = [_measure(rows, at, today) for at in amounts[:MOST_MEASURES]]
    if not any(found):
        return None
    return Figures(
        rows=len(table.rows),
        total_rows=max(table.total_rows or 0, len(table.rows)),
        cut=table.incomplete,
        columns=len(table.columns),
        measures=tuple(measure for measure in found if measure),
        not_described=tuple(_name(table.columns[at], kinds[at]) for at in amounts[MOST_MEASURES:]),
        missing=tuple(
            (_name(column, kind), nulls)
            for column, kind, cells in zip(table.columns, kinds, rows.cells, strict=True)
            if (nulls := cells.count(None))
        ),
        rollup=rollup,
    )


def _is_amount(column: Column, kind: Kind) -> bool:
    return kind in NUMBERS and column.type_name.upper() in NUMBER_TYPES


def _name(column: Column, kind: Kind) -> str:
    return clean_line(titled(column.name, kind).heading, _NAME_SIZE)


def _arranged(table: Table, reading: Reading, locale: Locale) -> _Rows:
    kinds = reading.kinds
    cells = tuple(zip(*table.rows, strict=True))
    times = (at for at, kind in enumerate(kinds) if kind in TIMES)
    axes = (axis_of(table.columns[at], kinds[at], cells[at], locale) for at in times)
    naming = [at for kind in _NAMING for at, each in enumerate(kinds) if each is kind]
    telling = next((at for at in naming if len(set(cells[at])) > 1), None)
    groups = (
        None if telling is None else _labels(table.columns[telling], kinds[telling], cells[telling], locale)
    )
    return _Rows(table, reading, cells, next((axis for axis in axes if axis), None), groups, locale)


def _labels(column: Column, kind: Kind, cells: Sequence[Cell], locale: Locale) -> tuple[str, ...]:
    several = set(cells)
    show = formatter(column, kind, list(several), locale)
    heading = titled(column.name, kind).heading
    known = {cell: clean_line(_label(cell, show(cell), heading), _LABEL_SIZE) for cell in several}
    return tuple(known[cell] for cell in cells)


def _label(cell: Cell, shown: str, heading: str) -> str:
    """Name a group: a number alone would not say what it counts."""
    if cell is None:
        return NAMELESS
    return f"{heading} {shown}" if shown.isdecimal() else shown


def _without_rollup(rows: _Rows, amounts: Sequence[int]) -> tuple[_Rows, str]:
    """Leave out the one row that only adds up the others, such as a query with ROLLUP gives."""
    groups = rows.groups or ()
    named = [at for at, group in enumerate(groups) if group.lower() in _ALL or group == NAMELESS]
    if len(named) != 1 or len(groups) < _FEWEST_GROUPS:
        return rows, ""
    for column in amounts:
        values = [read_decimal(cell) or Decimal(0) for cell in rows.cells[column]]
        rest = sum(values) - values[named[0]]
        if not rest or abs(values[named[0]] - rest) > abs(rest) * _ROUNDED:
            return rows, ""
    kept = [row for at, row in enumerate(rows.table.rows) if at != named[0]]
    table = Table(rows.table.columns, tuple(kept), rows.table.total_rows, rows.table.truncated)
    return _arranged(table, rows.reading, rows.locale), groups[named[0]] or TOTAL


def _measure(rows: _Rows, at: int, today: date) -> Measure | None:
    column, kind, cells = rows.table.columns[at], rows.reading.kinds[at], rows.cells[at]
    numbers = [read_decimal(cell) for cell in cells]
    known = {place: number for place, number in enumerate(numbers) if number is not None}
    places, values = list(known), list(known.values())
    if not values:
        return None
    low, high = values.index(min(values)), values.index(max(values))
    total = sum(values, Decimal(0)) if rows.reading.columns[at].adds is Adds.EVERYWHERE else None
    whole = total is not None and not rows.table.incomplete
    return Measure(
        name=_name(column, kind),
        column=column,
        kind=kind,
        count=len(values),
        unread=len(cells) - len(values) - cells.count(None),
        low=Named(rows.label(places[low]), values[low]),
        high=Named(rows.label(places[high]), values[high]),
        mean=sum(values, Decimal(0)) / len(values),
        median=median(values),
        total=total,
        shares=_shares(rows, places, values) if total else None,
        over_time=over_time(rows.axis, numbers, today, adds=whole) if rows.axis else None,
        outliers=tuple(Named(rows.label(place), known[place]) for place in _far(rows.axis, known, today)),
    )


def _far(axis: Axis | None, known: Mapping[int, Decimal], today: date) -> list[int]:
    """Find the rows of unusual values, in a series those that leave its trend."""
    not_over = axis.unfinished(today) if axis else frozenset()
    places = [place for place in known if not (axis and axis.moments[place] in not_over)]
    values = [known[place] for place in places]
    if axis and not axis.repeats:
        points: list[Point] = [(axis.numbers[place], known[place]) for place in places]
        values = around(points, trend(sorted(points)))
    return [places[far] for far in unusual(values)[:_MOST_OUTLIERS]]


def _shares(rows: _Rows, places: Sequence[int], values: Sequence[Decimal]) -> Shares | None:
    """Spread a total over the groups; of a total with negative parts there are no shares."""
    if rows.groups is None or min(values) < 0:
        return None
    sums: dict[str, Decimal] = {}
    for place, value in zip(places, values, strict=True):
        sums[rows.groups[place]] = sums.get(rows.groups[place], Decimal(0)) + value
    if len(sums) < 2:  # noqa: PLR2004 (one group is the whole)
        return None
    ordered = sorted(sums.items(), key=lambda each: -each[1])
    if ordered[0][1] == ordered[1][1]:  # none is the largest
        return None
    total = sum(sums.values())
    running = [part / total for part in accumulate(value for _, value in ordered)]
    few = next(count for count, part in enumerate(running, start=1) if part >= _MOST_OF_IT)
    telling = len(ordered) > _FEWEST_GROUPS and 1 < few <= len(ordered) // 2
    return Shares(
        groups=len(ordered),
        largest=Share(ordered[0][0], running[0]),
        few=few if telling else 0,
        together=running[few - 1] if telling else Decimal(0),
    )
