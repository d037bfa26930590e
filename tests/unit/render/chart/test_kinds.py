"""Kinds beyond bars and lines: when a result allows them, what they sum up, what a reader may choose."""

from itertools import product

import pytest

from genie.model import Cell, Column, Table
from render.chart.model import OFF, Chart, ChartKind
from render.columns.read import read_result
from tests.rendered import choices, choose_chart

REGIONS, MONTHS = ("EMEA", "Americas", "APAC", "LATAM"), tuple(f"2026-{month:02}-01" for month in range(1, 7))


def table(columns: dict[str, str], *rows: tuple[Cell, ...], total: int | None = None) -> Table:
    return Table(tuple(Column(name, type_name) for name, type_name in columns.items()), rows, total)


def drawn(result: Table, wanted: str | None = None) -> Chart:
    chart = choose_chart(result, read_result(result), "", wanted)
    assert chart is not None
    return chart


def offered(result: Table) -> list[str]:
    return [choice.wanted for choice in choices(result, read_result(result))]


REVENUE = table(
    {"region": "STRING", "revenue": "DOUBLE"}, *((r, str(10 - at)) for at, r in enumerate(REGIONS))
)
AVERAGE = table(
    {"region": "STRING", "avg_price": "DOUBLE"}, *((r, str(9 - at)) for at, r in enumerate(REGIONS))
)
COURSE = table({"month": "DATE", "revenue": "DOUBLE"}, *((m, str(at + 1)) for at, m in enumerate(MONTHS)))
COURSES = table(
    {"month": "DATE", "region": "STRING", "revenue": "DOUBLE"},
    *((m, r, str(at + 1)) for at, (m, r) in enumerate(product(MONTHS, REGIONS))),
)
PAIRS = table(
    {"category": "STRING", "region": "STRING", "revenue": "DOUBLE"},
    *(
        (c, r, str(at + 1))
        for at, (c, r) in enumerate(product(("Desks", "Chairs", "Lamps", "Beds"), REGIONS))
    ),
)
TIMETABLE = table(
    {"weekday": "STRING", "hour": "INT", "orders": "LONG"},
    *((d, str(h), str(h)) for d, h in product(("Tue", "Mon", "Wed", "Sun"), range(24))),
)
ORDERS = table(
    {"order_id": "LONG", "amount": "DOUBLE"}, *((str(9000 + at), str(at * at)) for at in range(60))
)


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        (REVENUE, ["bar", "donut", "off"]),
        (AVERAGE, ["bar", "off"]),
        (COURSE, ["line", "area", "bar", "number", "off"]),
        (COURSES, ["line", "area", "bar", "stacked_bar", "heat_map", "off"]),
        (PAIRS, ["stacked_bar", "heat_map", "bar", "off"]),
        (TIMETABLE, ["heat_map", "bar", "off"]),
        (ORDERS, ["histogram", "off"]),
        (table({"region": "STRING", "country": "STRING"}, ("EMEA", "Italy"), ("APAC", "Japan")), []),
    ],
    ids=["categories", "averages", "months", "months and regions", "pairs", "timetable", "records", "names"],
)
def test_a_reader_may_choose_what_the_data_allow(result: Table, wanted: list[str]) -> None:
    """The automatic chart comes first, the table alone last; averages have no shares and no stacks."""
    assert offered(result) == wanted


@pytest.mark.parametrize("result", [REVENUE, COURSE, COURSES, PAIRS, TIMETABLE, ORDERS])
def test_every_choice_is_drawn_as_chosen(result: Table) -> None:
    """What the menu offers is what the reader gets; the automatic chart is the first one."""
    for wanted in offered(result):
        if wanted == OFF:
            assert choose_chart(result, read_result(result), "", wanted) is None
        else:
            kind = drawn(result, wanted).kind
            assert wanted == (
                ChartKind.BAR if kind in {ChartKind.HORIZONTAL_BAR, ChartKind.GROUPED_BAR} else kind
            )
    assert drawn(result) == drawn(result, offered(result)[0])


def test_a_choice_that_the_data_do_not_allow_is_not_kept() -> None:
    """Who wanted a donut in this thread gets the automatic chart for a course over time."""
    assert drawn(COURSE, "donut").kind is ChartKind.LINE
    assert drawn(COURSE, "nonsense").kind is ChartKind.LINE


def test_parts_beyond_the_colours_are_summed_up() -> None:
    """Five parts have a colour each, the others are one, and the note says how many they are."""
    rows = [(c, f"Shop {s}", str(10 - s)) for c in ("Desks", "Chairs") for s in range(8)]
    chart = drawn(table({"category": "STRING", "shop": "STRING", "revenue": "DOUBLE"}, *rows), "stacked_bar")
    assert [series.name for series in chart.series] == ["Desks", "Chairs"]
    rows = [(m, f"Shop {s}", str(10 - s)) for m in MONTHS for s in range(8)]
    chart = drawn(table({"month": "DATE", "shop": "STRING", "revenue": "DOUBLE"}, *rows), "area")
    assert [series.name for series in chart.series] == [*(f"Shop {s}" for s in range(5)), "Other"]
    assert chart.series[-1].values == (12.0,) * 6
    assert (chart.rest, chart.note) == ("Other", "Other is the sum of 3 more.")


@pytest.mark.parametrize(
    "result",
    [
        table({"region": "STRING", "revenue": "DOUBLE"}, ("EMEA", "5"), ("APAC", "-1")),
        table({"region": "STRING", "revenue": "DOUBLE"}, ("EMEA", "5"), ("APAC", None)),
        table({"region": "STRING", "revenue": "DOUBLE"}, ("EMEA", "5"), ("APAC", "3"), total=90),
        table({"region": "STRING", "revenue": "DOUBLE"}, *((f"R{at}", "5") for at in range(7))),
        table({"region": "STRING", "revenue": "DOUBLE"}, ("EMEA", "500"), ("APAC", "1")),
    ],
    ids=["negative", "unknown", "incomplete", "many", "too small to see"],
)
def test_what_is_no_whole_of_few_parts_gets_no_donut(result: Table) -> None:
    """Slices need parts that are positive, known, complete, few and large enough to be seen."""
    assert "donut" not in offered(result)


def test_few_shares_become_a_donut() -> None:
    """Percentages that add up to a hundred are the one thing that slices show best."""
    shares = table({"plan": "STRING", "share": "DOUBLE"}, ("Free", ".6"), ("Team", ".3"), ("Plus", ".1"))
    assert drawn(shares).kind is ChartKind.DONUT


def test_a_gap_keeps_areas_from_being_stacked() -> None:
    """A month without a row would look like a fall to zero."""
    rows = [row for row in COURSES.rows if row[:2] != ("2026-03-01", "APAC")]
    assert "area" not in offered(Table(COURSES.columns, tuple(rows)))


def test_this_period_beside_the_last_becomes_a_number() -> None:
    """One row with the value before, or two periods, are a number with its change."""
    columns = {"revenue_this_month": "DOUBLE", "revenue_last_month": "DOUBLE"}
    assert drawn(table(columns, ("5", "4"))).series[0].values == (4.0, 5.0)
    assert drawn(Table(COURSE.columns, COURSE.rows[:2])).kind is ChartKind.NUMBER
    assert offered(table({"revenue": "DOUBLE", "last_login_count": "LONG"}, ("5", "4"))) == []


def test_a_histogram_counts_every_row_or_says_which_not() -> None:
    """Bars are even steps from edge to edge; values far out are named in the note."""
    chart = drawn(ORDERS)
    assert sum(value or 0 for value in chart.series[0].values) == 60
    assert len(chart.positions) == len(chart.series[0].values) + 1
    far = Table(ORDERS.columns, (*(tuple(ORDERS.rows) * 4), ("1", "1000000")))
    chart = drawn(far)
    assert sum(value or 0 for value in chart.series[0].values) == 240
    assert chart.note == "1 value above 3,500 not drawn."


def test_a_timetable_is_in_order() -> None:
    """Hours stand across and weekdays below one another, both in their own order."""
    chart = drawn(TIMETABLE)
    assert chart.labels == tuple(map(str, range(24)))
    assert [series.name for series in chart.series] == ["Mon", "Tue", "Wed", "Sun"]


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [
        (["XL", "S", "M"], ("S", "M", "XL")),
        (["High", "Low", "Medium"], ("Low", "Medium", "High")),
        (["Product 1", "Product 2", "Product 3"], ("Product 3", "Product 1", "Product 2")),
    ],
)
def test_sizes_have_an_order_and_numbered_names_none(labels: list[str], ordered: tuple[str, ...]) -> None:
    """What grows by its name stands in that order, the rest from the highest value down."""
    rows = zip(labels, ("5", "2", "9"), strict=True)
    assert drawn(table({"kind": "STRING", "orders": "LONG"}, *rows)).labels == ordered


def test_amounts_of_two_currencies_never_share_an_axis() -> None:
    """Dollars beside euros are drawn alone, with their sign, and the note names the euros."""
    columns = {"region": "STRING", "sales_usd": "DOUBLE", "sales_eur": "DOUBLE"}
    chart = drawn(table(columns, ("EMEA", "5", "4"), ("APAC", "3", "2")))
    assert (chart.sign, chart.y_title, chart.note) == ("$", "Sales", "Not drawn: Sales (EUR).")
