"""Results that reach into the future: forecasts, maturities, balances to come, and cohorts by their age."""

import pytest

from render.chart.model import ChartKind
from render.columns.reading import Role
from tests.results.kinds.result import Result, cells, column, described, words

AHEAD = ("2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01")
ENDS = ("2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31")
AMOUNTS = (100, 110, 130, 118, 90)
PLANS = [
    Result("maturity_month DATE, amount_eur DECIMAL", list(zip(AHEAD, AMOUNTS, strict=True))),
    Result(
        "month_end DATE, balance_eur DECIMAL",
        list(zip(ENDS, AMOUNTS, strict=True)),
        "SELECT LAST_DAY(d) AS month_end, SUM(balance) AS balance_eur FROM loans GROUP BY 1 ORDER BY 1",
    ),
    Result(
        "due_date DATE, invoices LONG",
        [(f"2026-11-{day}", amount) for day, amount in zip((26, 27, 28, 29, 30), AMOUNTS, strict=True)],
    ),
    Result(
        "month DATE, amount_eur DECIMAL",
        list(zip(AHEAD, AMOUNTS, strict=True)),
        "SELECT DATE_TRUNC('MONTH', d) AS month, SUM(a) AS amount_eur FROM payment_schedule GROUP BY 1",
        only_with_sql=True,
    ),
    Result("fälligkeit DATE, betrag DECIMAL", list(zip(AHEAD, AMOUNTS, strict=True))),
    Result("quarter_end DATE, headcount LONG", [("2026-09-30", 80), ("2026-12-31", 90), ("2027-03-31", 95)]),
]


@pytest.mark.parametrize("result", PLANS)
def test_of_a_plan_only_the_present_is_not_complete(result: Result) -> None:
    """What is due, matures or stands in an account later is as complete as it gets."""
    running = [str(row[0]) for row in result.rows].index(
        next(str(row[0]) for row in result.rows if str(row[0]) >= "2026-11-01" and row[0] not in _OVER)
    )
    for said in result.say():
        assert said.reading.unfinished == {running}
        assert cells(said).count("(so far)") > 0
        assert " are not complete yet" not in words(said)
        assert " is not complete yet" in words(said)


_OVER = {"2026-11-26", "2026-11-27"}

FORECASTS = [
    Result(
        "month DATE, actual DECIMAL, forecast DECIMAL",
        [(day, None if day > "2026-11-28" else at, at + 9) for day, at in zip(AHEAD, AMOUNTS, strict=True)],
    ),
    Result(
        "monat DATE, umsatz DECIMAL, umsatz_plan DECIMAL",
        [(day, None if day > "2026-11-28" else at, at + 9) for day, at in zip(AHEAD, AMOUNTS, strict=True)],
    ),
    Result(
        "quarter STRING, revenue DECIMAL, revenue_budget DECIMAL",
        [("2026-Q2", 90, 95), ("2026-Q3", 100, 98), ("2026-Q4", 60, 105), ("2027-Q1", None, 120)],
    ),
]


@pytest.mark.parametrize("result", FORECASTS)
def test_what_is_foretold_is_not_missing(result: Result) -> None:
    """The actual of next month is not there yet, and the forecast of this one is no hole."""
    for said in result.say():
        assert len(said.reading.unfinished) == 1
        assert "Missing values" not in words(said)
        assert "no value" not in "\n".join(said.stats)


@pytest.mark.parametrize("scenario", ["Forecast", "Budget", "Plan 2026"])
def test_a_row_that_is_called_a_forecast_is_complete(scenario: str) -> None:
    """The month runs, but only its actual is what there is so far."""
    rows = [
        (month, each, amount + len(each))
        for month, amount in zip(AHEAD, AMOUNTS, strict=True)
        for each in ("Actual", scenario)
        if each == scenario or month < "2026-11-28"
    ]
    for said in Result("month DATE, scenario STRING, revenue DECIMAL", rows).say():
        assert said.reading.unfinished == {4}


COHORTS = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01")
AGES = [
    ("cohort_month DATE, period_offset INT, revenue DECIMAL", 0),
    ("cohort STRING, age LONG, retention DOUBLE", 0),
    ("kohorte STRING, n INT, kunden LONG", 1),
    ("vintage STRING, mob INT, loss_rate DOUBLE", 1),
]


@pytest.mark.parametrize(("columns", "first"), AGES)
def test_ages_of_cohorts_are_no_measure(columns: str, first: int) -> None:
    """Each cohort is counted up from its start, whatever that is called: a heat map, and no total of ages."""
    rows = [
        (cohort[:7] if "cohort STRING" in columns else cohort, age, 99 - 7 * age - at)
        for at, cohort in enumerate(COHORTS)
        for age in range(first, first + 5 - at)
    ]
    name = columns.split(", ")[1].split(maxsplit=1)[0]
    for said in Result(columns, rows).say():
        assert column(said, name).role is Role.ORDERED
        assert said.unasked is not None
        assert said.unasked.kind is ChartKind.HEAT_MAP
        assert name not in described(said)


def test_counts_of_cohorts_are_no_ages() -> None:
    """They are not counted up without a gap in each."""
    rows = [(cohort, 3 * at % 7, 90 - at) for at, cohort in enumerate(COHORTS)]
    for said in Result("cohort STRING, n INT, revenue DECIMAL", rows).say():
        assert column(said, "n").role is Role.MEASURE
