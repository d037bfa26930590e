"""A table of cohorts with a column for each age: what is drawn is the measure, by cohort and age."""

import pytest

from render.chart.model import ChartKind
from tests.results.kinds.result import Result

QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")
MADE = ", ".join(f"MAX(CASE WHEN age = {age} THEN ndr_pct END) AS q{age}" for age in range(4))
SQL = "SELECT start_quarter, MAX(n) AS accounts, {} FROM c GROUP BY start_quarter"


def _triangle(names: str, *, first: str = "start_quarter STRING, accounts LONG", ending: str = "") -> Result:
    rows = [
        (
            f"{quarter}{ending}",
            150 - 7 * at,
            *(100.5 + at - 4 * age if age < 5 - at else None for age in range(4)),
        )
        for at, quarter in enumerate(QUARTERS)
    ]
    ages = ", ".join(f"{name} DOUBLE" for name in names.split())
    return Result(f"{first}, {ages}", rows, question="Retention per starting quarter")


@pytest.mark.parametrize(
    ("names", "across", "measure"),
    [
        ("retention_m0 retention_m1 retention_m2 retention_m3", "Months since start", "Retention"),
        ("week_1 week_2 week_3 week_4", "Weeks since start", "Value"),
        ("d1_kept d7_kept d14_kept d30_kept", "Days since start", "Kept"),
        ("month_0_orders month_1_orders month_2_orders month_3_orders", "Months since start", "Orders"),
        ("q0 q1 q2 q3", "Quarters since start", "Value"),
    ],
)
def test_ages_in_columns_are_colours_by_cohort(names: str, across: str, measure: str) -> None:
    """Not the size of the cohorts, and not four lines of one age each."""
    (said,) = _triangle(names).say()
    chart = said.unasked
    assert chart is not None
    assert (chart.kind, chart.x_title, chart.y_title) == (ChartKind.HEAT_MAP, across, measure)
    assert [each.name for each in chart.series] == ["Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025", "Q1 2026"]
    assert [sum(value is not None for value in each.values) for each in chart.series] == [4, 4, 3, 2, 1]
    assert "Not drawn: Accounts." in chart.note


def test_the_query_names_what_the_columns_do_not() -> None:
    """Columns called q0 to q3 are of one measure, which is in percent."""
    plain = _triangle("q0 q1 q2 q3")
    said, _ = Result(plain.columns, plain.rows, SQL.format(MADE)).say()
    assert said.unasked is not None
    assert said.unasked.y_title == "NDR %"
    assert said.unasked.notation.write("7%") == "7%"


@pytest.mark.parametrize(
    ("names", "first"),
    [
        ("p50 p75 p95 p99", "month STRING, requests LONG"),
        ("p1 p2 p3 p4", "month STRING, tickets LONG"),
        ("q1 q2 q3 q4", "region STRING, revenue LONG"),
        ("store_1 store_2 store_3 store_4", "month STRING, visits LONG"),
    ],
)
def test_other_numbers_in_names_are_no_ages(names: str, first: str) -> None:
    """Percentiles, priorities, quarters of a year by region, and stores stay columns of their own."""
    (said,) = _triangle(names, first=first, ending=" A" if "region" in first else "").say()
    assert said.reading.steps is None
