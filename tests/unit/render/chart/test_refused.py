"""Results that a chart would misrepresent or could not show legibly, because it holds a part of them only."""

from dataclasses import replace

import pytest

from genie.model import Column, Table
from render.columns.read import read_result
from render.sql.model import Operation, QueryColumn, QueryReading
from tests.rendered import choose_chart

COLUMNS = (Column("month", "DATE"), Column("customer", "STRING"), Column("revenue", "DOUBLE"))
CUSTOMERS = [(f"2026-0{month}-01", f"C{at}", str(at)) for month in range(1, 7) for at in range(40)]
ORDERS = [(f"2026-01-{1 + at // 2:02}", f"C{at % 9}", str(at)) for at in range(40)]


@pytest.mark.parametrize("rows", [CUSTOMERS, ORDERS], ids=["forty customers by month", "single orders"])
def test_what_would_show_a_small_part_is_not_drawn(rows: list[tuple[str, str, str]]) -> None:
    """Eight of forty lines say little about the forty, and orders here and there are no course."""
    table = Table(COLUMNS, tuple(rows))
    assert choose_chart(table, read_result(table), "Revenue") is None


def test_groups_of_many_bars_are_fewer() -> None:
    """Ten products in four channels, side by side, make a picture too high to be read; six do not."""
    rows = tuple((f"C{at % 4}", f"{'ABCDEFGHIJ'[at // 4]} product", str(40 - at)) for at in range(40))
    table = Table((Column("channel", "STRING"), Column("product", "STRING"), COLUMNS[2]), rows)
    chart = choose_chart(table, read_result(table), "Revenue", "bar")
    assert chart is not None
    assert (len(chart.labels), len(chart.series)) == (6, 4)
    assert chart.note == "The 6 highest of 10; the other 4 are not drawn."


def test_a_few_customers_by_month_are_drawn() -> None:
    """The same result for eight customers makes eight lines."""
    table = Table(COLUMNS, tuple(row for row in CUSTOMERS if len(row[1]) == len("C0") and row[1] < "C8"))
    chart = choose_chart(table, read_result(table), "Revenue")
    assert chart is not None
    assert len(chart.series) == 8


@pytest.mark.parametrize(
    "days", [("2026-11-26",), ("2026-11-25", "2026-11-26"), ("2026-11-24", "2026-11-26")]
)
def test_a_label_among_days_that_is_none_costs_no_chart(days: tuple[str, ...]) -> None:
    """A total that the rows at hand do not make, since some of them are missing, is only left out."""
    rows = (("Total", "1722"), *((day, "1722") for day in days))
    table = Table((Column("day"), Column("revenue_eur", "LONG")), rows, truncated=True)
    query = QueryReading((QueryColumn(Operation.TIME, is_key=True), QueryColumn(Operation.SUM, adds=True)))
    reading = read_result(table, replace(query, rolled_up=(0,), limited=True))
    for wanted in (None, "bar", "heat_map"):
        chart = choose_chart(table, reading, "Revenue", wanted)
        assert chart is None or "Total" not in chart.labels
