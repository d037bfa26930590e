"""Results in which a sum misleads: rows of totals, averages, holdings, currencies, lists of figures."""

import math
import re

import pytest

from tests.results.kinds.result import (
    MONTHS,
    Result,
    added_up,
    column,
    counted,
    spoken,
    values,
    words,
)

EMEA = [("EMEA", 500), ("APAC", 300), ("LATAM", 200)]
BY_MONTH = [
    (f"2026-0{month}-01", region, amount * month)
    for month in (1, 2, 3)
    for region, amount in (("All", 600), ("EMEA", 300), ("APAC", 200), ("LATAM", 100))
]
BY_GROUP = [
    (region, product, amount * factor)
    for region, factor in (("Nord", 1), ("Süd", 2))
    for product, amount in (("A", 100), ("B", 50), ("Zwischensumme", 150))
]
ROLLUP = "SELECT COALESCE(region, 'Total') AS region, {} FROM s GROUP BY ROLLUP(region) ORDER BY 2 DESC"

TOTALS = [
    (
        Result(
            "region STRING, revenue_eur DECIMAL",
            [("Total", 1000), *EMEA],
            ROLLUP.format("SUM(r) AS revenue_eur"),
        ),
        {0},
    ),
    (
        Result(
            "region STRING, revenue_eur DECIMAL",
            [(None, 1000), *EMEA],
            "SELECT region, SUM(r) AS revenue_eur FROM s GROUP BY ROLLUP(region)",
        ),
        {0},
    ),
    (Result("month DATE, region STRING, revenue_eur DECIMAL", BY_MONTH), {0, 4, 8}),
    (Result("region STRING, produkt STRING, umsatz DECIMAL", [*BY_GROUP, ("Gesamt", None, 450)]), {2, 5, 6}),
    (
        Result(
            "region STRING, aov DECIMAL",
            [("EMEA", 52.1), ("APAC", 41.3), ("LATAM", 39.9), ("Total", 57.7)],
            ROLLUP.format("AVG(r) AS aov"),
        ),
        {3},
    ),
    (
        Result("region STRING, avg_basket DOUBLE", [("EMEA", 52.1), ("All regions", 45.7), ("APAC", 41.3)]),
        {1},
    ),
    (
        Result("filiale STRING, bewertung DOUBLE", [("Filialen gesamt", 4.2), ("Köln", 4.6), ("Ulm", 3.9)]),
        {0},
    ),
    (
        Result(
            "city STRING, conversion_rate DOUBLE", [("Lyon", 0.31), ("Lille", 0.28), ("All cities", 0.305)]
        ),
        {2},
    ),
    (
        Result("team STRING, nps LONG", [("Blue", 31), ("Red", 44), ("Green", 12), ("Company average", 29)]),
        {3},
    ),
    (Result("地域 STRING, 売上 DECIMAL", [("関東", 500), ("関西", 310), ("九州", 205), ("合計", 1015)]), {3}),
    (
        Result(
            "magasin STRING, ventes LONG",
            [("Ensemble des magasins", 1015), ("Lyon", 500), ("Lille", 310), ("Nice", 205)],
        ),
        {0},
    ),
    (
        Result(
            "division STRING, revenue DECIMAL",
            [("Worldwide", 1013), ("Pumps", 411), ("Valves", 309), ("Seals", 201), ("Motors", 92)],
        ),
        {0},
    ),
    (
        Result(
            "plan STRING, users LONG",
            [("free", 700), ("pro", 520), ("team", 300), ("Overall", 1210)],
            "SELECT COALESCE(plan, 'Overall') AS plan, COUNT(DISTINCT u) AS users FROM v GROUP BY CUBE(plan)",
        ),
        {3},
    ),
]


@pytest.mark.parametrize(("result", "totals"), TOTALS)
def test_a_row_of_totals_is_no_part(result: Result, totals: set[int]) -> None:
    """However it is named: no bar or slice, not the highest, and the donut's whole is that of the parts."""
    rows = result.table.rows
    parts = [float(row[-1] or 0) for at, row in enumerate(rows) if at not in totals]
    summed = {float(rows[at][-1] or 0) for at in totals} - set(parts)
    for said in result.say():
        assert said.reading.totals == totals
        assert said.unasked is not None
        for chart in said.charts:
            assert not summed & set(values(chart))
            assert sum(values(chart)) == pytest.approx(sum(parts))
            assert "left out" in chart.note
        assert said.figures is not None
        for measure in said.figures.measures:
            assert float(measure.high.value) == max(parts)
            assert measure.total is None or float(measure.total.value) == pytest.approx(sum(parts))


COUNTRIES = [f"Country {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"]
AVERAGES = [
    *("aov", "arpu", "cpc", "ctr", "roas", "ltv", "latency_ms", "days_to_ship", "uptime", "unit_cost"),
    *("hourly_wage", "conversion", "churn", "utilization", "nps", "bounce_rate", "median_income"),
    *("temperature", "durchschnittspreis", "taux_de_marge", "avg_basket", "gross_margin_pct", "cac", "csat"),
]


@pytest.mark.parametrize("name", AVERAGES)
def test_averages_are_never_added(name: str) -> None:
    """No total, no share, no donut, and of those that have no place only their number."""
    for said in Result(f"country STRING, {name} DOUBLE", counted(COUNTRIES, 20)).say():
        assert added_up(said, name) == []
        assert "the other 5 are not drawn" in words(said)


NAMED_TOTAL = "SELECT country, {} AS total_amount FROM s GROUP BY country"


@pytest.mark.parametrize(
    "expression",
    [
        "AVG(x)",
        "SUM(x) / COUNT(*)",
        "try_divide(SUM(x), SUM(y))",
        "percentile_approx(x, 0.9)",
        "COUNT(DISTINCT x)",
    ],
)
def test_the_query_knows_averages_by_any_name(expression: str) -> None:
    """An average that is called a total is none."""
    sql = NAMED_TOTAL.format(expression)
    for said in Result(
        "country STRING, total_amount DOUBLE", counted(COUNTRIES, 20), sql, only_with_sql=True
    ).say():
        assert added_up(said, "total_amount") == []


PEOPLE = "SELECT month, COUNT(DISTINCT customer_id) AS {} FROM c GROUP BY 1 ORDER BY 1"
HELD = [
    *(
        Result(f"month DATE, {name} LONG", counted(MONTHS, 1000))
        for name in (
            "employee_count",
            "stock_quantity",
            "total_balance_eur",
            "open_tickets",
            "active_subscriptions",
            "headcount",
            "lagerbestand",
        )
    ),
    Result("month DATE, total_customers LONG", counted(MONTHS, 1000), PEOPLE.format("total_customers")),
    Result("month DATE, orders LONG", counted(MONTHS, 1000), PEOPLE.format("orders"), only_with_sql=True),
    Result(
        "channel STRING, users LONG",
        [("web", 700), ("app", 520), ("store", 300)],
        "SELECT channel, COUNT(DISTINCT user_id) AS users FROM v GROUP BY 1",
    ),
    Result("page STRING, unique_visitors LONG", [("home", 700), ("cart", 520), ("blog", 300)]),
    Result("step STRING, visitors LONG", [("visit", 1000), ("cart", 320), ("checkout", 150), ("paid", 50)]),
    Result("stage STRING, leads LONG", [("lead", 1000), ("qualified", 320), ("proposal", 150), ("won", 50)]),
    Result("funnel_step STRING, sessions LONG", [("view", 1000), ("add", 320), ("buy", 50)]),
]


@pytest.mark.parametrize("result", HELD)
def test_who_is_counted_twice_is_not_added(result: Result) -> None:
    """Holdings of ten months, people of several channels and steps of a funnel have no total."""
    name = result.table.columns[1].name
    for said in result.say():
        assert said.unasked is not None
        assert added_up(said, name) == []
        assert not re.search(r"\bTotal \d", spoken(said))


LONG_TAILS = [
    [1e39, *(1000.0 + at for at in range(399))],
    [1e18, *(0.01 * at for at in range(1, 60))],
    [3e25, 2e25, *(float(at) for at in range(1, 40))],
    [5e17, *(0.1 for _ in range(300))],
]


@pytest.mark.parametrize("amounts", LONG_TAILS)
def test_the_rows_that_were_cut_are_added(amounts: list[float]) -> None:
    """Their sum is not what a huge total loses of it."""
    rows = [(f"P{at}", amount) for at, amount in enumerate(amounts)]
    for said in Result(
        "product STRING, revenue DOUBLE", rows, "SELECT product, SUM(r) AS revenue FROM s GROUP BY 1"
    ).say():
        assert said.unasked is not None
        assert said.unasked.rest
        drawn = len(said.unasked.labels) - 1
        rest = math.fsum(sorted(amounts, reverse=True)[drawn:])
        assert said.unasked.series[0].values[-1] == pytest.approx(rest)
        assert "add up to 0." not in said.unasked.note
        assert column(said, "revenue").adds == "all"
