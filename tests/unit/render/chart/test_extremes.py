"""A picture without all rows names only the end of them that it surely shows."""

import pytest

from genie.model import Column, Table
from render.columns.read import read_result
from tests.rendered import choose_chart

REVENUE = Column("revenue", "LONG")


def alt_text(rows: list[tuple[str, ...]], *names: str, wanted: str | None = None) -> str:
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
