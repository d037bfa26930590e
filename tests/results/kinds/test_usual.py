"""Stats say what is usual only where something is, and call largest what is largest."""

import pytest

from tests.results.kinds.result import MONTHS, Result, counted, spoken
from tests.results.kinds.test_statement import STATEMENTS

STEPS = ("1 - Visit", "2 - Basket", "3 - Checkout", "4 - Paid")
COHORTS = [(cohort, age, size) for cohort, size in counted(MONTHS[:5]) for age in range(4)]
TRIANGLE = [
    (year, 12 * age, 900 * year + 4000 * age - 300 * age * age)
    for year in range(2020, 2026)
    for age in range(1, 2027 - year)
]
LATE = [(month, age, 9.5 * age + at) for at, month in enumerate(MONTHS[:4]) for age in range(1, 6 - at)]
PLACED = list(enumerate(MONTHS))
RATES = [
    (f"2026-10-{day:02}", code, rate + day * 7 % 11 / 100)
    for day in range(1, 9)
    for code, rate in (("CHF", 0.94), ("GBP", 0.87), ("JPY", 171.4))
]
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
        Result("accident_year INT, dev_month INT, paid_cumulative DECIMAL", TRIANGLE),
        Result("signup_month DATE, month_no INT, cumulative_ltv DOUBLE", LATE),
        Result(
            "region STRING, month DATE, sales DECIMAL",
            [(name, when, 900 + 70 * at + len(name)) for name in ("EMEA", "US") for at, when in PLACED],
            "SELECT region, month, SUM(SUM(s)) OVER (PARTITION BY region ORDER BY month) AS sales FROM t"
            " GROUP BY region, month",
            only_with_sql=True,
        ),
        Result("rate_date DATE, quote_currency STRING, rate DOUBLE", RATES),
        Result("currency STRING, mid_rate DOUBLE", [("USD", 1.0842), ("JPY", 171.44), ("GBP", 0.8755)]),
        Result("ccy STRING, avg_price DOUBLE", [("EUR", 19.9), ("JPY", 3150.5), ("CHF", 21.5), ("USD", 22)]),
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


def test_values_that_go_up_and_down_in_groups_keep_their_median() -> None:
    """Averages of regions over months are many of one kind, as is what one currency costs."""
    rows = [
        (region, month, 50 + (at * 37 + len(region) * 11) % 23 / 2)
        for at, month in enumerate(MONTHS)
        for region in ("EMEA", "US", "LATAM")
    ]
    for columns in ("region STRING, month DATE, avg_basket DOUBLE", "store STRING, month DATE, rate DOUBLE"):
        for said in Result(columns, rows).say():
            assert "median" in spoken(said)
