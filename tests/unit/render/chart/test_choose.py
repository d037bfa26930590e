"""Which chart a table gets, in which order, and what is said about it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from genie.model import Cell, Column, Table
from render.chart.model import Chart, ChartKind, Series
from render.columns.periods import Grain
from render.columns.read import read_result
from tests.rendered import choose_chart


def table(columns: dict[str, str], *rows: Sequence[Cell], total: int | None = None) -> Table:
    return Table(
        tuple(Column(name, type_name) for name, type_name in columns.items()),
        tuple(tuple(row) for row in rows),
        total_rows=total,
    )


def chart_of(table: Table, title: str = "") -> Chart | None:
    return choose_chart(table, read_result(table), title)


def drawn(table: Table, title: str = "") -> Chart:
    chart = chart_of(table, title)
    assert chart is not None
    return chart


REGIONS = {"region": "STRING", "revenue": "DOUBLE"}
MONTHS = {"month": "DATE", "revenue": "DOUBLE"}
LONG_FORM = {"month": "DATE", "region": "STRING", "revenue": "DOUBLE"}


@pytest.mark.parametrize(
    "plain",
    [
        table(REGIONS),
        table(REGIONS, ("EMEA", "1")),
        table(REGIONS, ("EMEA", None), ("APAC", None)),
        table({"region": "STRING", "country": "STRING"}, ("EMEA", "Germany"), ("APAC", "Japan")),
        table({"customer_id": "LONG", "zip": "LONG"}, ("1", "2"), ("3", "4")),
        table({"a": "DOUBLE", "b": "DOUBLE"}, ("1", "2"), ("3", "4")),
        table(REGIONS, ("EMEA", "1"), ("EMEA", "2")),
        table(MONTHS, ("2026-01-01", "1"), ("2026-01-01", "2"), ("2026-02-01", "3")),
    ],
    ids=[
        "empty",
        "one row",
        "no values",
        "no numbers",
        "codes only",
        "two points",
        "same label",
        "same month",
    ],
)
def test_a_table_that_says_more_than_a_chart_gets_none(plain: Table) -> None:
    """Without two comparable points there is no chart."""
    assert chart_of(plain) is None


def test_categories_become_bars_with_the_largest_first() -> None:
    """Bars without an order of their own stand from the largest to the smallest, gaps last."""
    chart = drawn(table(REGIONS, ("APAC", "2"), ("EMEA", "5"), ("None", None), ("LATAM", "-1")))
    assert chart.kind is ChartKind.BAR
    assert chart.labels == ("EMEA", "APAC", "LATAM", "None")
    assert chart.series == (Series("Revenue", (5.0, 2.0, -1.0, None)),)


def test_bars_sorted_by_the_query_keep_its_order() -> None:
    """A question for the lowest values is answered from the lowest up."""
    assert drawn(table(REGIONS, ("A", "1"), ("B", "2"), ("C", "3"))).labels == ("A", "B", "C")


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [
        (["Wed", "Mon", "Tue"], ("Mon", "Tue", "Wed")),
        (["March", "January", "February"], ("January", "February", "March")),
        (["18-24", "25-34", "35-44", "65+"], ("18-24", "25-34", "35-44", "65+")),
    ],
)
def test_labels_with_an_order_of_their_own_keep_it(labels: list[str], ordered: tuple[str, ...]) -> None:
    """Weekdays, months and bands are not shuffled by their values."""
    rows = [(label, str(value)) for label, value in zip(labels, [5, 9, 2, 7], strict=False)]
    assert drawn(table({"when": "STRING", "orders": "LONG"}, *rows)).labels == ordered


def test_hours_become_bars_in_their_order() -> None:
    """All 24 hours of a day are drawn, in order, whatever their values."""
    rows = [(str(hour), str(hour * 7 % 24)) for hour in reversed(range(24))]
    chart = drawn(table({"hour_of_day": "INT", "orders": "LONG"}, *rows))
    assert chart.kind is ChartKind.BAR
    assert chart.labels == tuple(map(str, range(24)))


def test_long_or_many_labels_lie_down() -> None:
    """Labels that do not fit under upright bars stand beside lying ones."""
    many = table(REGIONS, *((f"Region {chr(65 + at)}", str(at)) for at in range(15)))
    long = table(REGIONS, *((f"{name} professional office equipment", "1") for name in "ABCDE"))
    assert drawn(many).kind is ChartKind.HORIZONTAL_BAR
    assert drawn(long).kind is ChartKind.HORIZONTAL_BAR


def test_rows_that_are_missing_are_announced() -> None:
    """A chart of an incomplete result says that it shows only a part."""
    chart = drawn(table(REGIONS, ("A", "1"), ("B", "2"), total=9000))
    assert "first 2 rows only" in chart.note


def test_time_becomes_a_line_in_its_order() -> None:
    """Points go from the earliest to the latest, at their places in time."""
    chart = drawn(table(MONTHS, ("2026-02-01", "2"), ("2026-01-01", "1"), ("2026-03-01", "3")))
    assert (chart.kind, chart.grain) == (ChartKind.LINE, Grain.MONTH)
    assert chart.labels == ("Jan 2026", "Feb 2026", "Mar 2026")
    assert chart.series[0].values == (1.0, 2.0, 3.0)
    assert chart.positions == (20454.0, 20485.0, 20513.0)


def test_a_missing_month_is_a_gap_and_not_zero() -> None:
    """NULL and months without a row stay gaps."""
    chart = drawn(table(MONTHS, ("2026-01-01", "1"), ("2026-02-01", None), ("2026-04-01", "4")))
    assert chart.labels == ("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026")
    assert chart.series[0].values == (1.0, None, None, 4.0)


def test_a_long_table_becomes_one_line_per_category() -> None:
    """Month, region, revenue: a line per region, with gaps where a region has no row."""
    chart = drawn(
        table(
            LONG_FORM,
            ("2026-01-01", "EMEA", "1"),
            ("2026-01-01", "APAC", "3"),
            ("2026-02-01", "EMEA", "2"),
            ("2026-03-01", "EMEA", "2"),
        )
    )
    assert chart.kind is ChartKind.LINE
    assert chart.series == (Series("APAC", (3.0, None, None)), Series("EMEA", (1.0, 2.0, 2.0)))


def test_more_lines_than_can_be_told_apart_are_cut() -> None:
    """Eight lines are drawn and the note says of how many."""
    rows = [(f"2026-0{month}-01", f"R{at}", str(at)) for month in (1, 2) for at in range(12)]
    chart = drawn(table(LONG_FORM, *rows))
    assert len(chart.series) == 8
    assert chart.note == "The 8 highest of 12 lines."


def test_year_and_month_columns_make_one_time_axis() -> None:
    """Two columns of numbers, year and month, are one axis of months."""
    rows = [(str(2025 + at // 12), str(at % 12 + 1), str(at)) for at in range(15)]
    chart = drawn(table({"year": "INT", "month": "INT", "units": "LONG"}, *rows))
    assert (chart.kind, chart.grain) == (ChartKind.LINE, Grain.MONTH)
    assert (chart.labels[0], chart.labels[-1]) == ("Jan 2025", "Mar 2026")


@pytest.mark.parametrize(
    ("column", "cells", "grain"),
    [
        ("day", ["2026-01-05", "2026-01-06"], Grain.DAY),
        ("week", ["2026-01-05", "2026-01-12"], Grain.WEEK),
        ("at", ["2026-01-05T10:00:00Z", "2026-01-05T11:00:00Z"], Grain.HOUR),
        ("at", ["2026-01-05T10:00:00Z", "2026-01-05 11:00:00"], Grain.HOUR),
        ("quarter", ["2026-01-01", "2026-04-01"], Grain.QUARTER),
        ("year", ["2025-01-01", "2026-01-01"], Grain.YEAR),
    ],
)
def test_a_time_axis_knows_its_grain(column: str, cells: list[str], grain: Grain) -> None:
    """Hours, days, weeks, months, quarters and years are told apart."""
    rows = [(cell, str(at)) for at, cell in enumerate(cells)]
    assert drawn(table({column: "TIMESTAMP", "orders": "LONG"}, *rows)).grain is grain


def test_two_categories_become_grouped_bars() -> None:
    """Pairs of categories: the larger set along the axis, the smaller as colours, missing pairs as gaps."""
    columns = {"category": "STRING", "channel": "STRING", "revenue": "DOUBLE"}
    rows = [(c, h, "1") for c in ("Desks", "Chairs", "Lamps") for h in ("Online", "Retail")][:-1]
    chart = drawn(table(columns, *rows))
    assert chart.kind is ChartKind.GROUPED_BAR
    assert chart.labels == ("Desks", "Chairs", "Lamps")
    assert chart.series == (Series("Online", (1.0, 1.0, 1.0)), Series("Retail", (1.0, 1.0, None)))


def test_two_measures_alone_become_a_scatter_plot() -> None:
    """Two numbers per row and no category: one against the other, incomplete pairs left out."""
    rows: list[tuple[Cell, Cell]] = [(str(at / 10), str(at * at)) for at in range(8)]
    chart = drawn(table({"price": "DOUBLE", "units": "DOUBLE"}, *rows, (None, "5")))
    assert chart.kind is ChartKind.SCATTER
    assert len(chart.positions) == len(chart.series[0].values) == 8


def test_a_list_of_records_is_no_bar_chart() -> None:
    """Thousands of orders by their ids are not categories."""
    first = date(2026, 1, 1)
    rows = [(str(at), str(first + timedelta(at % 30)), "5") for at in range(300)]
    assert chart_of(table({"order_id": "LONG", "day": "DATE", "amount": "DOUBLE"}, *rows)) is None


def test_the_alt_text_tells_kind_axes_range_and_finding() -> None:
    """Who cannot see the chart learns what it shows."""
    rows = [("2026-01-01", "1000"), ("2026-02-01", "900"), ("2026-03-01", "1500")]
    chart = drawn(table(MONTHS, *rows), "Revenue this year")
    assert chart.alt_text == (
        "Line chart: Revenue this year. Revenue by month, 3 points from Jan 2026 to Mar 2026. "
        "Highest 1,500 (Mar 2026), lowest 900 (Feb 2026). From 1,000 to 1,500, +50%."
    )


def test_text_in_a_chart_is_cleaned() -> None:
    """Control and bidi characters of data never reach a chart or its alternative text."""
    chart = drawn(table(REGIONS, ("🔥  Gro\u202ewth\x00", "2"), ("\u200b", "1")), "😀 Cost\nis $5")
    assert chart.title == "😀 Cost is $5"
    assert chart.labels == ("🔥 Growth", "–")


def test_labels_of_a_chart_keep_what_joins_them() -> None:
    """A family of emoji is one sign in the picture, and a Persian word keeps its half-space."""
    names = ("👨\u200d👩\u200d👧 Family", "می\u200cخواهم", "क्\u200dष", "🏳\ufe0f\u200d🌈")
    chart = drawn(table(REGIONS, *((name, str(9 - at)) for at, name in enumerate(names))))
    assert chart.labels == names
    assert names[0] in chart.alt_text


def test_an_untitled_chart_is_named_by_its_axes() -> None:
    """Without Genie's words the columns give the title."""
    assert drawn(table(REGIONS, ("A", "2"), ("B", "1"))).title == "Revenue by region"


STORES = {"store": "STRING", "opened": "DATE", "revenue": "DOUBLE"}


def test_what_has_a_date_is_not_a_course() -> None:
    """Rows that are about something named before its date are that thing's bars; many of them are a list."""
    rows = [(f"Store {at}", f"20{10 + at}-05-01", str(at * 10)) for at in range(9)]
    stores = drawn(table(STORES, *rows))
    assert stores.kind is ChartKind.BAR
    assert {*stores.labels} == {row[0] for row in rows}
    orders = [(f"{at:06}", f"{date(2020, 1, 1) + timedelta(at)}", str(at % 7)) for at in range(300)]
    assert chart_of(table({"order_id": "STRING", "day": "DATE", "amount": "DOUBLE"}, *orders)) is None
    by_day = [row[1:] for row in orders]
    assert drawn(table({"day": "DATE", "amount": "DOUBLE"}, *by_day)).kind is ChartKind.LINE


def test_a_note_names_a_few_of_many_measures() -> None:
    """What is not drawn is named as far as there is room, and counted beyond."""
    many = {"region": "STRING", **{f"m{at}": "DOUBLE" for at in range(14)}}
    note = drawn(table(many, *((region, *map(str, range(1, 15))) for region in ("EMEA", "APAC")))).note
    assert note == "Not drawn: M1, M2, M3, M4, M5 and 5 more."
