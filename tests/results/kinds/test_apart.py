"""Results whose rows or columns do not go together: currencies, lists of figures, mixed periods, targets."""

import pytest

from tests.results.kinds.result import MONTHS, Result, spoken, stacks, words

PAID = [("USD", 1200000), ("EUR", 800000), ("JPY", 90000000)]
CURRENCIES = [
    Result(
        "currency STRING, amount DECIMAL", PAID, "SELECT currency, SUM(amount) AS amount FROM p GROUP BY 1"
    ),
    Result(
        "month DATE, currency STRING, amount DECIMAL",
        [(month, each, amount + at) for at, month in enumerate(MONTHS) for each, amount in PAID],
    ),
    Result(
        "ccy STRING, revenue DECIMAL, cost DECIMAL",
        [(each, amount, amount * 3 // 4) for each, amount in PAID],
    ),
    Result(
        "land STRING, waehrung STRING, umsatz DECIMAL",
        [("US", "USD", 1200000), ("DE", "EUR", 800000), ("JP", "JPY", 90000000), ("FR", "EUR", 400000)],
    ),
    Result("devise STRING, montant DECIMAL", [("EUR", 800000), ("CHF", 300000), ("GBP", 210000)]),
]


@pytest.mark.parametrize("result", CURRENCIES)
def test_yen_and_dollars_are_not_added(result: Result) -> None:
    """No total, no share, not on one axis, and the answer says so."""
    for said in result.say():
        assert said.reading.currencies is not None
        assert said.charts == ()
        assert said.figures is not None
        assert not any(measure.total or measure.shares for measure in said.figures.measures)
        assert "amounts are not added up" in said.reply
        assert any("amounts are not added up" in sentence for sentence in said.stats)


FIGURES = [("Revenue", 1200000), ("Orders", 400), ("Conversion", 0.031), ("AOV", 3000)]
UNION = (
    "SELECT 'Revenue' AS {0}, SUM(a) AS {1} FROM s UNION ALL SELECT 'Orders', COUNT(*) FROM s"
    " UNION ALL SELECT 'Conversion', AVG(c) FROM s UNION ALL SELECT 'AOV', AVG(a) FROM s"
)
LISTS = [
    Result("metric STRING, value DOUBLE", FIGURES),
    Result("kennzahl STRING, wert DOUBLE", [("Umsatz", 1200000), ("Bestellungen", 400), ("Quote", 0.031)]),
    Result("kpi STRING, value STRING", [("Revenue", 1200000), ("Orders", 400), ("Conversion", 0.031)]),
    Result("label STRING, n DOUBLE", FIGURES, UNION.format("label", "n"), only_with_sql=True),
    Result("indicateur STRING, valeur DOUBLE", FIGURES),
]


@pytest.mark.parametrize("result", LISTS)
def test_a_list_of_figures_is_a_table(result: Result) -> None:
    """Revenue and a conversion rate have no sum and no common axis."""
    for said in result.say():
        assert said.charts == ()
        assert (
            not any(measure.total or measure.shares for measure in said.figures.measures)
            if said.figures
            else True
        )
        assert "1,203,4" not in words(said)


MIXED = [
    [("2025", 12000), ("2026-Q1", 3300), ("2026-Q2", 3500), ("2026-07", 1100), ("2026-08", 1200)],
    [("2026-Q1", 3300), ("2026-Q2", 3500), ("2026-07", 1100)],
    [("2024", 11000), ("2025", 12000), ("2026-01", 900), ("2026-02", 1100)],
    [("Q4 2025", 3300), ("Jan 2026", 1200), ("Feb 2026", 1150)],
]


@pytest.mark.parametrize("rows", MIXED)
def test_a_year_and_a_month_are_not_compared(rows: list[tuple[str, int]]) -> None:
    """Periods of different length in one column are a table, without a chart, a change or a total."""
    for said in Result("period STRING, revenue DECIMAL", rows).say():
        assert said.charts == ()
        assert said.figures is None
        assert "%" not in said.reply


NO_PARTS = [
    Result(
        "region STRING, revenue DECIMAL, revenue_last_year DECIMAL",
        [("EMEA", 12, 10), ("APAC", 9, 8), ("LATAM", 7, 6)],
    ),
    Result(
        "region STRING, actual DECIMAL, target DECIMAL", [("EMEA", 12, 10), ("APAC", 9, 8), ("LATAM", 7, 6)]
    ),
    Result(
        "month DATE, ytd_revenue DECIMAL, revenue DECIMAL",
        [(month, 100 * at + at, 100 + at) for at, month in enumerate(MONTHS, 1)],
    ),
    Result(
        "month DATE, budget DECIMAL, ist DECIMAL",
        [(month, 100 + at, 90 + 3 * at) for at, month in enumerate(MONTHS)],
    ),
    Result(
        "region STRING, gross_revenue DECIMAL, net_revenue DECIMAL",
        [("EMEA", 12, 10), ("APAC", 9, 8), ("LATAM", 7, 6)],
    ),
    Result(
        "team STRING, signups LONG, signups_prev LONG",
        [("A", 120, 100), ("B", 90, 80), ("C", 70, 75)],
        "SELECT team, COUNT(*) AS signups, LAG(COUNT(*)) OVER (ORDER BY w) AS signups_prev FROM s GROUP BY 1",
    ),
    Result(
        "week DATE, min_price DECIMAL, max_price DECIMAL",
        [(f"2026-03-{at:02}", at, at + 9) for at in (2, 9, 16, 23)],
    ),
]


@pytest.mark.parametrize("result", NO_PARTS)
def test_what_is_no_part_of_one_whole_is_not_stacked(result: Result) -> None:
    """Ten of last year and twelve of this one are no 22."""
    for said in result.say():
        assert said.unasked is not None
        assert stacks(said) == []
        assert "22" not in spoken(said)
