"""Of several measures the one that the question names first is drawn."""

import pytest

from tests.results.kinds.result import MONTHS, Result, counted, names_drawn

LAG = """SELECT month, SUM(s) AS signups, LAG(SUM(s)) OVER (ORDER BY month) AS signups_before
FROM t GROUP BY month"""
SHOWS = """SELECT city, kind, COUNT(*) AS booked, COUNT_IF(came) AS attended, COUNT_IF(NOT came) AS no_shows
FROM t GROUP BY city, kind"""
CITIES = ("Berlin", "Paris", "Rome", "Madrid", "Oslo")


@pytest.mark.parametrize(
    ("question", "drawn"),
    [
        ("Retention of new accounts by city", "Retention %"),
        ("Active accounts and their retention by city", "Active accounts"),
        ("Accounts by city", "Active accounts"),
    ],
)
def test_what_the_question_names_first_is_drawn(question: str, drawn: str) -> None:
    """Two measures may both be named: the other one is what it is drawn with."""
    rows = [(city, value, value / 11) for city, value in counted(CITIES)]
    columns = "city STRING, active_accounts LONG, retention_pct DOUBLE"
    (said,) = Result(columns, rows, question=question).say()
    assert said.unasked is not None
    assert said.unasked.y_title == drawn


def test_the_part_that_was_asked_for_is_the_one_that_is_stacked() -> None:
    """Where colours are taken by a group, the first of several parts has no right of its own."""
    rows = [
        (city, kind, value, at + 340)
        for at, (city, value) in enumerate(counted(CITIES))
        for kind in ("a", "b", "c", "d")
    ]
    booked = [(city, kind, one + two, one, two) for city, kind, one, two in rows]
    columns = "city STRING, kind STRING, booked LONG, attended LONG, no_shows LONG"
    (said,) = Result(columns, booked, SHOWS, only_with_sql=True, question="No-shows by city and kind").say()
    assert {chart.y_title for chart in said.charts} == {"No shows"}


def test_a_measure_of_the_row_before_is_no_second_line() -> None:
    """It would be the first line again, a step later."""
    days = counted(MONTHS)
    before = [None, *(value for _, value in days)]
    rows = [(month, value, was) for (month, value), was in zip(days, before, strict=False)]
    (said,) = Result("month DATE, signups LONG, signups_before LONG", rows, LAG, only_with_sql=True).say()
    assert said.unasked is not None
    assert [series.name for series in said.unasked.series] == ["Signups"]


@pytest.mark.parametrize(
    ("question", "drawn"),
    [
        ("Which customers have the most breaches?", "Breaches"),
        ("Top customers by breaches with their share of all", "Breaches"),
        ("Share of breaches by customer", "Share"),
        ("How do customers compare?", "Share"),
    ],
)
def test_a_share_is_drawn_unless_the_amount_is_asked_for(question: str, drawn: str) -> None:
    """Who asks for the most of something wants to see how many."""
    amounts = counted(CITIES)
    whole = sum(amount for _, amount in amounts)
    rows = [(city, amount, round(100 * amount / whole, 2)) for city, amount in amounts]
    for said in Result("customer STRING, breaches LONG, share DOUBLE", rows, question=question).say():
        assert said.unasked is not None
        assert said.unasked.y_title == drawn


PLACES = range(26)
RANKED = [
    (
        "broker STRING, premium LONG",
        "SELECT broker, SUM(p) AS premium FROM t GROUP BY 1 ORDER BY 2 DESC LIMIT 30",
    ),
    ("broker STRING, premium LONG", ""),
    ("broker STRING, premium LONG, commission LONG", ""),
]


@pytest.mark.parametrize(("columns", "sql"), RANKED)
def test_a_ranking_that_is_cut_names_its_first(columns: str, sql: str) -> None:
    """The picture has no room for all of them, but the first is known; the last one drawn is no lowest."""
    several = columns.count(",") > 1
    rows = [
        (f"Broker {chr(65 + at)}{at}", 9_000 - 61 * at, *([900 - at] if several else [])) for at in range(26)
    ]
    for said in Result(columns, rows, sql).say():
        chart = said.charts[0]
        assert chart.cut == "highest"
        assert "highest 9" in chart.finding
        assert "(Broker A0" in chart.finding
        assert "lowest" not in chart.finding


@pytest.mark.parametrize("asked", ["error_rate", "orders", "refunds"])
def test_stats_begin_with_what_the_query_orders_by(asked: str) -> None:
    """The fifth measure is the one that is drawn: it is described before others that nobody asked for."""
    names = ("visits", "clicks", "baskets", "orders", "refunds", "error_rate")
    selected = ", ".join(f"SUM({name}) AS {name}" for name in names)
    sql = f"SELECT page, {selected} FROM t GROUP BY page ORDER BY {asked} DESC"  # noqa: S608 (no input)
    rows = [(f"page {at}", *(900 + at * 37 % 211 - each for each in range(6))) for at in range(5)]
    columns = ", ".join(["page STRING", *(f"{name} LONG" for name in names)])
    for said in Result(columns, rows, sql, only_with_sql=True).say():
        assert said.figures
        assert said.figures.measures[0].column.name == asked
        assert asked.replace("_", " ") in names_drawn(said)
