"""Short ways for tests to one chart, its choices, or one cell."""

from datetime import date

from genie.model import Cell, Column, Table
from render.chart.choose import chart_and_choices
from render.chart.model import Chart, Choice
from render.columns.format import formatter
from render.columns.kinds import Kind
from render.columns.read import read_result
from render.columns.reading import Reading
from render.stats.compute import compute
from render.stats.model import Figures
from render.text.locales import ANYWHERE, Locale


def choose_chart(
    table: Table, reading: Reading, title: str, wanted: str | None = None, locale: Locale = ANYWHERE
) -> Chart | None:
    """Return the chart of a table."""
    return chart_and_choices(table, reading, title, wanted, locale)[0]


def choices(table: Table, reading: Reading) -> tuple[Choice, ...]:
    """Return the charts that a table allows."""
    return chart_and_choices(table, reading, "")[1]


def show(cell: Cell, column: Column, kind: Kind) -> str:
    """Return one cell as people read it."""
    return formatter(column, kind, [cell])(cell)


def figures_of(table: Table, today: date, locale: Locale = ANYWHERE) -> Figures | None:
    """Return the figures of a table."""
    return compute(table, read_result(table, today=today), locale)
