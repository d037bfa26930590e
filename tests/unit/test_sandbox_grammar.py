"""Questions in plain English, one by one: the SQL they become and the figures they give."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import duckdb
import pytest

from sandbox.databricks.analyst import Analyst, Context
from sandbox.databricks.intent import Clarification, Intent, Remark
from sandbox.databricks.sample_data import statements
from sandbox.databricks.warehouse import Result, Warehouse

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


async def ask(question: str, warehouse: Warehouse) -> tuple[str, Result, str]:
    """Give the SQL, the rows and the summary of a question on its own."""
    analyst = Analyst(TODAY)
    meaning = analyst.understand(question, Context())
    assert isinstance(meaning, Intent)
    sql = analyst.draft(meaning).sql
    result = await warehouse.run(sql)
    return sql, result, analyst.summary(meaning, result)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
async def test_question_gives_the_figures_that_hand_written_sql_gives(
    case: Case, warehouse: Warehouse, by_hand: duckdb.DuckDBPyConnection
) -> None:
    """A question becomes SQL in Databricks' dialect whose rows are those of a query written by hand."""
    sql, result, _ = await ask(case.question, warehouse)
    expected = by_hand.execute(case.figures).fetchall()
    assert all(fragment in sql for fragment in case.fragments)
    assert [list(row) for row in result.rows] == [[_text(cell) for cell in row] for row in expected]
    assert result.rows


def _text(cell: object) -> str | None:
    return None if cell is None else str(cell)


async def test_summary_quotes_the_rows(warehouse: Warehouse) -> None:
    """The sentence of an answer names the leader, its figure and its share, as the rows have them."""
    _, result, summary = await ask("total revenue by region", warehouse)
    leader, figure = result.rows[0]
    total = sum(float(row[1] or 0) for row in result.rows)
    share = f"{100 * float(figure or 0) / total:.0f} % of the total"
    assert summary.startswith(
        f"**{leader}** leads with revenue of **{float(figure or 0) / 1e6:.2f} M**, {share}"
    )


async def test_running_month_is_not_taken_for_a_fall(warehouse: Warehouse) -> None:
    """A course of months is judged by whole months, and the sentence says that the last one is not over."""
    _, result, summary = await ask("monthly revenue this year", warehouse)
    assert result.rows[-1][0] == "2026-11-01"
    assert "(Oct 2026)" in summary
    assert summary.endswith("Nov 2026 is not complete yet.")


async def test_place_that_is_not_in_the_data_gives_no_rows(warehouse: Warehouse) -> None:
    """A filter by an unknown place runs and finds nothing, and the answer says so."""
    sql, result, summary = await ask("revenue in Atlantis", warehouse)
    assert "`country` = 'Atlantis'" in sql
    assert result.rows == ()
    assert summary.startswith("No orders match")


async def test_total_of_a_future_year_is_null(warehouse: Warehouse) -> None:
    """A total over no orders is one NULL cell, as SQL has it, and the answer says that there is nothing."""
    _, result, summary = await ask("revenue in 2031", warehouse)
    assert result.rows == ((None,),)
    assert summary == "There is no revenue in 2031: no orders match."


async def test_listing_with_all_columns_is_wide(warehouse: Warehouse) -> None:
    """Orders with all columns come with every column of the table."""
    _, result, _ = await ask("list the latest orders with all columns", warehouse)
    assert len(result.columns) == 14
    assert len(result.rows) == 100


async def test_apostrophe_in_a_name_stays_inside_its_quotes(warehouse: Warehouse) -> None:
    """A name with an apostrophe is a value in the SQL and nothing else."""
    sql, result, _ = await ask("revenue in O'Hara", warehouse)
    assert "= 'O''Hara'" in sql
    assert result.rows == ()


@pytest.mark.parametrize(
    "question", ["help", "What can you do?", "Which data do you have?", "are you an AI?"]
)
def test_help_says_openly_what_this_is(question: str) -> None:
    """Asked what it can do, Genie says in words that it is a sandbox and no AI, and what it knows."""
    meaning = Analyst(TODAY).understand(question, Context())
    assert isinstance(meaning, Remark)
    assert "sandbox" in meaning.text
    assert "not an AI" in meaning.text


def test_asked_for_a_meaning_it_defines_the_figure() -> None:
    """A question for the meaning of a figure is answered in words alone."""
    meaning = Analyst(TODAY).understand("What does margin mean?", Context())
    assert meaning == Remark("**Margin** is the revenue minus its cost, in US dollars.")


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Who are our best customers?", "revenue, units, margin or orders?"),
        ("by region please", "revenue, units, margin or orders?"),
        ("revenue by weather", "nothing called “weather”"),
        ("asdf qwer", "did not understand"),
        ("?!", "did not understand"),
    ],
)
def test_what_it_does_not_understand_it_asks_back(question: str, part: str) -> None:
    """An unclear question is answered by a question."""
    meaning = Analyst(TODAY).understand(question, Context())
    assert isinstance(meaning, Clarification)
    assert part in meaning.question
