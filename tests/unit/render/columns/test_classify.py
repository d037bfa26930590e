"""Kinds of columns: a table of names, types and values, each with what it means to a reader."""

import pytest

from genie.model import Cell, Column, Table
from render.columns.kinds import Kind
from render.columns.read import read_result
from render.sql.model import Operation, QueryColumn, QueryReading

# name, type, values, kind
DECISIONS: list[tuple[str, str, list[Cell], Kind]] = [
    ("revenue", "DECIMAL", ["12.50", "3.00"], Kind.MEASURE),
    ("orders", "LONG", ["1", "2"], Kind.MEASURE),
    ("revenue", "DOUBLE", ["3.336E8", None], Kind.MEASURE),
    ("customer_id", "LONG", ["1204", "1305"], Kind.IDENTIFIER),
    ("customerId", "LONG", ["1204", "1305"], Kind.IDENTIFIER),
    ("CUSTOMER ID", "DECIMAL", ["1204", "1305"], Kind.IDENTIFIER),
    ("zip_code", "INT", ["80331"], Kind.CATEGORY),
    ("order number", "LONG", ["5001"], Kind.IDENTIFIER),
    ("phone", "LONG", ["4989123456"], Kind.IDENTIFIER),
    ("account", "LONG", ["1204987"], Kind.IDENTIFIER),
    ("order", "LONG", ["900001"], Kind.IDENTIFIER),
    ("min_order", "LONG", ["900001"], Kind.MEASURE),
    ("account", "STRING", ["Acme"], Kind.CATEGORY),
    ("revenue_per_sku", "DOUBLE", ["1200.0"], Kind.MEASURE),
    ("période", "LONG", ["12"], Kind.MEASURE),
    ("prénom_code", "LONG", ["12"], Kind.CATEGORY),
    ("précode", "LONG", ["12"], Kind.MEASURE),
    ("number_of_orders", "LONG", ["5"], Kind.MEASURE),
    ("count(customer_id)", "LONG", ["5"], Kind.MEASURE),
    ("customer_id_count", "LONG", ["5"], Kind.MEASURE),
    ("anything", "LONG", ["00123", "00124"], Kind.IDENTIFIER),
    ("sku", "STRING", ["A-1"], Kind.IDENTIFIER),
    ("plant", "STRING", ["00123", "00124"], Kind.IDENTIFIER),
    ("row", "STRING", ["123e4567-e89b-12d3-a456-426614174000"], Kind.IDENTIFIER),
    ("year", "INT", ["2025", "2026"], Kind.YEAR),
    ("fiscal_year", "DOUBLE", ["2025.0"], Kind.CATEGORY),
    ("year", "STRING", ["2025"], Kind.YEAR),
    ("yr", "LONG", ["2025"], Kind.YEAR),
    ("Jahr", "INT", ["2025"], Kind.YEAR),
    ("année", "INT", ["2025"], Kind.YEAR),
    ("year_month", "LONG", ["202603", "202512"], Kind.MONTH),
    ("month", "STRING", ["202603"], Kind.MONTH),
    ("order_date", "INT", ["20260301"], Kind.TIME),
    ("order_date", "INT", ["20260230"], Kind.MEASURE),
    ("month", "LONG", ["202613"], Kind.MEASURE),
    ("orders_per_month", "LONG", ["202603"], Kind.MEASURE),
    ("orders", "LONG", ["202603"], Kind.MEASURE),
    ("orders_this_year", "LONG", ["2020"], Kind.MEASURE),
    ("month", "INT", ["1", "12"], Kind.TIME),
    ("hour_of_day", "INT", ["0", "23"], Kind.TIME),
    ("month_of_year", "INT", ["1", "12"], Kind.TIME),
    ("revenue_per_month", "LONG", ["7"], Kind.MEASURE),
    ("dev_month", "LONG", ["130"], Kind.TIME),
    ("month", "STRING", ["2026-03", "2026-04"], Kind.MONTH),
    ("quarter", "STRING", ["2026-Q1", "Q2 2026"], Kind.QUARTER),
    ("day", "STRING", ["2026-03-02", "2026-03-03"], Kind.TIME),
    ("day", "DATE", ["2026-03-02", "2026-03-01"], Kind.TIME),
    ("period", "DATE", ["2026-03-01", "2026-04-01"], Kind.MONTH),
    ("period", "DATE", ["2026-03-01"], Kind.TIME),
    ("order_month", "DATE", ["2026-03-01"], Kind.MONTH),
    ("month", "TIMESTAMP", ["2026-03-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"], Kind.MONTH),
    ("quarter", "DATE", ["2026-01-01", "2026-04-01"], Kind.QUARTER),
    ("year", "DATE", ["2025-01-01", "2026-01-01"], Kind.YEAR),
    ("created", "TIMESTAMP_NTZ", ["2026-03-01 10:00:00"], Kind.TIME),
    ("share", "DOUBLE", ["0.25", "0.5"], Kind.RATIO),
    ("conversion_rate", "DECIMAL", ["0.031"], Kind.RATIO),
    ("profit_margin", "DOUBLE", ["0.2", "-0.1"], Kind.RATIO),
    ("exchange_rate", "DOUBLE", ["1.08", "0.9"], Kind.MEASURE),
    ("pct_of_total", "DOUBLE", ["0.25", "0.75"], Kind.RATIO),
    ("pct_of_total", "DOUBLE", ["25", "75"], Kind.PERCENT),
    ("margin %", "DECIMAL", ["12.5"], Kind.PERCENT),
    ("growth_pct", "DOUBLE", ["0.4", "0.9"], Kind.MEASURE),
    ("pct_change", "DOUBLE", ["0.12", "-0.3", "1.4"], Kind.MEASURE),
    ("marginpct", "DOUBLE", ["41.2", "38"], Kind.PERCENT),
    ("customer_count_change_pct", "DOUBLE", ["3.5"], Kind.PERCENT),
    ("percentage_points", "DOUBLE", ["3.5"], Kind.MEASURE),
    ("percentile", "DOUBLE", ["95"], Kind.MEASURE),
    ("churn_rate", "DOUBLE", ["5.2", "3.1"], Kind.PERCENT),
    ("churn_rate", "DOUBLE", ["152.5"], Kind.MEASURE),
    ("heart_rate", "DOUBLE", ["72.5"], Kind.MEASURE),
    ("growth_rate", "DOUBLE", ["3.5"], Kind.MEASURE),
    ("exchange_rate", "DOUBLE", ["0.92", "0.85"], Kind.MEASURE),
    ("failure_rate_count", "LONG", ["1"], Kind.MEASURE),
    ("region", "STRING", ["EMEA", None], Kind.CATEGORY),
    ("country", "STRING", ["France", None], Kind.GEOGRAPHY),
    ("ship_city_name", "STRING", ["Łódź"], Kind.GEOGRAPHY),
    ("country_code", "STRING", ["FR"], Kind.CATEGORY),
    ("state", "STRING", ["open", "closed"], Kind.CATEGORY),
    ("store_latitude", "DOUBLE", ["48.137154", "-33.9"], Kind.COORDINATE),
    ("p95_lat", "DOUBLE", ["48.1", "230.5"], Kind.MEASURE),
    ("comment", "STRING", ["word " * 20], Kind.TEXT),
    ("comment", "STRING", ["two\nlines"], Kind.TEXT),
    ("active", "BOOLEAN", ["true"], Kind.BOOLEAN),
    ("tags", "ARRAY", ['["a"]'], Kind.TEXT),
    ("took", "INTERVAL", ["1 day"], Kind.TEXT),
    ("what", "SOMETHING_NEW", ["1"], Kind.TEXT),
    ("nothing", "STRING", [None], Kind.CATEGORY),
    ("nothing", "DOUBLE", [], Kind.MEASURE),
    ("nothing", "DATE", [None], Kind.TIME),
    ("", "LONG", ["7"], Kind.MEASURE),
    ("odd", "DOUBLE", ["NaN", "Infinity", "x"], Kind.MEASURE),
]


@pytest.mark.parametrize(("name", "type_name", "values", "kind"), DECISIONS)
def test_a_column_is_what_its_type_name_and_values_say(
    name: str, type_name: str, values: list[Cell], kind: Kind
) -> None:
    """Each row of the table above is one decision."""
    table = Table((Column(name, type_name),), tuple((value,) for value in values))
    assert read_result(table).kinds == (kind,)


def test_every_column_gets_one_kind_in_order() -> None:
    """Kinds stand in the order of the columns, also when two columns have the same name."""
    columns = (Column("id", "LONG"), Column("x", "STRING"), Column("x", "DOUBLE"))
    assert read_result(Table(columns, (("1", "a", "2.5"),))).kinds == (
        Kind.IDENTIFIER,
        Kind.CATEGORY,
        Kind.MEASURE,
    )


RATIO, CHANGE = Operation.RATIO, Operation.CHANGE
SCALED = [
    ("margin_pct", QueryColumn(RATIO, adds=False, scale=1), ["0.12", "0.4"], Kind.RATIO),
    ("margin_pct", QueryColumn(RATIO, adds=False, scale=100), ["0.12", "0.4"], Kind.PERCENT),
    ("growth_pct", QueryColumn(CHANGE, adds=False, scale=1), ["1.4", "-0.2"], Kind.RATIO),
    ("yoy", QueryColumn(CHANGE, adds=False, scale=100), ["4.8", "6.3"], Kind.PERCENT),
    ("pct_of_visits", QueryColumn(RATIO, adds=False, scale=1), ["100.0", "57.7"], Kind.PERCENT),
    ("aov", QueryColumn(RATIO, adds=False, scale=1), ["0.9", "0.8"], Kind.MEASURE),
    ("nps", QueryColumn(RATIO, adds=False, scale=100), ["-8.9", "1.9"], Kind.MEASURE),
    ("l_per_100km", QueryColumn(RATIO, adds=False, scale=100), ["27.8", "30.1"], Kind.MEASURE),
]


@pytest.mark.parametrize(("name", "query", "values", "kind"), SCALED)
def test_the_query_says_what_a_percentage_was_multiplied_by(
    name: str, query: QueryColumn, values: list[str], kind: Kind
) -> None:
    """0.4 is 40 % or 0.4 %: the query knows, unless the values deny it or it is no percentage (B26)."""
    table = Table((Column(name, "DOUBLE"),), tuple((value,) for value in values))
    assert read_result(table, QueryReading((query,))).kinds == (kind,)
