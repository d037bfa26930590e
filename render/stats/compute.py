"""Compute exact figures from the rows of an answer; figures that would mislead are left out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from statistics import median

from genie.model import Cell, Table
from render.columns.currencies import currencies
from render.columns.numbers import read_decimal
from render.columns.reading import Adds, Reading
from render.columns.total_rows import grand_total, is_sum, total_label, total_labels
from render.stats.estimators import EXACT, Point, around, trend, unusual
from render.stats.model import Figures, Measure, Named, OverTime, Total
from render.stats.rows import Rows, rows_of
from render.stats.shares import shares
from render.stats.time_series import Axis, is_even, over_time
from render.stats.usual import has_usual
from render.text.alike import column_names
from render.text.escape import clean_line
from render.text.locales import ANYWHERE, Locale
from render.words.results.stats import of_currency

MOST_MEASURES = 4
"""Columns that are described; nobody reads more."""
_MOST_CURRENCIES = 3
_MOST_OUTLIERS = 3
_NAME_SIZE = 60


def compute(table: Table, reading: Reading, locale: Locale = ANYWHERE) -> Figures | None:
    """Return the figures of a result; None when it holds no amounts, or only such that do not go together."""
    parts = [at for at in range(len(table.rows)) if at not in reading.totals]
    codes = currencies(table, reading)
    names = _names(reading)
    subjects = [
        (at, code)
        for at, column in enumerate(reading.columns)
        if column.is_amount
        for code in (codes if codes and column.in_row_currency else ("",))
    ]
    # What the query orders by is what was asked for, as in charts.
    subjects.sort(key=lambda subject: (subject[1] in codes[_MOST_CURRENCIES:], subject[0] != reading.order))
    if not parts or not subjects or reading.is_metric_list:
        return None
    with localcontext(EXACT):
        rows = rows_of(table, reading, parts, locale)
        every = range(len(table.rows))  # of a statement subtotals are drawn, too
        drawn = rows if reading.lines is None else rows_of(table, reading, every, locale)
        whole = _whole(table, reading, locale)
        found = [
            _measure(
                _only(rows, code),
                at,
                _in_currency(names[at], code),
                whole[at] if whole and not code else None,
            )
            for at, code in subjects[:MOST_MEASURES]
        ]
    if not any(found):
        return None
    return Figures(
        rows=len(table.rows),
        total_rows=max(table.total_rows or 0, len(table.rows)),
        cut=table.incomplete,
        limited=reading.limited and not table.incomplete,
        columns=len(table.columns),
        measures=tuple(measure for measure in found if measure),
        not_described=tuple(_in_currency(names[at], code) for at, code in subjects[MOST_MEASURES:]),
        missing=tuple(
            (name, nulls)
            for name, cells in zip(names, rows.cells, strict=True)
            if (nulls := _missing(cells, rows.reading.to_come))
        ),
        totals=total_labels(table, reading, locale),
        unfinished=drawn.unfinished,
        rest=rows.label_of_rest,
        finished=len(rows.over) < len(parts),
        currencies=tuple(clean_line(code, _NAME_SIZE) for code in codes),
    )


def _missing(cells: Sequence[Cell], to_come: frozenset[int]) -> int:
    return sum(1 for at, cell in enumerate(cells) if cell is None and at not in to_come)


def _names(reading: Reading) -> list[str]:
    """Return what the columns are called, as in the table."""
    headings = (column.titled.heading for column in reading.columns)
    return column_names(clean_line(each, _NAME_SIZE) for each in headings)


def _in_currency(name: str, currency: str) -> str:
    return of_currency(name, clean_line(currency, _NAME_SIZE)) if currency else name


def _whole(table: Table, reading: Reading, locale: Locale) -> tuple[Named | None, ...]:
    """Return what the row that adds up all others has in each column; nothing without such a row."""
    at = grand_total(table, reading)
    if at is None:
        return ()
    label, row = total_label(table, reading, at, locale), map(read_decimal, table.rows[at])
    return tuple(None if value is None else Named(label, value) for value in row)


def _only(rows: Rows, currency: str) -> Rows:
    """Return the rows of a currency."""
    at = rows.reading.currencies
    if at is None or not currency:
        return rows
    kept = [place for place, cell in enumerate(rows.cells[at]) if cell == currency]
    return rows_of(rows.table, rows.reading, kept, rows.locale)


def _measure(rows: Rows, at: int, name: str, whole: Named | None) -> Measure | None:
    column, cells = rows.reading.columns[at], rows.cells[at]
    numbers = [read_decimal(cell) for cell in cells]
    known = {place: number for place, number in enumerate(numbers) if number is not None}
    if not known:
        return None
    over = {place: known[place] for place in rows.over if place in known} or known
    unnamed = rows.reading.rest | rows.nameless
    named = {place: value for place, value in over.items() if place not in unnamed} or over
    low, high = min(named, key=named.__getitem__), max(named, key=named.__getitem__)
    added = _added(rows, at, numbers)
    period = rows.latest_period if column.adds is Adds.NOT_OVER_TIME else ""
    whole = None if period else whole
    total = _total(period, added, whole)
    usual = has_usual(rows, at, over)
    # A mean of averages, rates or running sums is that of nothing.
    has_mean = usual and column.adds is not Adds.NEVER
    return Measure(
        name=name,
        column=column.column,
        kind=column.kind,
        titled=column.titled,
        adds=column.adds,
        count=len(known),
        compared=len(over),
        unread=len(cells) - len(known) - cells.count(None),
        low=Named(rows.label(low), over[low]),
        high=Named(rows.label(high), over[high]),
        mean=sum(over.values(), Decimal(0)) / len(over) if has_mean else None,
        median=median(over.values()) if usual else None,
        total=total,
        whole=None if total else whole,
        shares=shares(rows.groups, added, rows.reading.rest) if total and not rows.reading.limited else None,
        over_time=_over_time(rows, column.adds, numbers),
        outliers=tuple(
            Named(rows.label(place), known[place])
            for place in (_far(rows.axis if rows.is_course else None, over) if usual else ())
        ),
    )


def _added(rows: Rows, at: int, numbers: Sequence[Decimal | None]) -> dict[int, Decimal]:
    """Return the values whose sum means something: all of them, of a holding those of its last period."""
    places: Mapping[Adds, Sequence[int]] = {
        Adds.EVERYWHERE: range(len(numbers)),
        Adds.NOT_OVER_TIME: rows.latest,
    }
    adds = rows.reading.columns[at].adds
    return {place: value for place in places.get(adds, ()) if (value := numbers[place]) is not None}


def _total(period: str, added: Mapping[int, Decimal], whole: Named | None) -> Total | None:
    """Add up; the row of totals has it more exactly, and where it has something else there is no total."""
    if not added or (period and len(added) == 1):
        return None
    value = sum(added.values(), Decimal(0))
    if whole and not is_sum(whole.value, value):
        return None
    return Total(whole.value if whole else value, len(added), period)


def _over_time(rows: Rows, adds: Adds, numbers: Sequence[Decimal | None]) -> OverTime | None:
    if rows.axis is None or not rows.is_course:
        return None
    is_flow = adds is Adds.EVERYWHERE or (adds is Adds.NOT_OVER_TIME and is_even(rows.axis, numbers))
    return over_time(rows.axis, numbers, adds=is_flow and not rows.reading.limited)


def _far(axis: Axis | None, known: Mapping[int, Decimal]) -> list[int]:
    """Find the rows of unusual values, in a series those that leave its trend."""
    places, values = list(known), list(known.values())
    if axis and not axis.repeats:
        points: list[Point] = [(axis.numbers[place], known[place]) for place in places]
        values = around(points, trend(sorted(points)))
    return [places[far] for far in unusual(values)[:_MOST_OUTLIERS]]
