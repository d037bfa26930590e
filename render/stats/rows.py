"""The rows that figures are computed from: without totals, each with what people call it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from genie.model import Cell, Table
from render.columns.dated import dated
from render.columns.reading import Reading, Role
from render.columns.total_rows import Writer, named_columns, naming, row_writer
from render.stats.time_series import Axis, axis_of, period_writer
from render.text.locales import Locale
from render.words.results.stats import row

_MOST_NAMES = 3
"""Columns that name a row; more would hide what it is."""


@dataclass(frozen=True)
class Rows:
    """Rows of one result, column by column, and what tells them apart; all of it is worked out once."""

    table: Table
    reading: Reading
    cells: tuple[tuple[Cell, ...], ...] = field(repr=False)
    axis: Axis | None
    group: int | None
    """The column that shares are told by."""
    writers: tuple[Writer, ...]
    """One for each column that names the rows."""
    locale: Locale

    def label(self, at: int) -> str:
        """Name a row by its period and its groups, or by its number among several that no column names."""
        if not self.writers:
            return row(self.locale.whole(at + 1)) if len(self.table.rows) > 1 else ""
        return ", ".join(write(at) for write in self.writers)

    @cached_property
    def is_course(self) -> bool:
        """Whether the rows follow one another in time: of records, each of them a thing, time is a remark."""
        count = len(self.table.rows)
        return self.axis is not None and not any(
            len(set(self.cells[at])) == count
            for at, column in enumerate(self.reading.columns)
            if column.role is Role.IDENTIFIER
            or (at < self.axis.column and column.role in {Role.CATEGORY, Role.TEXT})
        )

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The name of the group of each row; none where there are no groups."""
        if self.group is None:
            return ()
        cells = self.cells[self.group]
        write = row_writer(*dated(self.reading.columns[self.group], cells), self.locale)
        known = {cell: write(at) for cell, at in {cell: at for at, cell in enumerate(cells)}.items()}
        return tuple(known[cell] for cell in cells)

    @cached_property
    def label_of_rest(self) -> str:
        """What the rows call all that has no name of its own; nothing without such rows."""
        return next((self.groups[at] for at in sorted(self.reading.rest)), "") if self.groups else ""

    @cached_property
    def unfinished(self) -> tuple[str, ...]:
        """The periods that are not over."""
        rows = self.reading.unfinished
        columns = self.reading.columns
        years = {column.year for column in columns}
        dates = (at for at, column in enumerate(columns) if column.moments and at not in years)
        times = (at for at in dates if all(columns[at].moments[row] for row in rows))
        at = self.axis.column if self.axis else next(times, None)
        if at is None:
            return ()
        column = self.reading.columns[at]
        write = period_writer(column, self.cells[at], self.locale)
        known = {moment: row for row in rows if (moment := column.moments[row])}
        return tuple(write(known[moment]) for moment in sorted(known))

    @cached_property
    def over(self) -> tuple[int, ...]:
        """The rows whose period is over; all of them where none is."""
        every = range(len(self.table.rows))
        running = {at for at in every if self.axis.is_running(at)} if self.axis else self.reading.unfinished
        return tuple(at for at in every if at not in running) or tuple(every)

    @cached_property
    def nameless(self) -> frozenset[int]:
        """The rows that have neither a time nor a name, which no picture over time shows."""
        columns, names = self.reading.columns, naming(self.reading)
        is_named = {columns[at].role is Role.TIME for at in names} == {True, False}
        every = range(len(self.table.rows))
        return frozenset(
            at for at in every if is_named and all(self.cells[name][at] is None for name in names)
        )

    @cached_property
    def latest(self) -> tuple[int, ...]:
        """The rows of the last period that is over, all of them where there is one time; none in doubt."""
        times = (Role.TIME, Role.ORDERED)
        told = {self.axis.column, self.reading.columns[self.axis.column].year} if self.axis else set()
        others = (
            at for at, column in enumerate(self.reading.columns) if column.role in times and at not in told
        )
        if any(len(set(self.cells[at])) > 1 for at in others):
            return ()
        if self.axis is None or self.axis.is_single:
            return tuple(range(len(self.table.rows)))
        last = max(self.axis.moments[at] for at in self.over)
        return tuple(at for at, moment in enumerate(self.axis.moments) if moment == last)

    @cached_property
    def latest_period(self) -> str:
        """What the last period that is over is called; nothing where all rows are of one time."""
        if self.axis is None or self.axis.is_single or not self.latest:
            return ""
        return self.axis.label(self.latest[0])


def rows_of(table: Table, reading: Reading, kept: Sequence[int], locale: Locale) -> Rows:
    """Arrange some rows of a result, at least one."""
    if len(kept) < len(table.rows):
        table = replace(table, rows=tuple(table.rows[at] for at in kept))
        reading = reading.of_rows(kept)
    cells = tuple(zip(*table.rows, strict=True))
    axis = axis_of(reading, cells, locale)
    named = named_columns(reading, {at: cells[at] for at in naming(reading)})
    told = {axis.column if axis else None}
    told |= {reading.currencies} if len(kept) == 1 else set()
    names = [at for at, (_, by) in named.items() if at not in told and _tells(by)]
    if axis:
        names = [at for at in names if reading.columns[at].role is not Role.TIME]
    else:  # when something expires or began is no name for it
        names.sort(key=lambda at: reading.columns[at].role is Role.TIME)
    by_column = {at: by for at, (_, by) in named.items()}
    chosen = _distinguishing(by_column, [axis.column] if axis else [], names)
    writers = [row_writer(*named[at], locale) for at in chosen]
    if axis and not (axis.is_single and writers):
        writers.insert(0, axis.label)
    group = next((at for at in names if reading.columns[at].role is not Role.TIME), None)
    return Rows(table, reading, cells, axis, group, tuple(writers), locale)


def _tells(cells: Sequence[Cell]) -> bool:
    """Whether a column tells rows apart, or what the only one is."""
    return len(set(cells)) > 1 or (len(cells) == 1 and cells[0] is not None)


def _distinguishing(
    cells: Mapping[int, Sequence[Cell]], first: Sequence[int], names: Sequence[int]
) -> list[int]:
    """Choose the first column that names rows, and others until no two rows have one name."""
    chosen: list[int] = []
    for at in names:
        by = [*first, *chosen]
        if chosen and (len(by) == _MOST_NAMES or _differ([cells[each] for each in by])):
            break
        chosen.append(at)
    return chosen


def _differ(columns: Sequence[Sequence[Cell]]) -> bool:
    return len(set(zip(*columns, strict=True))) == len(columns[0])
