"""Over what a column adds up, from its query first and its name second; in doubt over nothing."""

import pytest

from genie.model import Column, Table
from render.columns.read import read_result
from render.columns.reading import Adds, Reading
from render.sql.model import Operation, QueryColumn, QueryReading

ALL, HELD, NO = Adds.EVERYWHERE, Adds.NOT_OVER_TIME, Adds.NEVER
SUM = QueryColumn(Operation.SUM, ("amount",), adds=True)
COUNT = QueryColumn(Operation.COUNT, ("*",), adds=True)
AVERAGE = QueryColumn(Operation.AVERAGE, ("amount",), adds=False)


def by_group(name: str, query: QueryColumn | None = None, type_name: str = "LONG") -> Reading:
    """Read one amount for each of some groups."""
    rows = tuple((f"Group {chr(65 + at)}", str(340 - 17 * at * at)) for at in range(4))
    columns = (QueryColumn(Operation.COLUMN, ("x",), is_key=True), query) if query else ()
    return read_result(Table((Column("x_group"), Column(name, type_name)), rows), QueryReading(columns))


BY_NAME = [
    *((name, ALL) for name in ("revenue", "umsatz", "chiffre_ca", "ventas", "receita", "売上", "销售额")),
    *((name, ALL) for name in ("orders", "page_views", "total_cost", "hires", "kosten_eur", "order_amount")),
    *(
        (name, HELD)
        for name in ("employee_count", "stock_quantity", "total_balance_eur", "headcount", "bestand")
    ),
    *((name, HELD) for name in ("anzahl", "cnt", "件数", "order_count")),
    *((name, HELD) for name in ("open_tickets", "active_subscribers", "effectif", "saldo", "在庫", "mrr")),
    *((name, NO) for name in ("users", "total_customers", "visitors", "active_users", "kunden", "客数")),
    *(
        (name, NO)
        for name in ("aov", "arpu", "cpc", "ctr", "roas", "ltv", "latency_ms", "days_to_ship", "uptime")
    ),
    *(
        (name, NO)
        for name in ("unit_cost", "hourly_wage", "conversion", "churn", "utilization", "prix", "客単価")
    ),
    *(
        (name, NO)
        for name in ("durchschnittspreis", "klickrate", "revenue_ytd", "kumulierter_umsatz", "売上累計")
    ),
    *(
        (name, NO)
        for name in ("revenue_target", "umsatz_vorjahr", "sales_growth", "p95", "distinct_orders", "value")
    ),
]


@pytest.mark.parametrize(("name", "adds"), BY_NAME)
def test_without_a_query_the_name_of_a_flow_adds_up_and_nothing_in_doubt(name: str, adds: Adds) -> None:
    """Averages, rates and people in groups never do, holdings not over time (B11, B12)."""
    assert by_group(name).columns[1].adds is adds


BY_QUERY = [
    ("avg_basket", SUM, ALL),
    ("value", SUM, ALL),
    ("col_2", COUNT, ALL),
    ("total_price", AVERAGE, NO),
    ("revenue", QueryColumn(Operation.RUNNING, ("revenue",), adds=False), NO),
    ("orders", QueryColumn(Operation.COUNT_DISTINCT, ("order_id",), adds=False), NO),
    ("headcount", COUNT, HELD),
    ("total", QueryColumn(Operation.SUM, ("stock_quantity",), adds=True), HELD),
    ("kunden", COUNT, HELD),
    ("total", QueryColumn(Operation.SUM, ("ytd_revenue",), adds=True), NO),
    ("revenue", QueryColumn(Operation.OTHER), ALL),
    ("kpi_7", QueryColumn(Operation.OTHER), NO),
]


@pytest.mark.parametrize(("name", "query", "adds"), BY_QUERY)
def test_the_query_decides_and_the_name_only_where_it_is_silent(
    name: str, query: QueryColumn, adds: Adds
) -> None:
    """A sum is one whatever it is called, unless of what is held or adds up already."""
    assert by_group(name, query).columns[1].adds is adds


def test_the_steps_of_a_funnel_do_not_add_up() -> None:
    """Who bought has visited, too."""
    rows = (("1 Visit", "4120"), ("2 Cart", "1690"), ("3 Order", "611"))
    columns = (Column("stage"), Column("orders", "LONG"))
    told = QueryReading((QueryColumn(Operation.COLUMN, ("stage",), is_key=True), COUNT))
    assert [read_result(Table(columns, rows), query).columns[1].adds for query in (QueryReading(), told)] == [
        NO,
        NO,
    ]


@pytest.mark.parametrize("name", ["currency", "currency_code", "waehrung", "devise", "通貨"])
def test_amounts_in_several_currencies_do_not_add_up(name: str) -> None:
    """Yen and dollars have no sum, the same converted into one currency do, and so do counts (B13)."""
    columns = (
        Column(name),
        Column("amount", "DECIMAL"),
        Column("amount_eur", "DECIMAL"),
        Column("orders", "LONG"),
    )
    rows = (
        ("USD", "1200.50", "1100.10", "7"),
        ("EUR", "800.25", "800.25", "5"),
        ("JPY", "90000.00", "551.20", "9"),
    )
    reading = read_result(Table(columns, rows))
    assert (reading.currencies, [column.adds for column in reading.columns[1:]]) == (0, [NO, ALL, ALL])


def test_one_currency_is_no_obstacle() -> None:
    """Where all rows are in euros their amounts add up."""
    rows = (("EUR", "A", "1200.50"), ("EUR", "B", "800.25"))
    reading = read_result(Table((Column("currency"), Column("region"), Column("amount", "DECIMAL")), rows))
    assert (reading.currencies, reading.columns[2].adds) == (None, ALL)


def test_rates_of_currencies_are_no_amounts_in_them() -> None:
    """A rate belongs to two currencies and is in neither."""
    rows = (("EUR", "CHF", "0.9402"), ("EUR", "JPY", "171.44"))
    columns = (Column("base_currency"), Column("quote_currency"), Column("rate", "DOUBLE"))
    assert read_result(Table(columns, rows)).currencies is None


METRICS = (("Revenue", "1200000.0"), ("Orders", "400.0"), ("Conversion rate", "0.031"), ("AOV", "3000.0"))


@pytest.mark.parametrize("name", ["metric", "kpi", "kennzahl", "indicateur", "指標", "label"])
def test_a_list_of_figures_adds_up_nowhere(name: str) -> None:
    """Revenue and a conversion rate have no sum and no common axis (B14)."""
    reading = read_result(Table((Column(name), Column("value", "DOUBLE")), METRICS))
    assert (reading.is_metric_list, reading.columns[1].adds, reading.totals) == (True, NO, frozenset())


def test_products_are_no_list_of_figures() -> None:
    """A value for each product is one measure."""
    rows = (("Desk", "120"), ("Lamp", "40"), ("Chair", "31"))
    assert not read_result(Table((Column("product"), Column("value", "DOUBLE")), rows)).is_metric_list


WHOLES = [
    (
        ("desktop", "mobile", "sessions"),
        [("60", "40", "100"), ("70", "55", "125"), ("81", "30", "111")],
        {1, 2},
    ),
    (("total", "orders_de", "orders_fr"), [("100", "60", "40"), ("125", "70", "55")], {2, 3}),
    (("orders", "revenue", "cost"), [("60", "40", "101"), ("70", "55", "126"), ("81", "30", "112")], set()),
    (("orders_new", "orders_lost", "orders_net"), [("60", "40", "20"), ("70", "55", "15")], set()),
]


@pytest.mark.parametrize(("names", "rows", "parts"), WHOLES)
def test_measures_that_another_one_adds_up_are_parts(
    names: tuple[str, ...], rows: list[tuple[str, ...]], parts: set[int]
) -> None:
    """Measures side by side make a whole only where a column holds that whole in every row (B15)."""
    columns = (Column("region"), *(Column(name, "LONG") for name in names))
    counted = QueryReading((QueryColumn(Operation.COLUMN, ("region",), is_key=True), *(COUNT for _ in names)))
    table = Table(columns, tuple((f"Region {at}", *row) for at, row in enumerate(rows)))
    assert set(read_result(table, counted).parts) == parts


@pytest.mark.parametrize(
    "origin", [("stock_eod",), ("subscriptions", "active"), ("offene_posten",), ("disks_current",)]
)
def test_what_is_there_at_one_moment_is_held(origin: tuple[str, ...]) -> None:
    """Rows of a snapshot, or of what is open or active, are those of the next moment, too."""
    told = QueryReading((QueryColumn(Operation.COLUMN, ("plan",), is_key=True), COUNT), origin=origin)
    table = Table((Column("plan"), Column("cnt", "LONG")), (("A", "412"), ("B", "288")))
    assert read_result(table, told).columns[1].adds is HELD


@pytest.mark.parametrize("name", ["month_end", "stock_date", "as_of_date", "stichtag"])
def test_what_stands_by_a_day_of_counting_is_held(name: str) -> None:
    """A date that is called the end of a month or that of a stock says when something was counted."""
    told = QueryReading((QueryColumn(Operation.COLUMN, (name,), is_key=True), SUM))
    table = Table(
        (Column(name, "DATE"), Column("units", "LONG")), (("2026-09-30", "412"), ("2026-10-31", "288"))
    )
    assert read_result(table, told).columns[1].adds is HELD


@pytest.mark.parametrize("name", ["new_customers", "churned_customers", "net_new_mrr", "closed_accounts"])
def test_what_comes_and_goes_adds_up(name: str) -> None:
    """New customers of May are not those of June."""
    assert by_group(name, SUM).columns[1].adds is ALL


def test_a_limit_that_was_not_reached_left_nothing_out() -> None:
    """Fewer rows than the LIMIT are all of them, and a SELECT * is ordered by a name."""
    table = Table((Column("region"), Column("revenue", "DECIMAL")), (("A", "412.5"), ("B", "288.5")))
    told = QueryReading(limited=True, limit=2, order_names=("Revenue",))
    readings = [
        read_result(table, query) for query in (told, QueryReading(limited=True, limit=100), QueryReading())
    ]
    assert [(reading.limited, reading.order) for reading in readings] == [
        (True, 1),
        (False, None),
        (False, None),
    ]
