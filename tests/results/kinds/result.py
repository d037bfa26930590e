"""A small result, written in short, and what is drawn and said of it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genie.model import Column, Table
from render.chart.model import Chart, ChartKind
from render.columns.reading import ColumnReading
from render.sql.model import UNREAD
from render.sql.read import read_query
from tests.results.said import Said, say_of

MONTHS = [f"2026-{month:02}-01" for month in range(1, 11)]
STACKS = frozenset({ChartKind.STACKED_BAR, ChartKind.DONUT})


@dataclass(frozen=True, slots=True)
class Result:
    """Columns as "name TYPE, name TYPE", rows of anything that can be written, and the query."""

    columns: str
    rows: Sequence[tuple[object, ...]]
    sql: str = ""
    only_with_sql: bool = False
    """Nothing but the query tells."""
    question: str = "Show it"

    @property
    def table(self) -> Table:
        """The rows as Genie sends them."""
        named = (each.rsplit(" ", 1) for each in self.columns.split(", "))
        columns = tuple(Column(name, type_name) for name, type_name in named)
        rows = tuple(tuple(None if cell is None else str(cell) for cell in row) for row in self.rows)
        return Table(columns, rows)

    def say(self) -> list[Said]:
        """Show it in each way: with what its query says and without."""
        queries = [read_query(self.sql)] if self.sql else []
        queries += [] if self.only_with_sql else [UNREAD]
        return [say_of(self.table, self.question, self.sql, query) for query in queries]


def counted(labels: Iterable[object], start: int = 900) -> list[tuple[object, int]]:
    """Return an amount for each label, none twice and in no order."""
    return [(label, start + at * 37 % 211) for at, label in enumerate(labels)]


def column(said: Said, name: str) -> ColumnReading:
    """Return what the first column of a name is."""
    return next(each for each in said.reading.columns if each.column.name == name)


def words(said: Said) -> str:
    """Return all that people or a model read, with common spaces."""
    return "\n".join(said.sentences).replace("\N{NO-BREAK SPACE}", " ")


def spoken(said: Said) -> str:
    """Return what is said of the rows in charts and Stats, without the rows themselves."""
    charts = (text for chart in said.charts for text in (chart.finding, chart.alt_text, chart.note))
    return "\n".join([*charts, *said.stats]).replace("\N{NO-BREAK SPACE}", " ")


def cells(said: Said) -> str:
    """Return the answer in all its forms, as JSON."""
    return said.reply.replace("\N{NO-BREAK SPACE}", " ")


def names_drawn(said: Said) -> set[str]:
    """Return what the charts measure, in small letters."""
    axes = {chart.y_title for chart in said.charts}
    axes |= {chart.x_title for chart in said.charts if chart.kind in {ChartKind.SCATTER, ChartKind.HISTOGRAM}}
    return {name.lower() for name in axes | {each.name for chart in said.charts for each in chart.series}}


def described(said: Said) -> set[str]:
    """Return the columns whose figures Stats describe."""
    return {measure.column.name for measure in said.figures.measures} if said.figures else set()


def added_up(said: Said, name: str) -> list[str]:
    """Return how a column is added up over all rows, wherever that is."""
    measures = [each for each in (said.figures.measures if said.figures else ()) if each.column.name == name]
    return [
        *("a total in Stats" for each in measures if each.total is not None and not each.total.period),
        *("shares in Stats" for each in measures if each.shares),
        *(f"a {chart.kind}" for chart in said.charts if chart.kind in STACKS),
        *(f"the rest of a {chart.kind}" for chart in said.charts if chart.rest or "add up" in chart.note),
    ]


def stacks(said: Said) -> list[Chart]:
    """Return the charts that put one series on another."""
    areas = [each for each in said.charts if each.kind is ChartKind.AREA and len(each.series) > 1]
    return [*areas, *(each for each in said.charts if each.kind is ChartKind.STACKED_BAR)]


def values(chart: Chart) -> list[float]:
    """Return all numbers that a chart draws."""
    return [
        value for each in chart.series for value in each.values if value is not None and math.isfinite(value)
    ]
