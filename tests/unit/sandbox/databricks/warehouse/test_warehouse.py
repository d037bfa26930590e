"""The sample warehouse: its orders, how it writes values, and what it refuses."""

import time
from datetime import date

import pytest

from sandbox.databricks.warehouse.statement_error import StatementError
from sandbox.databricks.warehouse.warehouse import Warehouse, sample_database

TODAY = date(2026, 11, 22)


async def test_same_day_has_the_same_orders() -> None:
    """The data is the same on every start, and the past is the same on every day."""
    sql = "SELECT SUM(revenue), COUNT(*) FROM samples.sales.orders WHERE order_date < DATE'2026-10-01'"
    results = []
    for today in (TODAY, TODAY, date(2026, 10, 3)):
        sample_database.cache_clear()
        warehouse = Warehouse(today)
        results.append((await warehouse.run(sql)).rows)
        warehouse.close()
    assert results[0] == results[1] == results[2]
    assert int(results[0][0][1] or 0) > 20_000


async def test_orders_reach_from_two_years_before_to_today() -> None:
    """There are at least two whole years of orders before this one, and orders of today."""
    warehouse = Warehouse(TODAY)
    found = await warehouse.run("SELECT MIN(order_date), MAX(order_date) FROM samples.sales.orders")
    warehouse.close()
    assert found.rows == (("2024-01-01", "2026-11-22"),)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY samples.sales.orders TO '/tmp/orders.csv'",
        "ATTACH '/tmp/other.db'",
        "SET enable_external_access = true",
        "DROP TABLE samples.sales.orders",
        "SELECT 1; SELECT 2",
        "SELECT * FROM nowhere",
        "SELEC",
    ],
)
async def test_warehouse_is_locked(sql: str) -> None:
    """The warehouse reads its own tables and nothing else, and writes nothing."""
    warehouse = Warehouse(TODAY)
    with pytest.raises(StatementError):
        await warehouse.run(sql)
    warehouse.close()


@pytest.mark.parametrize(
    ("expression", "cell"),
    [
        ("CAST(333600000 AS DOUBLE)", "3.336E8"),
        ("CAST(0.00001 AS DOUBLE)", "1.0E-5"),
        ("CAST(12.5 AS DOUBLE)", "12.5"),
        ("CAST(0 AS DOUBLE)", "0.0"),
        ("CAST('2026-01-02 03:04:05' AS TIMESTAMP_NTZ)", "2026-01-02T03:04:05.000Z"),
        ("true", "true"),
        ("CAST(1.50 AS DECIMAL(10,2))", "1.50"),
    ],
)
async def test_values_are_written_as_databricks_writes_them(expression: str, cell: str) -> None:
    """Numbers, times and truth values have the text that Databricks gives them."""
    warehouse = Warehouse(TODAY)
    found = await warehouse.run(f"SELECT {expression} AS value")
    warehouse.close()
    assert found.rows == ((cell,),)


async def test_sample_data_is_made_at_once() -> None:
    """The warehouse is ready in a blink, also the first one."""
    sample_database.cache_clear()
    started = time.process_time()
    Warehouse(TODAY).close()
    assert time.process_time() - started < 1.0


async def test_orders_are_built_once_for_all_servers() -> None:
    """Two warehouses of the same day share their orders, and one goes on when the other is closed."""
    first, second = Warehouse(TODAY), Warehouse(TODAY, max_rows=1)
    misses = sample_database.cache_info().misses
    Warehouse(TODAY).close()
    first.close()
    found = await second.run("SELECT order_date FROM samples.sales.orders")
    second.close()
    assert (len(found.rows), found.truncated) == (1, True)
    assert sample_database.cache_info().misses == misses
