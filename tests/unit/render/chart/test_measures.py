"""How many bars a chart has, and which measures it draws together."""

import pytest

from genie.model import Cell, Column, Table
from render.chart.model import Chart, ChartKind, Unit
from render.columns.read import read_result
from tests.rendered import choose_chart


def drawn(columns: dict[str, str], *rows: tuple[Cell, ...]) -> Chart:
    table = Table(tuple(Column(name, type_name) for name, type_name in columns.items()), rows)
    chart = choose_chart(table, read_result(table), "")
    assert chart is not None
    return chart


CUSTOMERS = [(f"Customer {chr(65 + at)}", str((at * 37 % 26) ** 2)) for at in range(26)]


def test_more_bars_than_can_be_read_are_cut_and_the_others_summed_up() -> None:
    """The fifteen highest are drawn, then the sum of the others, and the note and alt text tell it."""
    chart = drawn({"customer": "STRING", "orders": "LONG"}, *CUSTOMERS)
    assert (chart.labels[-1], chart.rest) == ("Other", "Other")
    assert [value for value in chart.series[0].values if value is not None][-2:] == [121.0, 385.0]
    assert chart.note == "The 15 highest of 26; the other 11 add up to 385, 7% of the total."
    assert chart.note in chart.alt_text


def test_what_does_not_add_up_is_not_summed_up() -> None:
    """Averages beyond the fifteen highest are only counted."""
    chart = drawn({"customer": "STRING", "avg_order_value": "LONG"}, *CUSTOMERS)
    assert (len(chart.labels), chart.rest) == (15, "")
    assert chart.note == "The 15 highest of 26; the other 11 are not drawn."


def test_a_long_tail_does_not_dwarf_the_highest() -> None:
    """A sum of the others that is far longer than any bar stands in the note alone."""
    rows = [(f"Customer {at}", str(1000 - at)) for at in range(400)]
    chart = drawn({"customer": "STRING", "orders": "LONG"}, *rows)
    assert (len(chart.labels), chart.rest) == (15, "")
    assert chart.note == "The 15 highest of 400; the other 385 add up to 305K, 95% of the total."


def test_bars_with_long_names_are_fewer() -> None:
    """Twelve bars whose names take two lines are drawn, whole, and the note tells how many are not."""
    rows = [(f"Standing lamp {chr(65 + at)} in brushed steel", str(at * 37 % 20)) for at in range(20)]
    chart = drawn({"product": "STRING", "orders": "LONG"}, *rows)
    assert (chart.kind, len(chart.labels)) == (ChartKind.HORIZONTAL_BAR, 12)
    assert chart.note == "The 12 highest of 20; the other 8 add up to 28, 15% of the total."


def test_ratios_and_amounts_never_share_an_axis() -> None:
    """Only the first unit is drawn, and the note names what is not."""
    columns = {"region": "STRING", "revenue": "DOUBLE", "margin_rate": "DOUBLE"}
    chart = drawn(columns, ("A", "5", "0.2"), ("B", "4", "0.3"))
    assert [series.name for series in chart.series] == ["Revenue"]
    assert chart.note == "Not drawn: Margin rate."


def test_amounts_of_another_size_are_left_out() -> None:
    """A measure that would lie flat on the axis of another is not drawn on it."""
    columns = {"region": "STRING", "revenue": "DOUBLE", "cost": "DOUBLE", "fee": "DOUBLE"}
    chart = drawn(columns, ("A", "5000", "4000", "3"), ("B", "4000", "2000", "2"))
    assert [series.name for series in chart.series] == ["Revenue", "Cost"]


@pytest.mark.parametrize(
    ("name", "cells", "unit", "title"),
    [
        ("share_percent", ("62.5", "37.5"), Unit.PERCENT, "Share %"),
        ("pct_of_total", ("62.5", "37.5"), Unit.PERCENT, "Pct of total"),
        ("revenue_share", ("0.63", "0.38"), Unit.FRACTION, "Revenue share"),
    ],
)
def test_a_measure_with_its_share_is_drawn_as_shares(
    name: str, cells: tuple[str, str], unit: Unit, title: str
) -> None:
    """Who asks for a share sees percentages and nothing beside them; the note names the figures."""
    chart = drawn(
        {"region": "STRING", "revenue": "DOUBLE", name: "DOUBLE"}, ("A", "5", cells[0]), ("B", "3", cells[1])
    )
    assert chart.y_title == title
    assert (len(chart.series), chart.unit, chart.note) == (1, unit, "Not drawn: Revenue.")


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [("margin_percent", ("5", "20"), ("5", "20")), ("share_percent", ("5", "20.5"), ("3", "79.5"))],
)
def test_percentages_of_something_else_are_not_drawn_instead(
    name: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    """A percentage that is not called a share, or does not follow the measure, is no share of it."""
    chart = drawn({"region": "STRING", "revenue": "DOUBLE", name: "DOUBLE"}, ("A", *first), ("B", *second))
    assert (chart.y_title, chart.unit) == ("Revenue", Unit.NUMBER)


def test_ratios_have_a_percent_axis() -> None:
    """A share of 0.25 is drawn as 25 %."""
    chart = drawn({"region": "STRING", "share": "DOUBLE"}, ("A", "0.75"), ("B", "0.25"))
    assert chart.unit is Unit.FRACTION
    assert "Highest 75% (A), lowest 25% (B)." in chart.alt_text
