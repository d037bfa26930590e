"""Read a result once: from its query first, then from types and names, then from values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from genie.model import Table
from render.columns.evidence.additivity import adds_of
from render.columns.evidence.kind import kind_of
from render.columns.evidence.label_order import own_order
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
from render.columns.evidence.time_column import grain_from, moments_of, time_form
from render.columns.evidence.totals import Keys, amounts_of, totals_of
from render.columns.evidence.unfinished import unfinished_rows
from render.columns.evidence.year_column import in_years
from render.columns.reading import AMOUNTS, Adds, ColumnReading, Reading, Role, Source
from render.sql.model import UNREAD, QueryColumn, QueryReading

_SILENT = QueryColumn()


def read_result(table: Table, query: QueryReading = UNREAD, today: date | None = None) -> Reading:
    """Return what `table` means; `today` is that of the reader, without it no period is judged."""
    samples = _samples(table, query)
    columns = in_years(samples, [_read(sample) for sample in samples])
    columns = _compared(samples, columns)
    is_list = query.is_metric_list or is_metric_list(samples, [column.role for column in columns])
    columns = [_added(sample, column, never=is_list) for sample, column in zip(samples, columns, strict=True)]
    totals = frozenset() if is_list else _totals(samples, columns, query)
    columns = [_shared(sample, column, totals) for sample, column in zip(samples, columns, strict=True)]
    currencies = None if is_list else _currencies(samples, columns)
    if currencies is not None:
        columns = [_in_currencies(sample, column) for sample, column in zip(samples, columns, strict=True)]
    return Reading(
        tuple(columns),
        totals=totals,
        unfinished=unfinished_rows(samples, columns, today) - totals if today else frozenset(),
        order=query.order[0][0] if query.order else None,
        limited=table.incomplete or query.limited,
        currencies=currencies,
        is_metric_list=is_list,
    )


def _samples(table: Table, query: QueryReading) -> list[Sample]:
    told = query.columns if len(query.columns) == len(table.columns) else (_SILENT,) * len(table.columns)
    cells = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    return [Sample(*each) for each in zip(table.columns, told, cells, strict=True)]


def _read(sample: Sample) -> ColumnReading:
    form = time_form(sample)
    role, source = role_of(sample, form)
    read = ColumnReading(sample.column, kind_of(sample, role, form), role, known_from=source)
    if form:
        moments = moments_of(form, sample.cells)
        grain = grain_from(form, sample, moments)
        return replace(read, moments=moments, grain=grain, is_fiscal=form.is_fiscal)
    return replace(read, in_order=_in_order(sample)) if role is Role.ORDERED else read


def _in_order(sample: Sample) -> tuple[str, ...]:
    values = dict.fromkeys(cell for cell in sample.cells if cell is not None)
    if sample.is_number:
        return tuple(sorted(values, key=float))
    return own_order(tuple(values)) or tuple(values)


def _compared(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> list[ColumnReading]:
    of = compared(samples, [column.role for column in columns])
    read = []
    for at, (sample, column) in enumerate(zip(samples, columns, strict=True)):
        if at in of:
            previous = is_previous(sample, samples[of[at]])
            read.append(replace(column, role=Role.COMPARISON, compares=of[at], is_previous=previous))
        else:
            alone = column.role is Role.COMPARISON
            read.append(replace(column, role=Role.MEASURE) if alone else column)
    return read


def _added(sample: Sample, column: ColumnReading, *, never: bool) -> ColumnReading:
    if column.role not in AMOUNTS:
        return column
    adds, source = (Adds.NEVER, column.known_from) if never else adds_of(sample, column.role)
    return replace(column, adds=adds, known_from=source)


def _totals(
    samples: Sequence[Sample], columns: Sequence[ColumnReading], query: QueryReading
) -> frozenset[int]:
    naming = [at for at, column in enumerate(columns) if column.role not in AMOUNTS | {Role.RANK}]
    adding = [at for at, column in enumerate(columns) if column.adds is not Adds.NEVER]
    keys = Keys(
        labels=[samples[at].cells for at in naming],
        amounts=[amounts_of(samples[at].cells) for at in adding],
        rows=len(samples[0].cells) if samples else 0,
    )
    return totals_of(keys, query, naming)


def _shared(sample: Sample, column: ColumnReading, totals: frozenset[int]) -> ColumnReading:
    """Tell the parts of one whole from other percentages."""
    if column.role is not Role.MEASURE or not is_share(sample, column.kind, totals):
        return column
    return replace(column, role=Role.SHARE, adds=Adds.NEVER, known_from=Source.VALUES)


def _currencies(samples: Sequence[Sample], columns: Sequence[ColumnReading]) -> int | None:
    adding = [at for at, column in enumerate(columns) if column.adds is not Adds.NEVER]
    return currencies_of(samples, [column.role for column in columns], adding)


def _in_currencies(sample: Sample, column: ColumnReading) -> ColumnReading:
    mixed = column.adds is not Adds.NEVER and in_row_currency(sample)
    return replace(column, adds=Adds.NEVER, known_from=Source.VALUES) if mixed else column
