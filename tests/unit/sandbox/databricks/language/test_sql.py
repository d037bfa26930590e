"""Questions in plain English, one by one: the SQL they become and the figures they give."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import pytest

from sandbox.databricks.language.analyst import Analyst, Context
from sandbox.databricks.language.intent import Intent
from sandbox.databricks.warehouse.sample_data import statements
from sandbox.databricks.warehouse.warehouse import Warehouse

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Case:
    question: str
    fragments: tuple[str, ...]
    """Parts of the Databricks SQL."""
    figures: str
    """The same in DuckDB's SQL, written by hand."""


CASES = (
    Case(
        "total revenue by region",
        ("FROM `samples`.`sales`.`orders`", "GROUP BY `region`"),
        "SELECT region, sum(revenue) FROM orders GROUP BY 1 ORDER BY 2 DESC",
    ),
    Case(
        "revenue by month in 2025",
        ("DATE_TRUNC('MONTH', `order_date`)", "DATE'2025-01-01'"),
        "SELECT date_trunc('month', order_date)::DATE, sum(revenue) FROM orders "
        "WHERE year(order_date) = 2025 GROUP BY 1 ORDER BY 1",
    ),
    Case(
        "Top 5 products by margin last quarter",
        ("LIMIT 5", "DATE'2026-07-01'", "DATE'2026-10-01'"),
        "SELECT product, sum(margin) FROM orders WHERE order_date BETWEEN '2026-07-01' AND '2026-09-30' "
        "GROUP BY 1 ORDER BY 2 DESC LIMIT 5",
    ),
    Case(
        "units by category and channel",
        ("`category`", "`channel`"),
        "SELECT category, channel, sum(units) FROM orders GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
    ),
    Case(
        "How many orders last month?",
        ("COUNT(*)",),
        "SELECT count(*) FROM orders WHERE order_date BETWEEN '2026-10-01' AND '2026-10-31'",
    ),
    Case(
        "average order value by country for EMEA",
        ("`region` = 'EMEA'",),
        "SELECT country, round(sum(revenue) / count(*), 2) FROM orders WHERE region = 'EMEA' "
        "GROUP BY 1 ORDER BY 2 DESC",
    ),
    Case(
        "monthly revenue by region this year",
        ("GROUP BY CAST(DATE_TRUNC('MONTH', `order_date`) AS DATE), `region`",),
        "SELECT date_trunc('month', order_date)::DATE, region, sum(revenue) FROM orders "
        "WHERE year(order_date) = 2026 GROUP BY 1, 2 ORDER BY 1, 3 DESC",
    ),
    Case(
        "compare revenue this year with last year by region",
        ("FILTER (WHERE", "`revenue_2025`", "`change_percent`"),
        "SELECT region, sum(revenue) FILTER (year(order_date) = 2026), "
        "sum(revenue) FILTER (order_date BETWEEN '2025-01-01' AND '2025-11-22'), "
        "round(100 * (sum(revenue) FILTER (year(order_date) = 2026) "
        "/ sum(revenue) FILTER (order_date BETWEEN '2025-01-01' AND '2025-11-22') - 1), 1) "
        "FROM orders GROUP BY 1 ORDER BY 4 DESC",
    ),
    Case(
        "revenue in Q3 vs Q2",
        ("`revenue_q3_2026`", "`revenue_q2_2026`"),
        "SELECT sum(revenue) FILTER (quarter(order_date) = 3), "
        "sum(revenue) FILTER (quarter(order_date) = 2), "
        "round(100 * (sum(revenue) FILTER (quarter(order_date) = 3) "
        "/ sum(revenue) FILTER (quarter(order_date) = 2) - 1), 1) FROM orders WHERE year(order_date) = 2026",
    ),
    Case(
        "list the 50 latest orders",
        ("ORDER BY `created_at` DESC", "LIMIT 50"),
        "SELECT order_id, order_date, customer, country, product, channel, units, revenue FROM orders "
        "ORDER BY created_at DESC, order_id DESC LIMIT 50",
    ),
    Case(
        "orders over 10000",
        ("`revenue` > 10000",),
        "SELECT order_id, order_date, customer, country, product, channel, units, revenue FROM orders "
        "WHERE revenue > 10000 ORDER BY revenue DESC, order_id",
    ),
    Case(
        "margin % by product",
        ("ROUND(100 * SUM(`margin`) / SUM(`revenue`), 1)",),
        "SELECT product, round(100 * sum(margin) / sum(revenue), 1) FROM orders "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
    Case(
        "revenue share by channel",
        ("OVER ()", "`share_percent`"),
        "SELECT channel, sum(revenue), round(100 * sum(revenue) / (SELECT sum(revenue) FROM orders), 1) "
        "FROM orders GROUP BY 1 ORDER BY 2 DESC",
    ),
    Case(
        "top 2 products per region by revenue",
        ("QUALIFY ROW_NUMBER()",),
        "SELECT product, region, sum(revenue) AS r FROM orders GROUP BY 1, 2 "
        "QUALIFY row_number() OVER (PARTITION BY region ORDER BY r DESC) <= 2 ORDER BY 2, 3 DESC",
    ),
    Case(
        "What was the revenue in the US and Germany since March 2026, without Online?",
        ("`country` IN ('United States', 'Germany')", "`channel` <> 'Online'"),
        "SELECT sum(revenue) FROM orders WHERE country IN ('United States', 'Germany') "
        "AND channel != 'Online' AND order_date >= '2026-03-01'",
    ),
    Case(
        "How many customers do we have by country?",
        ("COUNT(DISTINCT `customer`)",),
        "SELECT country, count(DISTINCT customer) FROM orders GROUP BY 1 ORDER BY 2 DESC, 1",
    ),
    Case(
        "customers with revenue over 200k",
        ("HAVING SUM(`revenue`) > 200000",),
        "SELECT customer, sum(revenue) AS r FROM orders GROUP BY 1 HAVING r > 200000 ORDER BY 2 DESC",
    ),
    Case(
        "worst 3 categories by return rate",
        ("LIMIT 3", " ASC"),
        "SELECT category, round(100 * count_if(returned) / count(*), 1) FROM orders "
        "GROUP BY 1 ORDER BY 2, 1 LIMIT 3",
    ),
    Case(
        "How did units develop over the last 12 months?",
        ("DATE'2025-11-01'", "DATE'2026-11-01'"),
        "SELECT date_trunc('month', order_date)::DATE, sum(units) FROM orders "
        "WHERE order_date >= '2025-11-01' AND order_date < '2026-11-01' GROUP BY 1 ORDER BY 1",
    ),
)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    warehouse = Warehouse(TODAY)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def by_hand() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:") as connection:
        for statement in statements(TODAY):
            connection.execute(statement)
        connection.execute("USE samples.sales")
        yield connection


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
async def test_question_gives_the_figures_that_hand_written_sql_gives(
    case: Case, warehouse: Warehouse, by_hand: duckdb.DuckDBPyConnection
) -> None:
    """A question becomes SQL in Databricks' dialect whose rows are those of a query written by hand."""
    resolution = Analyst(TODAY).resolve(case.question, Context())
    assert isinstance(resolution, Intent)
    sql = Analyst(TODAY).draft(resolution).sql
    result = await warehouse.run(sql)
    expected = by_hand.execute(case.figures).fetchall()
    assert all(fragment in sql for fragment in case.fragments)
    assert [list(row) for row in result.rows] == [[_text(cell) for cell in row] for row in expected]
    assert result.rows


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)
