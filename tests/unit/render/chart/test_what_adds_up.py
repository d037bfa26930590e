"""Charts add up, stack and compare only what the reading of a result allows, and tell apart what is alike."""

from itertools import product

import pytest

from render.chart.model import ChartKind
from render.columns.reading import Adds, Role
from tests.unit.render.chart.hand_read import Read, amount, label, result, time

REVENUE = amount("revenue_eur")
HOLDING = Adds.NOT_OVER_TIME
CITIES = ("Berlin", "Paris", "Rome", "Madrid", "Oslo", "Bern")
MONTHS = tuple(f"2026-{month:02}-01" for month in range(1, 7))


# What adds up


AVERAGES = ["aov", "ctr", "latency_ms", "uptime"]
PEOPLE = ["total_customers", "employee_count", "stock_quantity", "total_balance_eur"]


@pytest.mark.parametrize("name", AVERAGES)
def test_what_never_adds_up_is_never_added(name: str) -> None:
    """Twenty averages have no other bars that add up to something, no slices, no stacks."""
    average = amount(name, Adds.NEVER)
    many = result([label("city"), average], [(f"City {at}", 90 - at) for at in range(20)])
    assert many.drawn().note == "The 15 highest of 20; the other 5 are not drawn."
    few = result([label("city"), average], [(city, 40 - at) for at, city in enumerate(CITIES)])
    assert few.offered == ["bar", "off"]
    rows = [(month, city, 5) for month, city in product(MONTHS, CITIES)]
    for first in (time("month"), label("month")):
        assert not {"area", "stacked_bar"}.intersection(result([first, label("city"), average], rows).offered)


@pytest.mark.parametrize("name", PEOPLE)
def test_holdings_add_up_over_names_and_not_over_time(name: str) -> None:
    """The stock of all cities in a month is a sum, that of all months or of different ones is none."""
    holding = amount(name, HOLDING)
    rows = [(month, city, 5 + at) for month in MONTHS for at, city in enumerate(CITIES)]
    assert {"area", "stacked_bar"} <= set(result([time("month"), label("city"), holding], rows).offered)
    few = [(city, 40 - at) for at, city in enumerate(CITIES[:4])]
    assert "donut" in result([label("city"), holding], few).offered
    counted = [(city, month, 40) for city, month in zip(CITIES[:4], MONTHS, strict=False)]
    assert "donut" not in result([label("city"), time("counted_in"), holding], counted).offered
    months = Read("month", Role.ORDERED, facts={"in_order": CITIES[:4]})
    assert "donut" not in result([months, holding], few).offered


COMPARED = [
    ("revenue", "revenue_last_year"),
    ("actual", "target"),
    ("revenue", "ytd_revenue"),
    ("sales_units", "budget_units"),
]


@pytest.mark.parametrize(("name", "other"), COMPARED)
def test_a_comparison_stands_beside_its_measure_and_never_on_it(name: str, other: str) -> None:
    """Ten and a target of twelve are two bars of ten and twelve: no stack, and no 22."""
    columns = [amount(other, role=Role.COMPARISON, compares=2), amount(name)]
    for group in (label("region"), time("month")):
        told = result([group, *columns], [(month, 12, 10) for month in MONTHS])
        assert not {"stacked_bar", "area"}.intersection(told.offered)
        chart = told.drawn("bar")
        assert sorted(series.values[0] or 0.0 for series in chart.series) == [10.0, 12.0]


def test_only_parts_of_one_whole_are_stacked() -> None:
    """Measures of a row stand on one another where the reading knows that they are its parts."""
    columns = [label("city"), amount("online_revenue"), amount("shop_revenue")]
    rows = [(city, 5 + at, 9 - at) for at, city in enumerate(CITIES)]
    assert "stacked_bar" not in result(columns, rows).offered
    told = result(columns, rows, parts=(1, 2))
    assert [series.name for series in told.drawn("stacked_bar").series] == ["Online revenue", "Shop revenue"]
    over_time = result([time("month"), *columns[1:]], [(m, 5, 9) for m in MONTHS], parts=(1, 2))
    assert {"area", "stacked_bar"} <= set(over_time.offered)


@pytest.mark.parametrize("huge", [1e39, 1e25, 1e17, 123456789012345678.0])
def test_the_rows_that_are_cut_are_added_exactly(huge: float) -> None:
    """One huge value does not swallow the sum of the others."""
    rows = [("Huge", huge), *((f"C{at}", 10) for at in range(399))]
    note = result([label("customer"), amount("orders")], rows).drawn().note
    assert note.startswith("The 15 highest of 400; the other 385 add up to 3,850")


# Currencies, lists of figures, names


@pytest.mark.parametrize(
    "rows",
    [
        [("USD", 1.2e6, 5), ("EUR", 0.8e6, 4), ("JPY", 90e6, 3)],
        [("CHF", 5.0, 5), ("SEK", 50.0, 5)],
        [("BRL", 7.0, 9), ("USD", 1.0, 2), ("MXN", 20.0, 1)],
        [("GBP", 7.0, 9), ("INR", 700.0, 2)],
    ],
)
def test_amounts_of_several_currencies_have_no_common_axis(rows: list[tuple[str, float, int]]) -> None:
    """They are not drawn; what is in one unit is, and the note says what is not."""
    columns = [label("currency"), amount("amount", Adds.NEVER, in_row_currency=True), amount("payments")]
    alone = result(columns[:2], [row[:2] for row in rows], currencies=0)
    assert (alone.chart(), alone.offered) == (None, [])
    chart = result(columns, rows, currencies=0).drawn()
    assert (chart.y_title, len(chart.series)) == ("Payments", 1)
    codes = ", ".join(row[0] for row in rows)
    assert chart.note == f"Not drawn: Amount. Several currencies ({codes}): amounts are not added up."
    one = result(columns[:2], [(rows[0][0], 5), (rows[0][0], 6)], currencies=0)
    assert one.chart() is None
    months = [(month, "USD", 5) for month in MONTHS]
    assert result([time("month"), *columns[:2]], months, currencies=1).drawn().kind is ChartKind.LINE


@pytest.mark.parametrize("name", ["metric", "kpi", "kennzahl", "measure"])
def test_a_list_of_figures_has_no_chart(name: str) -> None:
    """Revenue, orders and a rate share no axis, and the menu offers none."""
    rows = [("Revenue", 1.2e6), ("Orders", 400), ("Conversion", 0.031), ("AOV", 3000)]
    told = result([label(name), amount("value")], rows, is_metric_list=True)
    assert (told.chart(), told.offered) == (None, [])


@pytest.mark.parametrize("name", ["revenue", "Orders", "n", "total_eur"])
def test_columns_of_one_name_are_numbered_as_in_the_file(name: str) -> None:
    """Two bars of one name could not be told apart."""
    chart = result([label("region"), amount(name), amount(name)], [("EMEA", 5, 4), ("APAC", 3, 2)]).drawn()
    first, second = (series.name for series in chart.series)
    assert second == f"{first} (2)"


@pytest.mark.parametrize(
    "labels",
    [
        [f"https://www.example.com/products/furniture/{name}/details" for name in ("desk", "chair", "lamp")],
        [f"Northwind Traders International Holding {name} branch office" for name in ("North", "South")],
        [f"catalog.schema_of_the_warehouse.table_of_orders_{year}_archive" for year in (2023, 2024, 2025)],
        [f"/Volumes/main/default/raw/2026/11/28/{name}/part-00000.parquet" for name in ("a", "b", "c")],
    ],
)
def test_labels_that_begin_alike_differ(labels: list[str]) -> None:
    """What is the same in all of them is cut, not what tells them apart."""
    chart = result([label("name"), REVENUE], [(name, 9 - at) for at, name in enumerate(labels)]).drawn()
    assert len(set(chart.labels)) == len(labels)
    rows = [(name, month, 5) for name, month in product(labels, MONTHS)]
    told = result([label("name"), time("month"), REVENUE], rows)
    assert len({series.name for series in told.drawn().series}) == len(labels)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (-500, 1000, "up by 1,500"),
        (-500, -800, "down by 300"),
        (-1, 0, "up by 1"),
        (5, -5, "down by 10"),
        (0, 7, "up by 7"),
    ],
)
def test_a_change_from_below_zero_is_told_in_words(before: int, now: int, said: str) -> None:
    """There are no parts of a negative number, but a difference."""
    rows = [("2026-01-01", before), ("2026-02-01", now)]
    chart = result([time("month"), amount("profit")], rows).drawn("line")
    assert said in chart.finding
    assert said in chart.alt_text
    assert "%" not in chart.finding


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (amount("claims"), amount("p90_days", Adds.NEVER), False),
        (amount("heart_rate", Adds.NEVER), amount("oxygen", Adds.NEVER), False),
        (amount("page_views"), amount("active_users", HOLDING), False),
        (amount("avg_price", Adds.NEVER), amount("max_price", Adds.NEVER), True),
        (amount("p50_ms", Adds.NEVER), amount("p95_ms", Adds.NEVER), True),
        (amount("clicks"), amount("orders"), True),
        (amount("actual"), amount("plan", Adds.NEVER, role=Role.COMPARISON, compares=1), True),
    ],
)
def test_only_what_can_be_compared_shares_an_axis(first: Read, second: Read, *, together: bool) -> None:
    """Days beside claims, and a pulse beside a saturation, are no bars of one scale."""
    rows = [(city, 90 - at, 70 - at) for at, city in enumerate(CITIES)]
    assert (len(result([label("city"), first, second], rows).drawn().series) > 1) is together


def test_a_sentence_keeps_the_digits_that_matter() -> None:
    """Beside 173 yen a pound is 0.875 and not 1, and what reads the same is neither highest nor lowest."""
    rate = amount("rate", Adds.NEVER)
    rates = result([label("pair"), rate], [("EURJPY", 173.2), ("EURGBP", 0.8747)]).drawn()
    assert rates.finding == "Rate by pair: highest 173 (EURJPY), lowest 0.875 (EURGBP)."
    assert result([label("shaft"), rate], [("A", 25.0004), ("B", 24.9998)]).drawn().finding == ""
