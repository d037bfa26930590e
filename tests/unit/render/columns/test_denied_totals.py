"""A row of totals that has another total than the others says that they do not add up."""

import pytest

from genie.model import Column, Table
from render.columns.read import read_result
from render.columns.reading import Adds

PARTS = (("EMEA", "500.00"), ("APAC", "300.00"), ("LATAM", "200.00"))


@pytest.mark.parametrize(
    ("label", "total", "adds"),
    [
        ("Total", "1000.00", Adds.EVERYWHERE),
        ("Total", "1000.40", Adds.EVERYWHERE),
        ("Gesamt", "9000.00", Adds.NEVER),
        ("Total", "900.00", Adds.NEVER),
        ("合計", "2000.00", Adds.NEVER),
        ("Other", "9000.00", Adds.EVERYWHERE),
    ],
)
def test_a_total_that_is_no_sum_is_believed(label: str, total: str, adds: Adds) -> None:
    """Of the ten best of a hundred, or of visitors who come twice, the row of totals knows better."""
    table = Table((Column("region"), Column("revenue", "DECIMAL", scale=2)), (*PARTS, (label, total)))
    assert read_result(table).columns[1].adds is adds


@pytest.mark.parametrize(("total", "adds"), [("874", Adds.NOT_OVER_TIME), ("1748", Adds.NEVER)])
def test_a_total_of_holdings_that_is_no_sum_is_believed(total: str, adds: Adds) -> None:
    """At one moment people add up over groups, unless the row of totals has another number of them."""
    rows = (("Sales", "15"), ("Service", "859"), ("Total", total))
    reading = read_result(Table((Column("department"), Column("headcount", "LONG")), rows))
    assert reading.totals == {2}
    assert reading.columns[1].adds is adds
