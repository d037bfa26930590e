"""What a query says about a column: how it is made, from what, and whether it adds up."""

import pytest

from render.sql.model import Operation as Op
from render.sql.read import read_query

GROUPED = "SELECT region, EXPRESSION AS value FROM orders o GROUP BY region"
ADDING = [
    ("SUM(amount)", Op.SUM, ("amount",)),
    ("ROUND(SUM(o.amount), 2)", Op.SUM, ("amount",)),
    ("CAST(COALESCE(SUM(amount), 0) AS DECIMAL(18, 2))", Op.SUM, ("amount",)),
    ("SUM(amount)::double / 1000000", Op.SUM, ("amount",)),
    ("-SUM(payables)", Op.SUM, ("payables",)),
    ("SUM(CASE WHEN status = 'paid' THEN amount ELSE 0 END)", Op.SUM, ("amount",)),
    ("SUM(amount) FILTER (WHERE status = 'paid')", Op.SUM, ("amount",)),
    ("SUM(quantity * unit_price * (1 - discount))", Op.SUM, ("quantity", "unit_price", "discount")),
    ("SUM(revenue) - SUM(cost)", Op.SUM, ("revenue", "cost")),
    ("SUM(net) + SUM(tax)", Op.SUM, ("net", "tax")),
    ("try_sum(amount)", Op.SUM, ("amount",)),
    ("COUNT(*)", Op.COUNT, ()),
    ("COUNT(order_id)", Op.COUNT, ("order_id",)),
    ("count_if(status = 'late')", Op.COUNT, ()),
    ("SUM(CASE WHEN status = 'late' THEN 1 ELSE 0 END)", Op.COUNT, ()),
    ("SUM(IF(is_new, 1, 0))", Op.COUNT, ()),
    ("SUM(1)", Op.COUNT, ()),
]
NEVER = [
    ("SUM(DISTINCT amount)", Op.SUM, ("amount",)),
    ("AVG(amount)", Op.AVERAGE, ("amount",)),
    ("ROUND(mean(price), 2)", Op.AVERAGE, ("price",)),
    ("COUNT(DISTINCT customer_id)", Op.COUNT_DISTINCT, ("customer_id",)),
    ("COUNT(DISTINCT CASE WHEN paid THEN customer_id END)", Op.COUNT_DISTINCT, ("customer_id",)),
    ("approx_count_distinct(user_id)", Op.COUNT_DISTINCT, ("user_id",)),
    ("MEDIAN(days)", Op.MEDIAN, ("days",)),
    ("percentile_approx(latency_ms, 0.95)", Op.MEDIAN, ("latency_ms",)),
    ("percentile_cont(0.5) WITHIN GROUP (ORDER BY days)", Op.MEDIAN, ("days",)),
    ("MAX(price)", Op.MAX, ("price",)),
    ("MIN(price)", Op.MIN, ("price",)),
    ("STDDEV(price)", Op.SPREAD, ("price",)),
    ("SUM(revenue) / COUNT(*)", Op.RATIO, ("revenue",)),
    ("try_divide(SUM(clicks), SUM(views))", Op.RATIO, ("clicks", "views")),
    ("SUM(clicks) div NULLIF(SUM(views), 0)", Op.RATIO, ("clicks", "views")),
    ("AVG(CASE WHEN churned THEN 1 ELSE 0 END)", Op.RATIO, ()),
    ("SUM(amount) / 4180", Op.RATIO, ("amount",)),
    ("ROUND(SUM(amount) / SUM(SUM(amount)) OVER (PARTITION BY year), 3)", Op.SHARE, ("amount",)),
    ("SUM(SUM(amount)) OVER (ORDER BY region)", Op.RUNNING, ("amount",)),
    ("AVG(SUM(x)) OVER (ORDER BY region ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)", Op.MOVING, ("x",)),
    ("SUM(SUM(amount)) OVER ()", Op.REPEATED, ("amount",)),
    ("LAG(SUM(amount)) OVER (ORDER BY region)", Op.PREVIOUS, ("amount",)),
    ("ROW_NUMBER() OVER (ORDER BY SUM(amount) DESC)", Op.RANK, ("amount",)),
    ("NTILE(4) OVER (ORDER BY SUM(amount))", Op.BUCKET, ()),
]
SILENT = ["MEASURE(`Total Revenue`)", "my_function(amount)", "any_function(SUM(amount))"]


@pytest.mark.parametrize(("expression", "operation", "sources"), ADDING)
def test_sums_and_counts_of_disjoint_rows_add_up(
    expression: str, operation: Op, sources: tuple[str, ...]
) -> None:
    """Sums and counts add up, whatever rounds, casts or scales them."""
    key, value = read_query(GROUPED.replace("EXPRESSION", expression)).columns
    assert (key.operation, key.is_key) == (Op.COLUMN, True)
    assert (value.operation, value.sources, value.adds) == (operation, sources, True)


@pytest.mark.parametrize(("expression", "operation", "sources"), NEVER)
def test_what_is_no_sum_of_parts_never_adds_up(
    expression: str, operation: Op, sources: tuple[str, ...]
) -> None:
    """Averages, ratios, distinct counts and values of other rows are known, and known not to add up."""
    value = read_query(GROUPED.replace("EXPRESSION", expression)).columns[1]
    assert (value.operation, value.sources[: len(sources)], value.adds) == (operation, sources, False)


@pytest.mark.parametrize("expression", SILENT)
def test_what_the_query_does_not_tell_is_left_open(expression: str) -> None:
    """Metric views and functions of others say nothing."""
    value = read_query(GROUPED.replace("EXPRESSION", expression)).columns[1]
    assert (value.operation, value.adds) == (Op.OTHER, None)


@pytest.mark.parametrize(
    "sql", ["", "SELECT (", "DROP TABLE x", "SELECT 1; SELECT 2", "\ud800", "SELECT * FROM t"]
)
def test_what_cannot_be_read_says_nothing(sql: str) -> None:
    """SQL that is no query, or not whole, or gives unknown columns, is no error."""
    assert read_query(sql).columns == ()
