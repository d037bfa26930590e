"""Results over time: weeks, fiscal periods, running periods, moments and periods in two columns."""

import re

import pytest

from render.chart.model import ChartKind
from render.columns.periods import Grain
from tests.results.kinds.result import (
    Result,
    cells,
    counted,
    spoken,
    values,
    words,
)

WEEKS = [
    Result(
        "year_week STRING, orders LONG",
        counted(f"2026-{week:02}" for week in range(1, 11)),
        "SELECT date_format(order_date, 'yyyy-ww') AS year_week, COUNT(*) AS orders FROM o GROUP BY 1",
    ),
    Result(
        "period STRING, orders LONG",
        counted(f"2026-{week:02}" for week in range(1, 11)),
        "SELECT CONCAT(YEAR(d), '-', LPAD(WEEKOFYEAR(d), 2, '0')) AS period, COUNT(*) AS orders FROM o"
        " GROUP BY 1",
        only_with_sql=True,
    ),
    Result("yearweek INT, orders LONG", counted(range(202601, 202611))),
    Result("kalenderwoche STRING, bestellungen LONG", counted(f"2026-KW{week:02}" for week in range(1, 15))),
    Result("iso_week STRING, orders LONG", counted(f"2026-{week:02}" for week in range(3, 16))),
]


@pytest.mark.parametrize("result", WEEKS)
def test_a_week_is_a_week(result: Result) -> None:
    """The tenth week is no October, in no surface, also before week 13."""
    for said in result.say():
        assert said.reading.columns[0].grain is Grain.WEEK
        assert said.unasked is not None
        assert said.unasked.kind is ChartKind.LINE
        assert not re.search(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct)[a-z]* 2026", words(said))


FISCAL = [
    (
        Result("fiscal_period STRING, revenue DECIMAL", counted(f"2026-{at:02}" for at in range(1, 12))),
        "2026-11",
    ),
    (Result("fiscal_year INT, revenue DECIMAL", counted(range(2021, 2027))), "2026"),
    (
        Result("fiscal_quarter STRING, revenue DECIMAL", counted(f"FY26-Q{at}" for at in range(1, 5))),
        "FY26-Q4",
    ),
    (Result("geschaeftsjahr INT, umsatz DECIMAL", counted(range(2020, 2028))), "2027"),
    (Result("fy STRING, revenue DECIMAL", counted(["FY2023", "FY2024", "FY2025", "FY2026"])), "FY2026"),
    (
        Result(
            "fiscal_month STRING, revenue DECIMAL",
            counted(f"2026-{at:02}" for at in range(1, 13)),
            "SELECT fiscal_month, SUM(revenue) AS revenue FROM ledger GROUP BY 1 ORDER BY 1",
        ),
        "2026-12",
    ),
]


@pytest.mark.parametrize(("result", "last"), FISCAL)
def test_a_fiscal_label_stays_as_it_came(result: Result, last: str) -> None:
    """The calendar says neither which months it has nor whether it is over."""
    for said in result.say():
        assert said.reading.columns[0].is_fiscal
        assert not said.reading.unfinished
        assert f'"{last}"' in cells(said)
        assert not re.search(r"not complete|so far|(November|Nov|December|Dec) 2026", words(said))


RUNNING = [
    Result("month DATE, revenue_eur DECIMAL", [("2026-10-01", 1000), ("2026-11-01", 300)]),
    Result(
        "week TIMESTAMP, revenue DECIMAL",
        [("2026-11-16T00:00:00.000Z", 1000), ("2026-11-23T00:00:00.000Z", 300)],
        "SELECT DATE_TRUNC('WEEK', d) AS week, SUM(r) AS revenue FROM s GROUP BY 1 ORDER BY 1",
    ),
    Result("quarter STRING, revenue DECIMAL", [("2026-Q3", 1000), ("2026-Q4", 300)]),
    Result("day DATE, orders LONG", [("2026-11-26", 1000), ("2026-11-27", 990), ("2026-11-28", 300)]),
    Result("year INT, month INT, orders LONG", [(2026, 9, 1000), (2026, 10, 990), (2026, 11, 300)]),
    Result(
        "order_year INT, revenue DECIMAL",
        [(2024, 1000), (2025, 990), (2026, 300)],
        "SELECT YEAR(d) AS order_year, SUM(r) AS revenue FROM s GROUP BY 1 ORDER BY 1",
    ),
]


@pytest.mark.parametrize("result", RUNNING)
def test_what_runs_is_marked_and_not_compared(result: Result) -> None:
    """Three hundred so far is no fall by 70 %, and not the lowest."""
    for said in result.say():
        last = len(said.reading.columns[0].moments or said.reading.columns[1].moments) - 1
        assert said.reading.unfinished == {last}
        assert "(so far)" in cells(said)
        assert all("not complete yet" in chart.alt_text for chart in said.charts)
        assert any("not complete yet" in sentence for sentence in said.stats)
        assert not re.search(r"-(70|69\.7)|lowest \S*300|from \S* to \S*300\b|From 300", spoken(said))
        assert all(chart.unfinished for chart in said.charts)
        assert not any("All are" in sentence for sentence in said.stats)


ORDERED = [
    (
        Result("week STRING, orders LONG", counted(f"2026-W{at:02}" for at in range(1, 41))),
        "2026-W01",
        "2026-W40",
    ),
    (
        Result("month STRING, orders LONG", counted(["Nov 2025", "Jan 2026", "Feb 2026", "Dec 2025"])),
        "Nov 2025",
        "Feb 2026",
    ),
    (
        Result("quarter STRING, orders LONG", counted(f"Q{q} FY{y}" for y in (25, 26) for q in (1, 2, 3, 4))),
        "Q1 FY25",
        "Q4 FY26",
    ),
    (
        Result("day STRING, orders LONG", counted(f"{at:02}/02/2026" for at in range(1, 15))),
        "1 Feb 2026",
        "14 Feb 2026",
    ),
    (
        Result(
            "month STRING, orders LONG", counted(["Mär 2026", "Jan 2026", "Feb 2026", "Mai 2026", "Apr 2026"])
        ),
        "Jan 2026",
        "May 2026",
    ),
    (
        Result("month STRING, orders LONG", counted(f"2025/{at:02}" for at in range(1, 13))),
        "Jan 2025",
        "Dec 2025",
    ),
    (
        Result(
            "label STRING, orders LONG",
            counted(["Sep-25", "Oct-25", "Nov-25", "Dec-25", "Jan-26", "Feb-26"]),
            "SELECT date_format(d, 'MMM-yy') AS label, COUNT(*) AS orders FROM o"
            " GROUP BY 1, date_trunc('MONTH', d) ORDER BY date_trunc('MONTH', d)",
        ),
        "Sep 2025",
        "Feb 2026",
    ),
]


@pytest.mark.parametrize(("result", "first", "last"), ORDERED)
def test_time_runs_from_its_begin_to_its_end(result: Result, first: str, last: str) -> None:
    """Never sorted by value, and no rows cut from the middle."""
    for said in result.say():
        courses = [each for each in said.charts if each.kind is not ChartKind.HISTOGRAM]
        assert said.unasked in courses
        for chart in courses:
            assert (chart.labels[0], chart.labels[-1]) == (first, last)
            assert len(chart.labels) == len(result.table.rows)
        assert "highest of" not in words(said)


TWO_COLUMNS = [
    (
        Result(
            "year INT, month INT, revenue DECIMAL",
            [(2024 + at // 12, at % 12 + 1, 1000 + at * 37 % 211) for at in range(34)],
            "SELECT YEAR(d) AS year, MONTH(d) AS month, SUM(r) AS revenue FROM s GROUP BY 1, 2 ORDER BY 1, 2",
        ),
        "Jan 2024",
    ),
    (
        Result(
            "jahr INT, monat INT, umsatz DECIMAL",
            [(2024 + at // 12, at % 12 + 1, 1000 + at * 37 % 211) for at in range(20)],
        ),
        "Jan 2024",
    ),
    (
        Result(
            "year INT, quarter INT, revenue DECIMAL",
            [(2023 + at // 4, at % 4 + 1, 1000 + at * 37 % 211) for at in range(11)],
        ),
        "Q1 2023",
    ),
    (
        Result(
            "yr INT, mon STRING, revenue DECIMAL",
            [
                (year, mon, 1000 + year % 7 * at)
                for year in (2024, 2025)
                for at, mon in enumerate(("Jan", "Feb", "Mar", "Apr"))
            ],
        ),
        "Jan 2024",
    ),
]


@pytest.mark.parametrize(("result", "first"), TWO_COLUMNS)
def test_year_and_month_are_one_time(result: Result, first: str) -> None:
    """Chart and Stats name each month with its year, and compare no years."""
    for said in result.say():
        assert said.unasked is not None
        assert said.unasked.labels[0] == first
        assert len(values(said.unasked)) == len(result.table.rows)
        assert not re.search(r"\(20\d\d\)|: 20\d\d with|^20\d\d against", spoken(said), re.MULTILINE)
