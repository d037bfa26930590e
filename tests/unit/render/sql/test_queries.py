"""What whole queries say: columns followed through CTEs, subqueries, unions and windows."""

import pytest

from render.sql.model import QueryColumn
from render.sql.read import read_query

QUERIES = [
    # What the column `value` is: + adds up, - never does, ? the query does not tell.
    # A sum stays a sum on its way through queries within each other.
    (
        "sum + of amount",
        (
            "WITH m AS (SELECT month, region, SUM(amount) AS rev FROM s GROUP BY 1, 2) SELECT month, "
            "SUM(rev) AS value FROM m GROUP BY month"
        ),
    ),
    ("sum +", "SELECT t.month, t.r AS value FROM (SELECT month, SUM(amount) r FROM s GROUP BY month) t"),
    (
        "count +",
        (
            "WITH a AS (SELECT d, COUNT(*) n FROM s GROUP BY d), b AS (SELECT * FROM a) SELECT d, n AS "
            "value FROM b"
        ),
    ),
    (
        "sum +",
        "WITH w (k, v) AS (SELECT region, SUM(x) FROM s GROUP BY region) SELECT k, v AS value FROM w",
    ),
    (
        "sum +",
        "SELECT region, value FROM (SELECT region, SUM(x) AS value FROM s GROUP BY ALL) WHERE value > 10",
    ),
    (
        "sum +",
        (
            "WITH m AS (SELECT * EXCEPT (y) FROM (SELECT k, SUM(x) AS value, MAX(y) AS y FROM s GROUP BY "
            "k)) SELECT * FROM m"
        ),
    ),
    ("sum +", "SELECT k, SUM(x) AS value FROM s GROUP BY k HAVING COUNT(*) > 10"),
    ("sum +", "SELECT DISTINCT k, value FROM (SELECT k, SUM(x) AS value FROM s GROUP BY k)"),
    # A sum of what is no part of a whole means nothing.
    (
        "sum -",
        (
            "WITH m AS (SELECT day, AVG(x) a FROM s GROUP BY day) SELECT month(day), SUM(a) AS value FROM "
            "m GROUP BY 1"
        ),
    ),
    (
        "sum -",
        (
            "WITH m AS (SELECT day, COUNT(DISTINCT u) a FROM s GROUP BY day) SELECT month(day), SUM(a) AS "
            "value FROM m GROUP BY 1"
        ),
    ),
    (
        "sum -",
        "WITH m AS (SELECT k, SUM(a) / SUM(b) AS r FROM s GROUP BY k) SELECT SUM(r) AS value FROM m",
    ),
    (
        "sum -",
        (
            "WITH m AS (SELECT k, d, SUM(SUM(a)) OVER (ORDER BY d) AS r FROM s GROUP BY k, d) SELECT k, "
            "SUM(r) AS value FROM m GROUP BY k"
        ),
    ),
    ("average -", "WITH m AS (SELECT k, SUM(a) AS r FROM s GROUP BY k) SELECT AVG(r) AS value FROM m"),
    ("max -", "WITH m AS (SELECT k, SUM(a) AS r FROM s GROUP BY k) SELECT MAX(r) AS value FROM m"),
    ("sum -", "SELECT k, SUM(clicks / views) AS value FROM s GROUP BY k"),
    # Rows that meet several others are not added up.
    (
        "repeated -",
        (
            "WITH t AS (SELECT SUM(x) AS value FROM s) SELECT k, SUM(x) AS own, t.value FROM s CROSS JOIN "
            "t GROUP BY ALL"
        ),
    ),
    (
        "repeated -",
        (
            "WITH r AS (SELECT region, SUM(x) AS value FROM s GROUP BY region), c AS (SELECT region, "
            "city, SUM(x) AS y FROM s GROUP BY region, city) SELECT c.city, c.y, r.value FROM c JOIN r ON "
            "r.region = c.region"
        ),
    ),
    (
        "sum -",
        (
            "WITH r AS (SELECT region, SUM(x) AS v FROM s GROUP BY region), c AS (SELECT region, city, "
            "SUM(x) AS y FROM s GROUP BY region, city) SELECT c.region, SUM(r.v) AS value FROM c JOIN r "
            "ON r.region = c.region GROUP BY 1"
        ),
    ),
    (
        "sum +",
        (
            "WITH a AS (SELECT m, SUM(x) AS value FROM s GROUP BY m), b AS (SELECT m, COUNT(*) n FROM u "
            "GROUP BY m) SELECT a.m, a.value, b.n FROM a FULL OUTER JOIN b USING (m)"
        ),
    ),
    (
        "sum +",
        (
            "WITH a AS (SELECT m, SUM(x) AS v FROM s GROUP BY m), b AS (SELECT m, COUNT(*) n FROM u GROUP "
            "BY m) SELECT COALESCE(a.m, b.m) AS m, COALESCE(a.v, 0) AS value FROM a FULL JOIN b ON a.m = "
            "b.m"
        ),
    ),
    (
        "sum ?",
        (
            "WITH a AS (SELECT cid, SUM(x) AS value FROM s GROUP BY cid) SELECT c.name, a.value FROM a "
            "JOIN c ON c.id = a.cid"
        ),
    ),
    (
        "sum +",
        (
            "WITH a AS (SELECT cid, SUM(x) AS v FROM s GROUP BY cid) SELECT c.segment, SUM(a.v) AS value "
            "FROM a JOIN c ON c.id = a.cid GROUP BY 1"
        ),
    ),
    (
        "count -",
        "SELECT tag, COUNT(*) AS value FROM posts LATERAL VIEW explode(tags) t AS tag GROUP BY tag",
    ),
    (
        "count -",
        (
            "SELECT d.day, COUNT(*) AS value FROM days d JOIN subs s ON s.start <= d.day AND s.stop > "
            "d.day GROUP BY 1"
        ),
    ),
    (
        "sum -",
        "SELECT a.day, SUM(b.x) AS value FROM s a JOIN s b ON a.k = b.k AND b.day <= a.day GROUP BY 1",
    ),
    (
        "count ?",
        (
            "WITH u AS (SELECT DISTINCT user_id, month FROM e) SELECT month, COUNT(*) AS value FROM u "
            "GROUP BY month"
        ),
    ),
    (
        "count +",
        (
            "WITH f AS (SELECT user_id, MIN(month) AS cohort FROM e GROUP BY user_id) SELECT cohort, "
            "COUNT(*) AS value FROM f GROUP BY cohort"
        ),
    ),
    # Shares, whichever way the whole is found.
    ("share + of x times 1", "SELECT k, SUM(x) / SUM(SUM(x)) OVER () AS value FROM s GROUP BY k"),
    (
        "share + times 100",
        "SELECT k, ROUND(100.0 * COUNT(*) / SUM(COUNT(*)) OVER (), 1) AS value FROM s GROUP BY k",
    ),
    ("share + of x times 1", "SELECT k, SUM(x) / (SELECT SUM(x) FROM s) AS value FROM s GROUP BY k"),
    (
        "share + of x times 100",
        (
            "WITH t AS (SELECT SUM(x) AS total FROM s) SELECT k, SUM(x) * 100 / MAX(t.total) AS value "
            "FROM s CROSS JOIN t GROUP BY k"
        ),
    ),
    (
        "share + of x times 1",
        (
            "WITH m AS (SELECT k, SUM(x) r FROM s GROUP BY k), t AS (SELECT SUM(r) AS total FROM m) "
            "SELECT m.k, try_divide(m.r, t.total) AS value FROM m, t"
        ),
    ),
    ("share + of x times 1", "SELECT k, x, x / SUM(x) OVER () AS value FROM s"),
    ("share -", "SELECT y, k, SUM(x) / SUM(SUM(x)) OVER (PARTITION BY y) AS value FROM s GROUP BY y, k"),
    ("share -", "SELECT k, COUNT(DISTINCT u) / SUM(COUNT(DISTINCT u)) OVER () AS value FROM s GROUP BY k"),
    ("ratio - of x times 1", "SELECT k, SUM(CASE WHEN ok THEN x END) / SUM(x) AS value FROM s GROUP BY k"),
    (
        "running - of x times 1",
        (
            "WITH m AS (SELECT k, SUM(x) r FROM s GROUP BY k) SELECT k, SUM(r) OVER (ORDER BY r DESC) / "
            "SUM(r) OVER () AS value FROM m"
        ),
    ),
    # Comparisons with other rows and other periods.
    (
        "difference -",
        "SELECT m, SUM(x) AS now, SUM(x) - LAG(SUM(x)) OVER (ORDER BY m) AS value FROM s GROUP BY m",
    ),
    (
        "change - of x times 100",
        (
            "WITH a AS (SELECT m, SUM(x) r FROM s GROUP BY m), b AS (SELECT m, r, LAG(r) OVER (ORDER BY "
            "m) p FROM a) SELECT m, r, ROUND((r - p) / NULLIF(p, 0) * 100, 1) AS value FROM b"
        ),
    ),
    (
        "change - of x times 1",
        (
            "SELECT m, SUM(x) AS now, try_divide(SUM(x) - LAG(SUM(x)) OVER (ORDER BY m), LAG(SUM(x)) OVER "
            "(ORDER BY m)) AS value FROM s GROUP BY m"
        ),
    ),
    (
        "change - times 1",
        "SELECT m, SUM(x) AS now, SUM(x) / LAG(SUM(x), 12) OVER (ORDER BY m) - 1 AS value FROM s GROUP BY m",
    ),
    (
        "difference +",
        (
            "SELECT k, SUM(CASE WHEN y = 2026 THEN x END) AS cur, SUM(CASE WHEN y = 2025 THEN x END) AS "
            "prev, SUM(CASE WHEN y = 2026 THEN x END) - SUM(CASE WHEN y = 2025 THEN x END) AS value FROM "
            "s GROUP BY k"
        ),
    ),
    ("change -", "SELECT k, (SUM(act) - SUM(plan)) / SUM(plan) AS value FROM s GROUP BY k"),
    ("ratio -", "SELECT k, (SUM(rev) - SUM(cost)) / SUM(rev) AS value FROM s GROUP BY k"),
    (
        "moving -",
        "SELECT d, AVG(x) OVER (ORDER BY d ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS value FROM s",
    ),
    ("running -", "SELECT d, SUM(x) OVER w AS value FROM s WINDOW w AS (PARTITION BY k ORDER BY d)"),
    (
        "repeated -",
        (
            "SELECT d, SUM(x) OVER (ORDER BY d ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) "
            "AS value FROM s"
        ),
    ),
    ("repeated -", "SELECT k, FIRST_VALUE(x) OVER (PARTITION BY k ORDER BY d) AS value FROM s"),
    ("ratio -", "SELECT k, PERCENT_RANK() OVER (ORDER BY x) AS value FROM s"),
    # Branches that do not agree, or may overlap, say nothing.
    ("sum +", "SELECT k, SUM(x) AS value FROM a GROUP BY k UNION ALL SELECT k, SUM(x) FROM b GROUP BY k"),
    (
        "other -",
        "SELECT k, SUM(x) AS value FROM a GROUP BY k UNION ALL SELECT k, AVG(x) FROM b GROUP BY k",
    ),
    (
        "count -",
        (
            "SELECT 'new' AS kind, COUNT(*) AS value FROM t WHERE a UNION ALL SELECT 'old', COUNT(*) FROM "
            "t WHERE b"
        ),
    ),
    (
        "count -",
        (
            "SELECT date_format(d, 'yyyy-MM') AS p, COUNT(*) AS value FROM t GROUP BY 1 UNION ALL SELECT "
            "CONCAT(YEAR(d), '-Q', QUARTER(d)), COUNT(*) FROM t GROUP BY 1"
        ),
    ),
    ("sum -", "SELECT a, b, SUM(x) AS value FROM t GROUP BY GROUPING SETS ((a), (b))"),
    ("sum +", "SELECT a, b, SUM(x) AS value FROM t GROUP BY GROUPING SETS ((a, b), (a), ())"),
]


def said(column: QueryColumn, expected: str) -> str:
    """Write down what is known of a column, in as much detail as is expected."""
    sign = {True: "+", False: "-", None: "?"}[column.adds]
    sources = f" of {', '.join(column.sources)}" if " of " in expected else ""
    scale = f" times {column.scale:g}" if " times " in expected and column.scale else ""
    return f"{column.operation} {sign}{sources}{scale}"


@pytest.mark.parametrize(("expected", "sql"), QUERIES)
def test_a_column_is_followed_to_what_makes_it(expected: str, sql: str) -> None:
    """Whatever the way to it, the expression decides what a column is and whether it adds up."""
    value = next(column for column in read_query(sql).columns if column.name == "value")
    assert said(value, expected) == expected


@pytest.mark.parametrize(
    ("sql", "at", "with_which"),
    [
        ("SELECT m, SUM(x) AS r, SUM(x) - LAG(SUM(x)) OVER (ORDER BY m) AS d FROM s GROUP BY m", 2, 1),
        ("SELECT m, SUM(x) AS r, LAG(SUM(x)) OVER (ORDER BY m) AS p FROM s GROUP BY m", 2, 1),
        (
            "SELECT k, SUM(a) AS act, SUM(p) AS plan, SUM(a) / SUM(p) - 1 AS pct FROM s GROUP BY k",
            3,
            1,
        ),
        ("SELECT m, LAG(SUM(x)) OVER (ORDER BY m) AS p FROM s GROUP BY m", 1, None),
        ("SELECT m, SUM(x) AS r, SUM(y) AS n FROM s GROUP BY m", 2, None),
    ],
)
def test_a_comparison_knows_what_it_compares(sql: str, at: int, with_which: int | None) -> None:
    """What is compared is named when it is a column of the result, too."""
    assert read_query(sql).columns[at].compared_with == with_which
