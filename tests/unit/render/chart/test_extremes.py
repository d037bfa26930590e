"""A picture without all rows names only the end of them that it surely shows."""

from collections.abc import Sequence

import pytest

from genie.model import Column, Table
from render.columns.read import read_result
from tests.rendered import choose_chart

REVENUE = Column("revenue", "LONG")


def alt_text(rows: Sequence[tuple[str, ...]], *names: str, wanted: str | None = None) -> str:
    """Return what a screen reader says of the chart of these rows."""
    table = Table((*map(Column, names), REVENUE), tuple(rows))
    chart = choose_chart(table, read_result(table), "", wanted)
    assert chart
    return chart.alt_text


PAIRS = [
    (f"Region {at}", f"Product {letter}", str(100 * (20 - at) + ord(letter)))
    for at in range(12)
    for letter in "ABC"
]


@pytest.mark.parametrize(
    ("rows", "names", "wanted", "said"),
    [
        (
            [(f"Product {at}", str(1000 - at)) for at in range(40)],
            ["product"],
            None,
            "Highest 1,000 (Product 0).",
        ),
        ([(f"Product {at}", str(at + 7)) for at in range(40)], ["product"], None, "Lowest 7 (Product 0)."),
        (
            [(f"Product {at}", str(at + 7)) for at in range(9)],
            ["product"],
            None,
            "Highest 15 (Product 8), lowest 7",
        ),
        (PAIRS, ["region", "product"], "bar", "Highest 2,067 (Region 0, Product C)."),
    ],
)
def test_the_lowest_of_the_highest_is_not_the_lowest(
    rows: list[tuple[str, ...]], names: list[str], wanted: str | None, said: str
) -> None:
    """Stats, which knows all rows, would name another one."""
    assert said in alt_text(rows, *names, wanted=wanted)


def test_of_two_measures_both_ends_are_said_where_all_is_drawn() -> None:
    """Their bars stand side by side, and none of them is left out."""
    columns = (Column("product"), REVENUE, Column("cost", "LONG"))
    table = Table(columns, tuple((f"Product {at}", str(1000 - at), str(900 - at)) for at in range(4)))
    chart = choose_chart(table, read_result(table), "")
    assert chart
    ends = "highest 1,000 (Product 0, Revenue), lowest 897 (Product 3, Cost)."
    assert chart.finding.endswith(ends)
    assert f"H{ends[1:]}" in chart.alt_text


def test_numbers_are_said_with_what_they_count() -> None:
    """A series is named as a bar is: a 7 alone would be read as an amount; a year is one."""
    stores = [(f"Product {letter}", str(at), str(at * 10 + ord(letter))) for letter in "AB" for at in (7, 9)]
    assert "Highest 156 (Product B, Store 9)" in alt_text(stores, "product", "store")
    years = [(f"Region {letter}", str(at), str(ord(letter))) for letter in "AB" for at in (2025, 2026)]
    assert "(Region B, 2025)" in alt_text(years, "region", "year")
