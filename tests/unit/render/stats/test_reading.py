"""Figures keep to what a result was read as: what adds up over what, which rows and periods count."""

from dataclasses import replace
from typing import Any

import pytest

from genie.model import Column, Table
from render import words
from render.columns.kinds import Kind
from render.columns.periods import Grain
from render.columns.read import read_result
from render.columns.reading import Adds, ColumnReading, Reading, Role
from render.columns.times import parse_period
from render.columns.units import titled
from render.stats.compute import compute
from render.stats.sentences import paragraphs

Rows = tuple[tuple[str | None, ...], ...]


def read_as(column: Column, kind: Kind, role: Role, adds: Adds = Adds.NEVER, **facts: Any) -> ColumnReading:
    """Return a column as it is read, with its name taken apart."""
    return ColumnReading(column, kind, role, adds, titled=titled(column.name, kind), **facts)


MONTH = read_as(Column("month", "DATE"), Kind.MONTH, Role.TIME, grain=Grain.MONTH)
REGION = read_as(Column("region"), Kind.CATEGORY, Role.CATEGORY)
CURRENCY = read_as(Column("currency"), Kind.CATEGORY, Role.CATEGORY)
STORE = read_as(Column("store", "INT"), Kind.IDENTIFIER, Role.CATEGORY)


def amount(name: str, adds: Adds, type_name: str = "LONG", role: Role = Role.MEASURE) -> ColumnReading:
    """Return a column of amounts."""
    return read_as(Column(name, type_name), Kind.MEASURE, role, adds)


REVENUE = amount("revenue", Adds.EVERYWHERE)
STAFF = amount("headcount", Adds.NOT_OVER_TIME)
BASKET = amount("avg_basket", Adds.NEVER, "DOUBLE")


def said(columns: tuple[ColumnReading, ...], rows: Rows, **facts: Any) -> str:
    """Return all that is said about a result that was read as this."""
    table = Table(tuple(column.column for column in columns), rows)
    timed = (
        replace(column, moments=tuple(parse_period(row[at] or "") for row in rows))
        if column.role is Role.TIME
        else column
        for at, column in enumerate(columns)
    )
    found = compute(table, Reading(tuple(timed), **facts))
    assert found
    return "\n".join(sentence for each in paragraphs(found) for sentence in each.sentences)


NUMBERED: tuple[ColumnReading, ...] = (
    replace(STORE, column=Column("rn", "LONG"), role=Role.RANK, kind=Kind.MEASURE),
    replace(STORE, column=Column("cost_center", "INT")),
    replace(STORE, column=Column("http_status", "INT"), kind=Kind.MEASURE),
    replace(STORE, column=Column("hour", "INT"), kind=Kind.TIME, role=Role.ORDERED),
    replace(STORE, column=Column("phone", "LONG"), role=Role.IDENTIFIER),
    replace(STORE, column=Column("ean", "LONG"), role=Role.IDENTIFIER, kind=Kind.MEASURE),
)


@pytest.mark.parametrize("column", NUMBERED, ids=lambda column: str(column.column.name))
def test_numbers_that_are_names_have_no_figures(column: ColumnReading) -> None:
    """Ranks, stores, codes and positions in a calendar name rows, and are never added up."""
    table = Table((column.column, REVENUE.column), (("0", "10"), ("1", "30"), ("2", "20")))
    found = compute(table, Reading((column, REVENUE)))
    assert found
    assert [measure.name for measure in found.measures] == ["Revenue"]


@pytest.mark.parametrize(
    ("column", "label"),
    [
        (STORE, "Store 11"),
        (read_as(Column("hour", "INT"), Kind.TIME, Role.ORDERED), "Hour 11"),
        (read_as(Column("cost_center", "LONG"), Kind.IDENTIFIER, Role.CATEGORY), "Cost center 11"),
        (read_as(Column("is_new", "BOOLEAN"), Kind.BOOLEAN, Role.CATEGORY), "Is new"),
    ],
)
def test_rows_are_called_what_names_them(column: ColumnReading, label: str) -> None:
    """A number, or yes and no, stands with the name of its column, and nowhere is a row 11."""
    flag = column.kind is Kind.BOOLEAN
    rows = (("false" if flag else "0", "5"), ("true" if flag else "11", "9"))
    text = said((column, REVENUE), rows)
    assert f"9 ({label}" in text
    assert "row " not in text


def test_columns_are_added_to_a_name_until_rows_differ() -> None:
    """The highest is that of a region's product, not of a region."""
    product = replace(REGION, column=Column("product"))
    rows = (("EMEA", "Bags", "5"), ("EMEA", "Belts", "9"), ("APAC", "Bags", "7"))
    assert "From 5 (EMEA, Bags) to 9 (EMEA, Belts)." in said((REGION, product, REVENUE), rows)


def test_months_beside_their_year_are_one_period() -> None:
    """January 2024 is not 2024, and is compared with December 2023."""
    year = read_as(Column("year", "INT"), Kind.YEAR, Role.TIME)
    cells = tuple((str(2023 + at // 12), str(at % 12 + 1), str(100 + at)) for at in range(13))
    moments = tuple(parse_period(f"{row[0]}-{int(row[1]):02}") for row in cells)
    years = tuple(parse_period(row[0]) for row in cells)
    month = read_as(Column("month", "INT"), Kind.TIME, Role.TIME, grain=Grain.MONTH, moments=moments, year=0)
    table = Table((year.column, month.column, REVENUE.column), cells)
    found = compute(table, Reading((replace(year, moments=years), month, REVENUE)))
    assert found
    text = "\n".join(paragraphs(found)[0].sentences)
    assert "January 2024 against December 2023" in text
    assert "From 100 (January 2023) to 112 (January 2024)." in text


def test_months_beside_their_year_have_one_name_where_a_row_has_neither() -> None:
    """They are called as in the chart, and told apart by both."""
    columns = (Column("year", "INT"), Column("month", "INT"), Column("headcount", "LONG"))
    rows = (("2025", "10", "40"), ("2026", "10", "50"), (None, None, "70"))
    table = Table(columns, rows)
    found = compute(table, read_result(table))
    assert found
    text = "\n".join(paragraphs(found)[0].sentences)
    assert "From 40 (October 2025) to 70 ((no value))." in text


BY_REGION: Rows = (("EMEA", "500"), ("APAC", "300"), ("LATAM", "200"))


@pytest.mark.parametrize("label", ["Total", "Gesamt", "合計", "All regions", None])
def test_a_row_of_totals_is_the_total_and_no_part(label: str | None) -> None:
    """It is named once, told as the total, and neither the highest nor a share."""
    text = said((REGION, REVENUE), ((label, "1000"), *BY_REGION), totals=frozenset({0}))
    assert "Total 1,000 in 3 values" in text
    assert "From 200 (LATAM) to 500 (EMEA)." in text
    assert "EMEA has the largest share: 50.0% of this total, in 3 groups." in text
    assert text.count("adds up others") == 1
    assert "Missing values" not in text


def test_totals_of_groups_are_left_out_each() -> None:
    """Of rows with subtotals only the parts count, and the one that is over all of them is the total."""
    product = replace(REGION, column=Column("product"))
    rows = (
        ("EMEA", "Bags", "1"), ("EMEA", "Belts", "2"), ("EMEA", None, "3"),
        ("APAC", "Bags", "4"), ("APAC", None, "4"), (None, None, "7"),
    )  # fmt: skip
    text = said((REGION, product, REVENUE), rows, totals=frozenset({2, 4, 5}))
    assert "Total 7 in 3 values" in text
    assert "3 rows add up others and are left out." in text
    subtotals = said((REGION, product, REVENUE), rows[:5], totals=frozenset({2, 4}))
    assert "Total 7 in 3 values" in subtotals


@pytest.mark.parametrize(
    "column", [BASKET, replace(BASKET, kind=Kind.RATIO), replace(STAFF, adds=Adds.NEVER)]
)
def test_the_total_of_what_does_not_add_up_is_quoted(column: ColumnReading) -> None:
    """The average of all is in its row; a mean of the averages would be that of nothing."""
    rows = (("EMEA", "0.5"), ("APAC", "0.25"), ("Total", "0.4"))
    text = said((REGION, replace(column, column=Column("x", "DOUBLE"))), rows, totals=frozenset({2}))
    assert "The row Total has 0.4" in text.replace("40%", "0.4")
    assert "mean" not in text
    assert "share" not in text
    assert "Total 0" not in text


def test_a_row_of_totals_that_says_something_else_is_only_quoted() -> None:
    """Ten of a hundred shops with the total of all of them: these ten have no total of their own."""
    text = said((REGION, REVENUE), (*BY_REGION, ("Total", "9000")), totals=frozenset({3}))
    assert "The row Total has 9,000." in text
    assert "Total 1,000" not in text
    assert "share" not in text


HELD: Rows = tuple(
    (f"2026-{month:02}-01", region, str(value + month))
    for month in (8, 9, 10, 11)
    for region, value in (("EMEA", 10), ("APAC", 30))
)
"""Holdings of two regions at the end of four months."""


def test_holdings_are_added_up_in_one_period_alone() -> None:
    """The staff of October, by region; never the sum of the months."""
    text = said((MONTH, REGION, STAFF), HELD, unfinished=frozenset({6, 7}))
    assert "Total for October 2026: 60 in 2 values." in text
    assert "APAC has the largest share: 66.7% of this total, in 2 groups." in text
    assert "October 2026 against September 2026: +3.4%, from 58 to 60." in text
    assert "Total 196" not in text


def test_a_holding_without_time_has_a_total() -> None:
    """Staff by region is that of one day."""
    assert "Total 40 in 2 values" in said((REGION, STAFF), (("EMEA", "10"), ("APAC", "30")))


@pytest.mark.parametrize("type_name", ["STRING", "INT"])
def test_a_holding_along_another_order_has_none(type_name: str) -> None:
    """Months without a year, or those since the first order, are times as well: in doubt there is no sum."""
    months = read_as(Column("month", type_name), Kind.CATEGORY, Role.ORDERED)
    text = said((months, STAFF), (("1", "10"), ("2", "12"), ("3", "11")))
    assert "Total" not in text
    assert "share" not in text


def test_a_holding_with_a_hole_is_not_compared() -> None:
    """Where a region is missing in October, fewer people are only a gap."""
    text = said((MONTH, REGION, STAFF), HELD[:5])
    assert "against" not in text


def test_a_running_period_counts_in_totals_alone() -> None:
    """November is no fall against October, and not the lowest month."""
    rows = (*((f"2026-{month:02}-01", "100") for month in range(1, 11)), ("2026-11-01", "3"))
    text = said((MONTH, REVENUE), rows, unfinished=frozenset({10}))
    assert "Total 1,003 in 11 values; mean 100, median 100 of the 10 complete ones." in text
    assert "All are 100." in text
    assert "October 2026 against September 2026: +0.0%" in text
    assert text.count("November 2026") == 1
    assert "November 2026 is not complete yet. Figures leave it out, apart from totals of all rows." in text


def test_what_lies_ahead_is_left_out_with_the_running_period() -> None:
    """A plan beside what was reached: trend and changes end with the last month that is over."""
    rows = tuple((f"2026-{month:02}-01", str(20 + month)) for month in range(1, 13))
    text = said((MONTH, REVENUE), rows, unfinished=frozenset({10, 11}))
    assert "Rises by about 1 a month from January 2026 to October 2026." in text
    assert "November 2026 to December 2026 are not complete yet." in text
    assert "December 2026 against" not in text


def test_a_running_period_alone_is_told_as_it_is() -> None:
    """There is nothing else to leave it out for, and nothing to compare it with."""
    rows = tuple(("2026-11-01", *row) for row in BY_REGION)
    text = said((MONTH, REGION, REVENUE), rows, unfinished=frozenset({0, 1, 2}))
    assert "Total 1,000 in 3 values" in text
    assert "From 200 (LATAM) to 500 (EMEA)." in text
    assert text.endswith("November 2026 is not complete yet.")


def test_one_period_is_told_as_one() -> None:
    """Nothing stayed, rose or fell."""
    text = said((MONTH, REVENUE), (("2026-10-01", "24400"),))
    assert text == "One value: 24,400 (October 2026)."


def test_records_have_no_course() -> None:
    """Of people with the day on which each was hired, the last one hired is no change."""
    person = read_as(Column("employee_id", "LONG"), Kind.IDENTIFIER, Role.IDENTIFIER)
    hired = replace(MONTH, column=Column("hire_date", "DATE"), kind=Kind.TIME, grain=Grain.DAY)
    rows = tuple((str(at), f"20{at}-05-0{1 + at % 9}", str(at % 3)) for at in range(10, 24))
    text = said((person, hired, STAFF), rows)
    assert "against" not in text
    assert "trend" not in text
    assert "from" not in text.lower() or "From 0 (" in text


MONEY = replace(amount("amount", Adds.NEVER, "DECIMAL"), in_row_currency=True)


def test_currencies_are_told_one_by_one() -> None:
    """Dollars and yen have no sum, no mean and no highest together; orders have."""
    rows = (
        ("2026-09-01", "USD", "100", "4"), ("2026-09-01", "JPY", "9000", "2"),
        ("2026-10-01", "USD", "110", "3"), ("2026-10-01", "JPY", "9900", "1"),
    )  # fmt: skip
    columns = (MONTH, CURRENCY, MONEY, amount("orders", Adds.EVERYWHERE))
    text = said(columns, rows, currencies=1)
    assert "Several currencies (USD, JPY): amounts are not added up." in text
    assert "From 100 (September 2026) to 110 (October 2026)." in text
    assert "October 2026 against September 2026: +10.0%, from 9,000 to 9,900." in text
    assert "Total 10 in 4 values" in text
    assert "19,110" not in text


def test_three_currencies_leave_room_for_a_count() -> None:
    """The others are named; a country with a currency of its own is told with its name."""
    rows = tuple((f"Country {code}", code, "5.50", "2") for code in ("EUR", "USD", "JPY", "CHF", "SEK"))
    text = said((REGION, CURRENCY, MONEY, amount("orders", Adds.EVERYWHERE)), rows, currencies=1)
    assert "One value: 5.50 (Country EUR)." in text
    assert "Total 10 in 5 values" in text
    assert "Not described: Amount (CHF), Amount (SEK)." in text


def test_a_list_of_metrics_has_no_figures() -> None:
    """Revenue, orders and a rate have nothing in common."""
    metric = replace(REGION, column=Column("metric"))
    table = Table((metric.column, MONEY.column), (("Revenue", "1200000"), ("Conversion", "0.03")))
    assert compute(table, Reading((metric, MONEY), is_metric_list=True)) is None


def test_a_part_of_the_rows_has_no_shares() -> None:
    """The ten best of a thousand are not the whole."""
    text = said((REGION, REVENUE), BY_REGION, limited=True)
    assert "Total 1,000 in 3 values" in text
    assert words.stats.LIMITED in text
    assert "share" not in text
