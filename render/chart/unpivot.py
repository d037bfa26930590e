"""A wide table of cohorts as a long one: a row for each cohort and age, which then is drawn as any other."""

from dataclasses import replace

from genie.model import Column, Table
from render import words
from render.columns.kinds import Kind
from render.columns.reading import AMOUNTS, ColumnReading, Reading, Role, Steps
from render.columns.units import titled


def unpivoted(table: Table, reading: Reading, steps: Steps) -> tuple[Table, Reading]:
    """Return the table with its numbered columns below one another, and without other amounts."""
    kept = [at for at, column in enumerate(reading.columns) if column.role not in AMOUNTS]
    places = [
        (row, age, cell)
        for row, cells in enumerate(table.rows)
        for age, at in zip(steps.ages, steps.columns, strict=True)
        if row not in reading.totals and (cell := cells[at]) is not None
    ]
    rows = tuple((*(table.rows[row][at] for at in kept), str(age), cell) for row, age, cell in places)
    first = reading.columns[steps.columns[0]]
    named = replace(first.column, name=steps.name or words.charts.VALUE)
    value = replace(
        first,
        column=named,
        kind=steps.kind,
        role=Role.MEASURE,
        titled=titled(named.name, steps.kind),
        compares=None,
    )
    since = words.charts.SINCE_START.get(steps.since, steps.since)
    age = ColumnReading(
        Column(since, "INT"),
        Kind.CATEGORY,
        Role.ORDERED,
        titled=titled(since, Kind.CATEGORY),
        in_order=tuple(map(str, steps.ages)),
    )
    columns = [_repeated(reading.columns[at], kept, [row for row, _, _ in places]) for at in kept]
    long = replace(
        reading,
        columns=(*columns, age, value),
        totals=frozenset(),
        unfinished=frozenset(at for at, (row, _, _) in enumerate(places) if row in reading.unfinished),
        to_come=frozenset(at for at, (row, _, _) in enumerate(places) if row in reading.to_come),
        order=kept.index(reading.order) if reading.order in kept else None,
        parts=(),
        whole=None,
        steps=None,
    )
    cut = table.incomplete
    return replace(
        table, truncated=cut, columns=tuple(column.column for column in long.columns), rows=rows
    ), long


def _repeated(column: ColumnReading, kept: list[int], rows: list[int]) -> ColumnReading:
    moments = tuple(column.moments[row] for row in rows) if column.moments else ()
    return replace(column, moments=moments, year=kept.index(column.year) if column.year in kept else None)
