"""One verdict on what may be added up, for charts and Stats alike."""

from dataclasses import dataclass
from datetime import date

import pytest

from genie.model import Column, Table
from render.columns.read import read_result
from render.columns.reading import Adds, Role
from tests.rendered import choices, choose_chart, figures_of


@dataclass(frozen=True)
class Row:
    """The name of a column, and whether its values add up, over time or at least over regions."""

    name: str
    adds: bool
    over_regions: bool = False


ROWS = (
    Row("revenue", adds=True),
    Row("order_amount", adds=True),
    Row("total_price", adds=False),
    Row("margin", adds=False),
    Row("units", adds=True),
    Row("visits", adds=True),
    Row("users", adds=False),
    Row("headcount", adds=False, over_regions=True),
    Row("balance", adds=False, over_regions=True),
    Row("stock", adds=False, over_regions=True),
    Row("ytd_revenue", adds=False),
    Row("rolling_sales", adds=False),
    Row("moving_orders", adds=False),
    Row("active_users", adds=False),
    Row("avg_revenue", adds=False),
    Row("p95_latency", adds=False),
    Row("unit_price", adds=False),
    Row("revenue_target", adds=False),
    Row("revenue_delta", adds=False),
    Row("csat", adds=False),
    Row("score", adds=False),
    Row("revenue_per_user", adds=False),
    Row("count_distinct_users", adds=False),
    Row("growth", adds=False),
)
EACH_ROW = pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])


def regions(name: str, count: int = 4) -> Table:
    """Return one amount for each of some regions."""
    rows = tuple((f"Region {chr(65 + at)}", f"{340 - at}.5") for at in range(count))
    return Table((Column("region", "STRING"), Column(name, "DOUBLE")), rows)


def by_channel(name: str) -> Table:
    """Return one amount for each pair of region and channel."""
    rows = tuple((region, channel, "140.5") for region in ("EMEA", "APAC") for channel in ("Shop", "Web"))
    columns = (Column("region", "STRING"), Column("channel", "STRING"), Column(name, "DOUBLE"))
    return Table(columns, rows)


def offered(table: Table) -> set[str]:
    """Return the charts that a reader may choose."""
    return {choice.wanted for choice in choices(table, read_result(table))}


@EACH_ROW
def test_stats_give_a_total_and_shares_only_of_what_adds_up(row: Row) -> None:
    """Stats show a sum and parts of it for flows and, where there is no time, for holdings."""
    found = figures_of(regions(row.name), date(2026, 11, 23))
    assert found
    [measure] = found.measures
    assert (read_result(regions(row.name)).columns[1].adds is Adds.EVERYWHERE) is row.adds
    adds = row.adds or row.over_regions
    assert (measure.total is not None, measure.shares is not None) == (adds, adds)


@EACH_ROW
def test_charts_of_parts_are_offered_only_of_what_adds_up(row: Row) -> None:
    """A donut and a stack show parts of a sum, so they need one."""
    adds = row.adds or row.over_regions
    assert ("donut" in offered(regions(row.name))) is adds
    assert ("stacked_bar" in offered(by_channel(row.name))) is adds


@EACH_ROW
def test_the_rest_is_summed_up_only_of_what_adds_up(row: Row) -> None:
    """The bars that are left out become "Other" and a sum, or are only counted."""
    table = regions(row.name, 26)
    chart = choose_chart(table, read_result(table), "Regions")
    assert chart is not None
    assert ("add up to" in chart.note) is (row.adds or row.over_regions)
    assert chart.rest == ""


@EACH_ROW
def test_areas_stand_on_one_another_only_of_what_adds_up(row: Row) -> None:
    """Two courses are stacked where their sum means something: people of two regions in one month, too."""
    rows = tuple((f"2026-0{at}-01", region, "140.5") for at in range(1, 7) for region in ("EMEA", "APAC"))
    columns = (Column("month", "DATE"), Column("region", "STRING"), Column(row.name, "DOUBLE"))
    stacks = {"area", "stacked_bar"} & offered(Table(columns, rows))
    assert stacks == ({"area", "stacked_bar"} if row.adds or row.over_regions else set())


@pytest.mark.parametrize("name", ["revenue", "orders", "units_built"])
def test_what_stands_again_in_each_row_of_a_group_is_not_added(name: str) -> None:
    """The size of a cohort beside each of its months is one number, however often it is written."""
    rows = tuple((f"2026-0{at}", str(month), f"{600 + at}") for at in (1, 2, 3) for month in (0, 1, 2))
    columns = (Column("build_month"), Column("months_in_service", "INT"), Column(name, "LONG"))
    assert read_result(Table(columns, rows)).columns[2].adds is Adds.NEVER
    others = tuple((*row[:2], str(600 + at)) for at, row in enumerate(rows))
    assert read_result(Table(columns, others)).columns[2].adds is Adds.EVERYWHERE


@pytest.mark.parametrize("names", [("views", "carts", "payments"), ("leads", "visits"), ("clicks", "orders")])
def test_one_row_has_nothing_to_add(names: tuple[str, ...]) -> None:
    """Without a query nobody knows whether they are parts or steps."""
    columns = tuple(Column(name, "LONG") for name in names)
    reading = read_result(Table(columns, (tuple(str(900 - 7 * at) for at in range(len(names))),)))
    assert {column.adds for column in reading.columns} == {Adds.NEVER}


@pytest.mark.parametrize("name", ["tramo_s", "bin_start", "bucket_ms"])
def test_steps_of_a_histogram_are_no_measure(name: str) -> None:
    """Bins that are no whole numbers are as far apart as bins are."""
    rows = tuple((f"{28 + at / 2}", str(40 + at * 7 % 5)) for at in range(8))
    reading = read_result(Table((Column(name, "DOUBLE"), Column("pieces", "LONG")), rows))
    assert reading.columns[0].role is Role.ORDERED


@pytest.mark.parametrize("name", ["last_call", "first_visit", "latest_alarm"])
def test_when_something_happened_last_is_a_time(name: str) -> None:
    """Seconds since 1970 of the last call of each caller are no amount; those of a price are one."""
    rows = tuple((f"c{at}", f"{1_794_000_000 + at * 7_919}") for at in range(5))
    assert read_result(Table((Column("caller"), Column(name, "LONG")), rows)).columns[1].role is Role.TIME
    paid = read_result(Table((Column("caller"), Column("last_price", "LONG")), rows))
    assert paid.columns[1].role is Role.MEASURE
