"""Short ways for tests to one chart, its choices, or one cell."""

from genie.model import Cell, Column, Table
from render.chart.choose import chart_and_choices
from render.chart.model import Chart, Choice
from render.columns.format import formatter
from render.columns.kinds import Kind
from render.text.locales import ANYWHERE, Locale


def choose_chart(
    table: Table, kinds: tuple[Kind, ...], title: str, wanted: str | None = None, locale: Locale = ANYWHERE
) -> Chart | None:
    """Return the chart of a table."""
    return chart_and_choices(table, kinds, title, wanted, locale)[0]


def choices(table: Table, kinds: tuple[Kind, ...]) -> tuple[Choice, ...]:
    """Return the charts that a table allows."""
    return chart_and_choices(table, kinds, "")[1]


def show(cell: Cell, column: Column, kind: Kind) -> str:
    """Return one cell as people read it."""
    return formatter(column, kind, [cell])(cell)
