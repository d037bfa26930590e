"""What figures are said to be: nothing that a reader could take for more than it is."""

from datetime import date, timedelta

import pytest

from genie.model import Column, Table
from render.stats.sentences import paragraphs
from tests.rendered import figures_of

TODAY = date(2026, 11, 23)
MONTH, REVENUE = Column("month", "DATE"), Column("revenue", "LONG")


def said(columns: tuple[Column, ...], *rows: tuple[str | None, ...]) -> str:
    """Return all that is said about a result."""
    found = figures_of(Table(columns, rows), TODAY)
    assert found
    return "\n".join(sentence for each in paragraphs(found) for sentence in each.sentences)


def months(first: int, last: int, column: Column = REVENUE) -> str:
    """Return what is said about months of 2026, of which each has more."""
    rows = ((f"2026-{month:02}-01", str(20 + month)) for month in range(first, last + 1))
    return said((MONTH, column), *rows)


def test_a_plan_alone_is_compared_with_itself() -> None:
    """Where nothing has begun there is nothing that is not over."""
    text = said((MONTH, REVENUE), ("2027-01-01", "1"), ("2027-02-01", "2"))
    assert "February 2027 against January 2027" in text
    assert "over yet" not in text


def test_percentages_rise_by_points() -> None:
    """A margin that goes from 41 % to 42 % did not rise by 1 %."""
    text = months(1, 10, Column("margin_pct", "DOUBLE"))
    assert "Rises by about 1.0 percentage points a month" in text
    assert "October 2026 against September 2026: +1.0 percentage points" in text


WEEKENDS = frozenset(at for at in range(70) if at % 7 in {5, 6})


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (WEEKENDS, ""),
        (WEEKENDS | {1, 8}, "2 days in between have no value."),
        (WEEKENDS - {5, 12}, "7 days in between have no value."),
        (frozenset({5}), "1 day in between has no value."),
    ],
)
def test_days_that_are_missing_are_told(missing: frozenset[int], sentence: str) -> None:
    """Unless they are weekends, on which nothing ever is."""
    days = [date(2026, 8, 3) + timedelta(at) for at in range(70) if at not in missing]
    text = said((Column("day", "DATE"), REVENUE), *((day.isoformat(), "1") for day in days))
    assert sentence in text if sentence else "in between" not in text


@pytest.mark.parametrize("values", [("5", "5", "5"), ("9", "9", "1")])
def test_none_of_several_equals_is_the_largest(values: tuple[str, ...]) -> None:
    """The first of them would only stand first by chance."""
    assert "largest share" not in said((Column("region"), REVENUE), *zip("ABC", values, strict=True))


def test_a_group_says_what_it_is() -> None:
    """A number alone, or nothing at all, would be no name."""
    text = said((Column("customer_id", "LONG"), REVENUE), ("17", "9"), ("18", "1"))
    assert "Customer ID 17 has the largest share" in text
    rows = (("EMEA", "2"), ("", "1"), ("APAC", "3"))
    text = said((Column("region"), REVENUE), *rows, (None, "9"))
    assert "(no value) has the largest share" in text


@pytest.mark.parametrize("name", ["conversion_rate", "avg_basket", "ytd_revenue", "median_latency_ms"])
def test_what_does_not_add_up_has_no_mean(name: str) -> None:
    """Ten visits of which nine convert would weigh as much as a thousand."""
    text = said((Column("region"), Column(name, "DOUBLE")), ("A", "0.12"), ("B", "0.9"), ("C", "0.5"))
    assert "3 values, median" in text
    assert "mean" not in text


@pytest.mark.parametrize(
    ("name", "low", "high", "told"),
    [
        ("diameter_mm", "12.028", "12.031", "From 12.028 (B) to 12.031 (A)."),
        ("limit_mm", "24.995", "25.0051", "From 25 (B) to 25.01 (A)."),
        ("avg_load", "100.00001", "100.00002", "From 100.00001 (B) to 100.00002 (A)."),
        ("avg_load", "7.5", "7.5", "All are 7.5"),
    ],
)
def test_values_that_differ_are_written_apart(name: str, low: str, high: str, told: str) -> None:
    """What two decimals would make one value of has as many as it takes."""
    assert told in said((Column("variant"), Column(name, "DOUBLE")), ("A", high), ("B", low))


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ("0.0114", "0.0136", "+0.3 percentage points, from 1.1% to 1.4%"),
        ("0.082", "0.0844", "+0.2 percentage points, from 8.2% to 8.4%"),
        ("0.0164", "0.0136", "-0.2 percentage points, from 1.6% to 1.4%"),
    ],
)
def test_points_are_those_between_what_is_written(then: str, now: str, told: str) -> None:
    """Nobody shall reckon after us and find another difference."""
    column = Column("churn_rate", "DOUBLE")
    assert told in said((MONTH, column), ("2026-01-01", then), ("2026-02-01", now))


def test_within_a_day_there_is_no_trend() -> None:
    """Calls rise until noon and fall until night, every day."""
    hours = [(f"2026-11-01T{hour:02}:00:00Z", str(10 + 5 * hour)) for hour in range(24)]
    assert "Rises" not in said((Column("hour", "TIMESTAMP"), Column("calls", "LONG")), *hours)


def test_what_is_far_from_the_others_is_far_from_the_next_one() -> None:
    """The largest of several Saturdays is no exception."""
    usual = [20, 21, 19, 20, 22, 21, 20, 19, 21, 20, 21, 19]
    days = [*usual, 23, 25, 27]
    rows = [(f"shop {at}", str(value)) for at, value in enumerate(days)]
    assert "Far from" not in said((Column("shop"), Column("orders", "LONG")), *rows)
    assert "Far from" in said((Column("shop"), Column("orders", "LONG")), *rows[:12], ("x", "90"))


def test_records_are_named_by_what_they_are_and_not_by_a_date_of_theirs() -> None:
    """A drug that is out of stock is no "(no value)" because nothing of it expires."""
    columns = (Column("drug"), Column("on_hand_units", "LONG"), Column("next_expiry", "DATE"))
    text = said(
        columns, ("Propofol", "640", "2027-08-31"), ("Remifentanil", "0", None), ("Morphine", "80", None)
    )
    assert "From 0 (Remifentanil) to 640 (Propofol)." in text


@pytest.mark.parametrize(
    ("days", "values", "told"),
    [
        (("2026-10-01", "2026-11-01"), ("1000", "300"), "One value: 1,000 (October 2026)."),
        (("2026-07-01", "2026-10-01"), ("7", "2"), "One value: 7 (Q3 2026)."),
        (("2025-01-01", "2026-01-01"), ("90", "50"), "One value: 90 (2025)."),
    ],
)
def test_one_period_that_is_over_is_one_value(
    days: tuple[str, str], values: tuple[str, str], told: str
) -> None:
    """What is compared with nothing has no mean, and the running period is no second value."""
    name = {"7": "quarter", "90": "year"}.get(values[0], "month")
    table = Table((Column(name, "DATE"), Column("revenue", "DECIMAL")), tuple(zip(days, values, strict=True)))
    found = figures_of(table, date(2026, 11, 28))
    assert found
    assert paragraphs(found)[0].sentences == (told,)
