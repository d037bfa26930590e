"""Stats say what is usual only where something is, and call largest what is largest."""

import pytest

from tests.results.kinds.result import MONTHS, Result, counted, spoken
from tests.results.kinds.test_statement import STATEMENTS

STEPS = ("1 - Visit", "2 - Basket", "3 - Checkout", "4 - Paid")
COHORTS = [(cohort, age, size) for cohort, size in counted(MONTHS[:5]) for age in range(4)]
ORDERED = [
    (("1 star", "2 stars", "3 stars", "4 stars", "5 stars", "6 stars"), (2, 1, 3, 200, 150, 4)),
    (("P1 - Critical", "P2 - High", "P3 - Normal", "P4 - Low"), (37, 281, 1946, 864)),
    (("Mon", "Tue", "Wed", "Thu", "Fri"), (10, 12, 400, 380, 15)),
]


@pytest.mark.parametrize(
    "result",
    [
        *(result for result, _ in STATEMENTS[:3]),
        Result(
            "month DATE, running_total LONG",
            [(month, 100 * at + at % 3) for at, month in enumerate(MONTHS, start=1)],
            "SELECT month, SUM(SUM(a)) OVER (ORDER BY month) AS running_total FROM t GROUP BY month",
        ),
        Result("month_no INT, ytd_2026 LONG", [(at, 90 * at + at % 4) for at in range(1, 11)]),
        Result("day DATE, cumulative_spend DOUBLE", [(f"2026-10-{at:02}", at * 7.5) for at in range(1, 28)]),
        Result("step STRING, conversion_pct DOUBLE", list(zip(STEPS, (100.0, 61.5, 22, 9.3), strict=True))),
        Result(
            "variant STRING, visitors LONG, orders LONG", [("control", 48211, 1402), ("new", 48377, 1561)]
        ),
        Result("half STRING, avg_price DOUBLE", [("first", 2.5), ("second", 3.5)]),
        Result("cohort_month DATE, age INT, cohort_size LONG", COHORTS),
    ],
)
def test_what_has_no_usual_value_gets_no_median(result: Result) -> None:
    """Lines of a statement, running sums, steps, two values, repeated sizes: nothing is far from them."""
    for said in result.say():
        assert said.stats
        assert "median" not in spoken(said)
        assert "Far from" not in spoken(said)


@pytest.mark.parametrize(("labels", "amounts"), ORDERED)
def test_the_largest_groups_are_called_so(labels: tuple[str, ...], amounts: tuple[int, ...]) -> None:
    """The first two of steps in an order are not the two that have most."""
    sql = "SELECT label, COUNT(*) AS tickets FROM t GROUP BY label ORDER BY label"
    rows = list(zip(labels, amounts, strict=True))
    (said,) = Result("label STRING, tickets LONG", rows, sql, only_with_sql=True).say()
    assert "The largest 2 have" in spoken(said)
    assert "The first 2" not in spoken(said)
