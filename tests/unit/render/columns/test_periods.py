"""One reading of how long the periods of a column are, for charts and Stats alike."""

from dataclasses import dataclass
from datetime import date

import pytest

from genie.model import Column, Table
from render.columns.names import name_words
from render.columns.periods import Grain, grain_of
from render.columns.read import read_result
from render.columns.times import parse_period
from tests.rendered import choose_chart, figures_of


@dataclass(frozen=True)
class Row:
    """A column of dates, and what its periods are."""

    name: str
    cells: str
    grain: Grain


ROWS = (
    Row("day", "2026-01-05 2026-01-06", Grain.DAY),
    Row("day", "2026-01-05 2026-01-06 2026-01-08", Grain.DAY),
    Row("at", "2026-01-05T10:00:00 2026-01-05T11:00:00", Grain.HOUR),
    Row("begins", "2026-01-05 2026-01-12", Grain.DAY),
    Row("week", "2026-01-05 2026-01-12", Grain.WEEK),
    Row("begins", "2026-01-05 2026-01-12 2026-01-26", Grain.WEEK),
    Row("week", "2026-01-05 2026-01-13", Grain.DAY),
    Row("kalenderwoche", "2026-01-05 2026-01-12", Grain.WEEK),
    Row("semana", "2026-01-05 2026-01-12", Grain.WEEK),
    Row("mois", "2026-01-01 2026-04-01 2026-07-01", Grain.MONTH),
    Row("abrechnungsmonat", "2025-01-01 2026-01-01", Grain.MONTH),
    Row("begins", "2026-02-01 2026-03-01", Grain.MONTH),
    Row("begins", "2026-01-01 2026-04-01", Grain.MONTH),
    Row("begins", "2026-01-01 2026-04-01 2026-07-01", Grain.QUARTER),
    Row("begins", "2026-02-01 2026-05-01 2026-08-01", Grain.QUARTER),
    Row("month", "2026-01-01 2026-04-01 2026-07-01", Grain.MONTH),
    Row("quarter", "2026-01-01 2026-04-01", Grain.QUARTER),
    Row("begins", "2025-01-01 2026-01-01", Grain.YEAR),
    Row("month", "2025-01-01 2026-01-01", Grain.MONTH),
    Row("month", "2024-01-01 2025-01-01 2026-01-01", Grain.YEAR),
    Row("year", "2025-01-01 2026-01-01", Grain.YEAR),
)


def dated(row: Row) -> Table:
    """Return a result with one amount for each date."""
    type_name = "TIMESTAMP" if row.grain is Grain.HOUR else "DATE"
    rows = tuple((cell, str(10 + at)) for at, cell in enumerate(row.cells.split()))
    return Table((Column(row.name, type_name), Column("revenue", "DOUBLE")), rows)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.name}: {row.cells}" for row in ROWS])
def test_charts_and_stats_read_the_same_grain(row: Row) -> None:
    """The longest period that divides all distances, unless two moments or a name leave a doubt."""
    table = dated(row)
    moments = [moment for cell in row.cells.split() if (moment := parse_period(cell))]
    assert grain_of(read_result(table).kinds[0], name_words(row.name), moments) is row.grain
    found = figures_of(table, date(2030, 1, 1))
    assert found
    assert found.measures[0].over_time
    assert found.measures[0].over_time.grain is (None if row.grain is Grain.HOUR else row.grain)


@pytest.mark.parametrize(
    ("cells", "labels", "grain"),
    [
        ("2026-02-01 2026-05-01 2026-08-01", ("Feb 2026", "May 2026", "Aug 2026"), Grain.MONTH),
        ("2026-01-01 2026-04-01 2026-07-01", ("Jan 2026", "Apr 2026", "Jul 2026"), Grain.MONTH),
        ("2023-02-01 2024-02-01 2025-02-01", ("Feb 2023", "Feb 2024", "Feb 2025"), Grain.MONTH),
        ("2023-01-01 2024-01-01 2025-01-01", ("2023", "2024", "2025"), Grain.YEAR),
    ],
)
def test_quarters_and_years_of_another_calendar_are_named_by_month(
    cells: str, labels: tuple[str, ...], grain: Grain
) -> None:
    """A chart has no gaps between them, and names a quarter only in a column of quarters."""
    table = dated(Row("begins", cells, grain))
    chart = choose_chart(table, read_result(table), "Revenue", "line")
    assert chart
    assert (chart.labels, chart.grain) == (labels, grain)


def test_the_same_month_of_two_years_stands_side_by_side() -> None:
    """Eleven months between two values are no gaps of a course."""
    table = dated(Row("month", "2025-01-01 2026-01-01", Grain.MONTH))
    chart = choose_chart(table, read_result(table), "Revenue", "line")
    assert chart
    assert chart.labels == ("Jan 2025", "Jan 2026")
