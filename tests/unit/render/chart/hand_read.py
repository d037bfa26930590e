"""Results with readings made by hand, for tests of what charts make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from genie.model import Cell, Column, Table
from render.chart.model import Chart
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.columns.reading import AMOUNTS, Adds, ColumnReading, Reading, Role
from render.columns.times import parse_period
from render.columns.units import titled
from tests.rendered import choices, choose_chart


@dataclass(frozen=True, slots=True)
class Read:
    """A column as it was read: its name, what it is for, and over what it adds up."""

    name: str
    role: Role
    adds: Adds = Adds.NEVER
    kind: Kind | None = None
    facts: Mapping[str, Any] | None = None


def time(name: str, kind: Kind = Kind.MONTH, grain: Grain = Grain.MONTH) -> Read:
    """Return a time of the calendar."""
    return Read(name, Role.TIME, kind=kind, facts={"grain": grain})


def label(name: str, role: Role = Role.CATEGORY) -> Read:
    """Return a column of names, or of what else is no amount."""
    return Read(name, role)


def amount(name: str, adds: Adds = Adds.EVERYWHERE, **facts: Any) -> Read:
    """Return a measure."""
    return Read(name, facts.pop("role", Role.MEASURE), adds, facts.pop("kind", Kind.MEASURE), facts)


@dataclass(frozen=True, slots=True)
class Result:
    """A table with its reading."""

    table: Table
    reading: Reading

    def chart(self, wanted: str | None = None) -> Chart | None:
        """Return the chart that it gets."""
        return choose_chart(self.table, self.reading, "", wanted)

    def drawn(self, wanted: str | None = None) -> Chart:
        """Return its chart, which there must be."""
        chart = self.chart(wanted)
        assert chart is not None
        return chart

    @property
    def offered(self) -> list[str]:
        """The charts in its menu."""
        return [choice.wanted for choice in choices(self.table, self.reading)]


def result(columns: Sequence[Read], rows: Sequence[Sequence[object]], **facts: Any) -> Result:
    """Return rows as Genie sends them, read as `columns` and `facts` say."""
    cells: list[tuple[Cell, ...]] = [
        tuple(None if cell is None else str(cell) for cell in row) for row in rows
    ]
    by_column = list(zip(*cells, strict=True))
    read = tuple(_column(column, by_column[at]) for at, column in enumerate(columns))
    table = Table(tuple(column.column for column in read), tuple(cells))
    return Result(table, Reading(read, **facts))


def _column(read: Read, cells: Sequence[Cell]) -> ColumnReading:
    type_name = "DOUBLE" if read.role in AMOUNTS else "STRING"
    kind = read.kind or Kind.CATEGORY
    column = ColumnReading(
        Column(read.name, type_name), kind, read.role, read.adds, titled=titled(read.name, kind)
    )
    found = tuple(parse_period(cell) if cell else None for cell in cells)
    if read.role is Role.TIME and any(found) and read.kind:
        column = replace(column, moments=found)
    return replace(column, **(read.facts or {}))
