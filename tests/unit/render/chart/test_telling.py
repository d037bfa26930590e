"""What is drawn of a result, and under which names, so that the picture says what people ask for."""

from collections.abc import Sequence

import pytest

from genie.model import Cell, Column, Table
from render.chart.bars import MAX_BARS
from render.chart.model import Chart, ChartKind
from render.columns.read import read_result
from tests.rendered import choose_chart

TYPES = {"region": "STRING", "channel": "STRING", "team": "STRING", "year": "INT", "orders": "LONG"}


def result(names: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(tuple(Column(name, TYPES.get(name, "DOUBLE")) for name in names), tuple(rows))


def drawn(table: Table) -> Chart:
    chart = choose_chart(table, read_result(table), "")
    assert chart is not None
    return chart


def test_a_rank_is_no_amount() -> None:
    """Bars of 1, 2, 3 would say what their order says; the figure that made the ranks is drawn."""
    columns = (Column("sales_rank", "INT"), Column("product", "STRING"), Column("units", "LONG"))
    rows = tuple((str(at), name, str(90 // at)) for at, name in enumerate(("Desk", "Chair", "Lamp"), 1))
    chart = drawn(Table(columns, rows))
    assert (chart.y_title, chart.series[0].values, chart.note) == ("Units", (90.0, 45.0, 30.0), "")
    scores = Table(columns, tuple((str(int(rank) * 7), *rest) for rank, *rest in rows))
    assert drawn(scores).y_title == "Sales rank"


def test_two_periods_of_a_few_items_stand_side_by_side() -> None:
    """A region's bars of this year and the last are neighbours, the largest first; years are the colours."""
    rows = [("EMEA", "2024", "4"), ("APAC", "2024", "7"), ("EMEA", "2025", "6"), ("APAC", "2025", "5")]
    chart = drawn(result(("region", "year", "revenue"), rows))
    assert (chart.kind, chart.labels) == (ChartKind.GROUPED_BAR, ("EMEA", "APAC"))
    assert [(each.name, each.values) for each in chart.series] == [("2024", (4.0, 7.0)), ("2025", (6.0, 5.0))]
    assert (chart.x_title, chart.series_title, chart.grain) == ("Region", "Year", None)


def test_nothing_but_zeros_is_not_drawn_unasked() -> None:
    """An empty frame says less than the table; who wants it finds it in the menu."""
    zeros = result(("region", "orders"), [("EMEA", "0"), ("APAC", "0")])
    assert choose_chart(zeros, read_result(zeros), "") is None
    assert choose_chart(zeros, read_result(zeros), "", ChartKind.BAR) is not None


def test_one_bar_too_many_is_drawn() -> None:
    """A note that one bar is missing would take more room than the bar."""
    rows = [(chr(65 + at), str(40 - at)) for at in range(MAX_BARS + 1)]
    chart = drawn(result(("team", "orders"), rows))
    assert (len(chart.labels), chart.note) == (MAX_BARS + 1, "")


def test_rows_without_a_name_are_called_so() -> None:
    """A dash below a bar would look like a stain."""
    chart = drawn(result(("channel", "orders"), [("Web", "5"), (None, "3")]))
    assert chart.labels == ("Web", "(no value)")


def test_a_number_with_its_change_names_nothing_as_missing() -> None:
    """The card beside it has all of the row."""
    chart = drawn(result(("revenue", "previous_revenue", "change_pct"), [("5", "4", "25")]))
    assert (chart.kind, chart.note) == (ChartKind.NUMBER, "")


@pytest.mark.parametrize(
    ("names", "rows", "found"),
    [
        (
            ("region", "orders"),
            [("EMEA", "5"), ("APAC", "3")],
            "Orders by region: highest 5 (EMEA), lowest 3 (APAC).",
        ),
        (
            ("region", "revenue_by_region"),
            [("EMEA", "5"), ("APAC", "3")],
            "Revenue by region: highest 5 (EMEA), lowest 3 (APAC).",
        ),
        (
            ("year", "orders"),
            [("2023", "4"), ("2024", "9"), ("2025", "5")],
            "Orders by year: from 4 (2023) to 5 (2025), +25%; highest 9 (2024), lowest 4 (2023).",
        ),
        (
            ("year", "orders"),
            [("2024", "4"), ("2025", "5")],
            "Orders by year: from 4 (2024) to 5 (2025), +25%.",
        ),
        (("region", "orders"), [("EMEA", "3"), ("APAC", "3")], ""),
        (
            ("region", "orders"),
            [(f"{chr(65 + at)} team", str(at * at)) for at in range(26)],
            "Orders by region: lowest 0 (A team).",
        ),
    ],
    ids=["bars", "a name that says it", "a course", "two periods", "all alike", "a part of the rows"],
)
def test_a_chart_says_what_it_shows(names: tuple[str, ...], rows: list[tuple[Cell, ...]], found: str) -> None:
    """One sentence, where there is something to say; of rows that do not all fit the end that is drawn."""
    assert drawn(result(names, rows)).finding == found


@pytest.mark.parametrize("name", ["store", "terminal", "route", "branch"])
def test_numbers_that_are_names_keep_the_order_that_they_come_in(name: str) -> None:
    """Stores 1 to 12 stand as people count them; ranked by the query, they stand as it ranks them."""
    counted = [(str(at), str(500 + at * 7919 % 977)) for at in range(1, 13)]
    ranked = sorted(counted, key=lambda row: -int(row[1]))
    assert drawn(result((name, "revenue"), counted)).labels == tuple(number for number, _ in counted)
    assert drawn(result((name, "revenue"), ranked)).labels == tuple(number for number, _ in ranked)
