"""What single expressions say that are no sums: rows as they are, bands, flags, lists, literals."""

import pytest

from render.sql.read import read_query
from tests.unit.render.sql.test_queries import said

QUERIES = [
    # Rows of tables as they are.
    ("column ? of balance", "SELECT name, balance AS value FROM accounts"),
    ("other ? of a, b", "SELECT name, a * b AS value FROM t"),
    ("other ? of revenue, cost", "SELECT name, revenue - cost AS value FROM t"),
    ("ratio - of revenue, orders", "SELECT name, revenue / orders AS value FROM t"),
    ("other ?", "SELECT name, DATEDIFF(closed, opened) AS value FROM t"),
    ("sum +", "SELECT DAY(d), SUM(DATEDIFF(closed, opened)) AS value FROM t GROUP BY 1"),
    ("column - of stock", "SELECT name, MAX_BY(stock, day) AS value FROM t GROUP BY name"),
    ("other -", "SELECT name, SUM(x) * MAX(rate) AS value FROM t GROUP BY name"),
    ("sum -", "SELECT name, ABS(SUM(x)) AS value FROM t GROUP BY name"),
    ("list ?", "SELECT name, collect_set(tag) AS value FROM t GROUP BY name"),
    ("list ?", "SELECT name, array_join(collect_list(tag), ', ') AS value FROM t GROUP BY name"),
    ("sum ?", "SELECT name, format_number(SUM(x), 2) AS value FROM t GROUP BY name"),
    ("flag ?", "SELECT name, x > 5 AS value FROM t"),
    ("flag ?", "SELECT name, CASE WHEN x > 5 THEN 1 ELSE 0 END AS value FROM t"),
    (
        "bucket ? of age",
        (
            "SELECT CASE WHEN age < 20 THEN 'young' WHEN age < 60 THEN 'middle' ELSE 'old' END AS value, "
            "COUNT(*) FROM t GROUP BY 1"
        ),
    ),
    (
        "bucket ? of age",
        (
            "SELECT CASE WHEN age BETWEEN 0 AND 9 OR age IS NULL THEN 'a' ELSE 'b' END AS value, COUNT(*) "
            "FROM t GROUP BY 1"
        ),
    ),
    ("bucket ? of price", "SELECT FLOOR(price / 10) * 10 AS value, COUNT(*) FROM t GROUP BY 1"),
    ("bucket ? of price", "SELECT width_bucket(price, 0, 100, 10) AS value, COUNT(*) FROM t GROUP BY 1"),
    (
        "other ? of status",
        "SELECT CASE status WHEN 'A' THEN 'Active' ELSE 'Gone' END AS value, COUNT(*) FROM t GROUP BY 1",
    ),
    (
        "bucket -",
        (
            "WITH o AS (SELECT cid, COUNT(*) AS value FROM t GROUP BY cid) SELECT value, COUNT(*) AS n "
            "FROM o GROUP BY value"
        ),
    ),
    ("sum +", "SELECT 'all' AS scope, SUM(x) AS value FROM t"),
    ("sum +", "SELECT (SELECT SUM(x) FROM a) AS value, (SELECT COUNT(*) FROM b) AS n"),
    ("ratio -", "SELECT SUM(x) AS rev, COUNT(*) AS n, rev / n AS value FROM t"),
    (
        "sum +",
        "SELECT * FROM (SELECT k, 'a' AS m, x FROM t) PIVOT (SUM(x) FOR m IN ('a' AS value))",
    ),
]


@pytest.mark.parametrize(("expected", "sql"), QUERIES)
def test_an_expression_is_what_it_makes_of_a_row(expected: str, sql: str) -> None:
    """What is no aggregate of rows is known for what it is, and in doubt it does not add up."""
    value = next(column for column in read_query(sql).columns if column.name == "value")
    assert said(value, expected) == expected
