"""Read a result once: from its query first, then from types and names, then from values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from genie.model import Table
from render.columns.evidence.additivity import (
    adds_of,
    counted_once,
    is_difference,
    is_of_one_moment,
    may_add,
    undoubted,
)
from render.columns.evidence.cohort import with_ages
from render.columns.evidence.cohort_steps import steps_of
from render.columns.evidence.contradicted import made_otherwise
from render.columns.evidence.kind import kind_of
from render.columns.evidence.label_order import own_order
from render.columns.evidence.period_labels import parts_of_periods
from render.columns.evidence.relations import (
    compared,
    currencies_of,
    in_row_currency,
    is_metric_list,
    is_previous,
    is_share,
)
from render.columns.evidence.roles import role_of
from render.columns.evidence.sample import Sample
from render.columns.evidence.statement import Statement, statement_of
from render.columns.evidence.time_column import TimeForm, grain_from, moments_of, time_form
from render.columns.evidence.titles import titled_of, with_unit_of_parts
from render.columns.evidence.totals import FIRST_ROWS, Amounts, Keys, parts_of_whole, totals_of
from render.columns.evidence.unfinished import unfinished_rows
from render.columns.evidence.weekdays import monday_of
from render.columns.evidence.year_column import in_years
from render.columns.kinds import RATIOS, Kind
from render.columns.numbers import read_decimal, read_float
from render.columns.reading import AMOUNTS, Adds, ColumnReading, Reading, Role, Source
from render.columns.rest_rows import rest_rows
from render.columns.total_rows import grand_total, is_sum
from render.sql.model import UNREAD, QueryColumn, QueryReading
from render.words.results.values import MADE_BY

_SILENT = QueryColumn()
_MOST_TIMES = 4
"""Columns of which every row is dated; what comes after them is no time that rows are drawn along."""
_NAMES_OF_LINES = frozenset({Role.ORDERED, Role.CATEGORY, Role.TEXT})


def read_result(table: Table, query: QueryReading = UNREAD, today: date | None = None) -> Reading:
    """Return what `table` means; `today` is that of the reader, without it no period is judged."""
    samples = _samples(table, query)
    columns = _compared(samples, with_ages(samples, in_years(samples, _read_each(samples))))
    added = undoubted(samples, list(map(_added, samples, columns)))
    added = counted_once(samples, _at_one_moment(samples, added, query))
    totals, longer = _totals(samples, added, query)
    statement = None if query.rolled_up else _statement(samples, added, query)
    if statement:
        totals, added = totals | statement.subtotals, _in_lines(samples, added, statement)
    if (_is_metric_list(samples, columns, query) and not totals) or (statement and statement.is_mixed):
        return _reading(table, query, columns, is_metric_list=True)
    columns = _shared(samples, [_never(column) for column in added] if longer else added, totals)
    currencies = _currencies(samples, columns)
    if currencies is not None:
        columns = list(map(_in_currencies, samples, columns))
    parts, whole = _parts(samples, columns)
    columns = with_unit_of_parts(columns, parts, whole)
    reading = _reading(table, query, columns, is_metric_list=not longer <= totals)
    reading = replace(reading, totals=totals, currencies=currencies)
    if today:
        unfinished, to_come = unfinished_rows(samples, columns, query, today)
        reading = replace(reading, unfinished=unfinished, to_come=to_come)
    lines = statement.lines if statement else None
    if lines is None and not reading.is_metric_list:
        reading = replace(reading, rest=rest_rows(table, columns, totals))
    return _undenied(
        table, replace(reading, parts=parts, whole=whole, lines=lines, steps=steps_of(samples, columns))
    )


def _undenied(table: Table, reading: Reading) -> Reading:
    """Believe a row of totals which has another total than the others: then they do not add up."""
    at = grand_total(table, reading)
    if at is None:
        return reading
    parts = [row for place, row in enumerate(table.rows) if place not in reading.totals]
    columns = list(reading.columns)
    adding = {Adds.EVERYWHERE} if reading.time is not None else {Adds.EVERYWHERE, Adds.NOT_OVER_TIME}
    for place, column in enumerate(columns):
        whole = read_decimal(table.rows[at][place]) if column.adds in adding else None
        known = [value for row in parts if (value := read_decimal(row[place])) is not None]
        if whole is not None and not is_sum(whole, sum(known, Decimal(0))):
            columns[place] = replace(column, adds=Adds.NEVER, known_from=Source.VALUES)
    return replace(reading, columns=tuple(columns))


def _reading(
    table: Table, query: QueryReading, columns: Sequence[ColumnReading], *, is_metric_list: bool = False
) -> Reading:
    is_all = query.limit is not None and len(table.rows) < query.limit
    return Reading(
        tuple(columns),
        order=_order(table, query),
        limited=table.incomplete or (query.limited and not is_all),
        is_metric_list=is_metric_list,
    )


def _order(table: Table, query: QueryReading) -> int | None:
    names = [column.name.lower() for column in table.columns]
    if query.order:
        return query.order[0][0] if query.order[0][0] < len(names) else None
    first = query.order_names[0].lower() if query.order_names else None
    return names.index(first) if first in names else None


def _is_metric_list(samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading) -> bool:
    """Whether each row is another figure, and no step of a funnel."""
    if query.is_metric_list and not any(column.role is Role.ORDERED for column in columns):
        return True
    return is_metric_list(samples, [column.role for column in columns])


def _samples(table: Table, query: QueryReading) -> list[Sample]:
    told = query.columns if len(query.columns) == len(table.columns) else (_SILENT,) * len(table.columns)
    cells = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    return [Sample(*each) for each in zip(table.columns, told, cells, strict=True)]


def _read_each(samples: Sequence[Sample]) -> list[ColumnReading]:
    read: list[ColumnReading] = []
    times = 0
    for sample in samples:
        form = time_form(sample)
        read.append(_dated(sample, form, all_rows=times < _MOST_TIMES) if form else _read(sample))
        times += form is not None
    return read


def _dated(sample: Sample, form: TimeForm, *, all_rows: bool) -> ColumnReading:
    role, source = role_of(sample, form)
    kind = kind_of(sample, role, form)
    moments = moments_of(form, sample.cells if all_rows else sample.values)
    return ColumnReading(
        sample.column,
        kind,
        role,
        titled=titled_of(sample, kind),
        known_from=source,
        grain=grain_from(form, sample, moments),
        moments=moments if all_rows else (),
        is_fiscal=form.is_fiscal,
    )


def _read(sample: Sample) -> ColumnReading:
    role, source = role_of(sample, None)
    kind = kind_of(sample, role, None)
    read = ColumnReading(sample.column, kind, role, titled=titled_of(sample, kind), known_from=source)
    if role is not Role.ORDERED:
        return read
    return replace(read, in_order=_in_order(sample), monday=monday_of(sample))


def _in_order(sample: Sample) -> tuple[str, ...]:
    values = dict.fromkeys(cell for cell in sample.cells if cell is not None)
    if sample.is_number:
        known = {cell: number for cell in values if (number := read_float(cell)) is not None}
        return tuple(sorted(known, key=known.__getitem__))
    return own_order(tuple(values)) or tuple(values)


def _compared(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    of = compared(samples, columns)
    read = []
    for at, (sample, column) in enumerate(zip(samples, columns, strict=True)):
        if at in of:
            previous = is_previous(sample, samples[of[at]])
            read.append(replace(column, role=Role.COMPARISON, compares=of[at], is_previous=previous))
        else:
            alone = column.role is Role.COMPARISON
            read.append(replace(column, role=Role.MEASURE) if alone else column)
    return read


def _added(sample: Sample, column: ColumnReading) -> ColumnReading:
    if column.role not in AMOUNTS:
        return column
    adds, source = adds_of(sample, column.role)
    made = MADE_BY[said] if (said := made_otherwise(sample)) else ""
    return replace(column, adds=adds, known_from=source, titled=replace(column.titled, made=made))


def _at_one_moment(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading
) -> list[ColumnReading]:
    """Keep what is there at one moment from being added up over time."""
    times = [sample for sample, column in zip(samples, columns, strict=True) if column.role is Role.TIME]
    if not is_of_one_moment(times, query.origin):
        return list(columns)
    return [
        replace(column, adds=Adds.NOT_OVER_TIME) if column.adds is Adds.EVERYWHERE else column
        for column in columns
    ]


def _never(column: ColumnReading) -> ColumnReading:
    return replace(column, adds=Adds.NEVER) if column.role in AMOUNTS else column


def _totals(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the rows that add up others, and those of longer periods than others have."""
    naming = [at for at, column in enumerate(columns) if column.role not in AMOUNTS | {Role.RANK}]
    adding = [at for at, column in enumerate(columns) if column.adds is not Adds.NEVER]
    unknown = [at for at, column in enumerate(columns) if may_add(samples[at], column)]
    keys = Keys(
        labels=[samples[at].cells for at in naming],
        amounts=[Amounts(samples[at].cells) for at in adding or unknown],
        rows=len(samples[0].cells) if samples else 0,
        nouns=[samples[at].names for at in naming],
    )
    mixed = (at for at in naming if columns[at].role is Role.TIME and columns[at].kind is Kind.CATEGORY)
    parts = next((parts_of_periods(samples[at].cells, columns[at].moments) for at in mixed), {})
    whole = {row for row, each in parts.items() if keys.is_total(row, each)}
    return totals_of(keys, query, naming) | whole, frozenset(parts)


def _statement(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading
) -> Statement | None:
    """Return what the rows are as a statement, of which a column says what each line is."""
    texts = [
        at for at, column in enumerate(columns) if column.role in _NAMES_OF_LINES and samples[at].is_text
    ]
    amounts = [
        Amounts(samples[at].cells)
        for at, column in enumerate(columns)
        if column.role is Role.MEASURE and column.kind is Kind.MEASURE
    ]
    rows = len(samples[0].cells) if samples else 0
    keys = Keys([samples[at].cells for at in texts], amounts, rows, [samples[at].names for at in texts])
    found = statement_of(keys, is_list=_is_metric_list(samples, columns, query))
    return replace(found, lines=texts[found.lines]) if found else None


def _in_lines(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], statement: Statement
) -> list[ColumnReading]:
    """Keep the lines of a statement in their order, and its costs from being added to its income."""
    known = columns if statement.adds else [_never(column) for column in columns]
    order = tuple(dict.fromkeys(cell for cell in samples[statement.lines].cells if cell is not None))
    return [
        replace(column, in_order=order) if at == statement.lines else column
        for at, column in enumerate(known)
    ]


def _parts(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> tuple[tuple[int, ...], int | None]:
    """Return the measures that another one adds up in every row, and that one."""
    adding = [
        at
        for at, column in enumerate(columns)
        if column.role is Role.MEASURE and column.kind is Kind.MEASURE and column.adds is not Adds.NEVER
    ]
    no_parts = frozenset(place for place, at in enumerate(adding) if is_difference(samples[at]))
    parts, whole = parts_of_whole([Amounts(samples[at].cells[:FIRST_ROWS]) for at in adding], no_parts)
    return tuple(adding[at] for at in parts), None if whole is None else adding[whole]


def _shared(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], totals: frozenset[int]
) -> list[ColumnReading]:
    """Tell the parts of one whole from other percentages."""
    keys = [sample for sample, column in zip(samples, columns, strict=True) if column.role not in AMOUNTS]
    return [
        replace(column, role=Role.SHARE, adds=Adds.NEVER, known_from=Source.VALUES)
        if column.role is Role.MEASURE and is_share(sample, column.kind, keys, totals)
        else column
        for sample, column in zip(samples, columns, strict=True)
    ]


def _currencies(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> int | None:
    adding = [at for at, column in enumerate(columns) if column.adds is not Adds.NEVER]
    return currencies_of(samples, columns, adding)


def _in_currencies(sample: Sample, column: ColumnReading) -> ColumnReading:
    if column.role not in AMOUNTS or column.kind in RATIOS or not in_row_currency(sample, column.unit):
        return column
    source = column.known_from if column.adds is Adds.NEVER else Source.VALUES
    return replace(column, adds=Adds.NEVER, known_from=source, in_row_currency=True)
