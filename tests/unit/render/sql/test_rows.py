"""What a query says of its rows: their order, whether they are all, which are totals or other figures."""

import pytest

from render.sql.read import read_query

MONTHS = "SELECT DATE_TRUNC('MONTH', d) AS m, region, SUM(x) AS rev FROM s GROUP BY 1, 2 "


@pytest.mark.parametrize(
    ("order", "columns"),
    [
        ("ORDER BY m", ((0, False),)),
        ("ORDER BY 1, 3 DESC", ((0, False), (2, True))),
        ("ORDER BY rev DESC NULLS LAST, region", ((2, True), (1, False))),
        ("ORDER BY SUM(x) DESC LIMIT 10", ((2, True),)),
        ("ORDER BY DATE_TRUNC('MONTH', s.d)", ((0, False),)),
        ("ORDER BY MIN(d)", ((0, False),)),
        ("ORDER BY ABS(rev) DESC", ()),
        ("ORDER BY CASE region WHEN 'EU' THEN 0 ELSE 1 END, m", ()),
        ("", ()),
    ],
)
def test_the_order_of_the_rows_is_known(order: str, columns: tuple[tuple[int, bool], ...]) -> None:
    """ORDER BY names columns by alias, position or expression; after another thing nothing is known."""
    read = read_query(MONTHS + order)
    assert (read.order, read.is_ordered) == (columns, bool(order))


def test_month_names_in_the_order_of_their_dates_are_in_order() -> None:
    """Texts that are ordered by the date that they show are ordered by themselves."""
    sql = "SELECT date_format(d, 'MMM yyyy') AS m, SUM(x) FROM s GROUP BY 1, DATE_TRUNC('MONTH', d) "
    assert read_query(sql + "ORDER BY DATE_TRUNC('MONTH', d)").order == ((0, False),)


def test_the_order_of_unknown_columns_is_known_by_name() -> None:
    """`SELECT *` of a table has no positions, but its ORDER BY has a name."""
    read = read_query("SELECT * FROM ledger ORDER BY booked_on DESC LIMIT 25")
    assert (read.columns, read.order_names, read.is_ordered) == ((), ("booked_on",), True)


@pytest.mark.parametrize(
    ("sql", "limited", "limit"),
    [
        ("SELECT a FROM t LIMIT 10", True, 10),
        ("SELECT a FROM t FETCH FIRST 5 ROWS ONLY", True, 5),
        ("SELECT a FROM t LIMIT ALL", False, None),
        ("WITH x AS (SELECT a FROM t ORDER BY a LIMIT 10) SELECT * FROM x", True, 10),
        ("WITH x AS (SELECT a FROM t LIMIT 10) SELECT a FROM x WHERE a > 3", True, None),
        ("SELECT a FROM t LIMIT 10 OFFSET 5", True, None),
        ("SELECT a, SUM(b) v FROM t GROUP BY a QUALIFY RANK() OVER (ORDER BY SUM(b) DESC) <= 5", True, None),
        (
            (
                "WITH r AS (SELECT a, ROW_NUMBER() OVER (ORDER BY b DESC) n FROM t) SELECT a FROM r "
                "WHERE n <= 5"
            ),
            True,
            None,
        ),
        (
            (
                "WITH r AS (SELECT c, a, RANK() OVER (PARTITION BY c ORDER BY SUM(b) DESC) n FROM t "
                "GROUP BY c, a) SELECT c, a FROM r WHERE n = 1"
            ),
            True,
            None,
        ),
        (
            (
                "WITH r AS (SELECT a, ROW_NUMBER() OVER (PARTITION BY a ORDER BY updated_at DESC) n "
                "FROM t) SELECT a FROM r WHERE n = 1"
            ),
            False,
            None,
        ),
        ("SELECT a, SUM(b) FROM t GROUP BY a HAVING SUM(b) > 10", False, None),
    ],
)
def test_rows_that_were_left_out_are_known(sql: str, *, limited: bool, limit: int | None) -> None:
    """LIMIT and filters by rank leave rows out; removing duplicates does not."""
    read = read_query(sql)
    assert (read.limited, read.limit) == (limited, limit)


@pytest.mark.parametrize(
    ("sql", "rolled_up", "labels"),
    [
        ("SELECT region, SUM(x) FROM s GROUP BY ROLLUP(region)", (0,), ()),
        ("SELECT region, city, SUM(x) FROM s GROUP BY region, city WITH ROLLUP", (0, 1), ()),
        (
            "SELECT COALESCE(region, 'Gesamt') AS region, SUM(x) FROM s GROUP BY ROLLUP(region)",
            (0,),
            ("Gesamt",),
        ),
        (
            ("SELECT IF(GROUPING(region) = 1, 'All regions', region) r, SUM(x) FROM s GROUP BY CUBE(region)"),
            (0,),
            ("All regions",),
        ),
        (
            (
                "SELECT CASE WHEN GROUPING(k) = 1 THEN 'Total' ELSE k END k, SUM(x) FROM s GROUP BY "
                "GROUPING SETS ((k), ())"
            ),
            (0,),
            ("Total",),
        ),
        (
            (
                "WITH r AS (SELECT region, SUM(x) v FROM s GROUP BY ROLLUP(region)) SELECT "
                "COALESCE(region, 'Ensemble') AS r, v FROM r"
            ),
            (0,),
            ("Ensemble",),
        ),
        (
            (
                "WITH r AS (SELECT region, SUM(x) v FROM s GROUP BY ROLLUP(region)) SELECT CASE WHEN "
                "region IS NULL THEN 'Sum' ELSE region END AS r, v FROM r"
            ),
            (0,),
            ("Sum",),
        ),
        (
            (
                "WITH r AS (SELECT region, SUM(x) AS v FROM s WHERE y = 2026 GROUP BY region) SELECT "
                "region, v FROM r UNION ALL SELECT 'Total', SUM(v) FROM r"
            ),
            (0,),
            ("Total",),
        ),
        (
            (
                "SELECT region, SUM(x) v FROM s WHERE y = 1 GROUP BY 1 UNION ALL SELECT '合計', SUM(x) "
                "FROM s WHERE y = 1"
            ),
            (0,),
            ("合計",),
        ),
        (
            (
                "SELECT rep, quota FROM q WHERE y = 1 UNION ALL SELECT 'All reps', SUM(quota) FROM q "
                "WHERE y = 1"
            ),
            (0,),
            ("All reps",),
        ),
        (
            (
                "WITH r AS (SELECT region, SUM(x) AS v FROM s WHERE y = 2026 GROUP BY region) SELECT "
                "0 AS o, region, v FROM r UNION ALL SELECT 1, 'Total', SUM(v) FROM r"
            ),
            (1,),
            ("Total",),
        ),
        # The rest of a list of the first ten is no total.
        (
            (
                "WITH r AS (SELECT c, SUM(x) v, ROW_NUMBER() OVER (ORDER BY SUM(x) DESC) n FROM s "
                "GROUP BY c) SELECT c, v FROM r WHERE n <= 10 UNION ALL SELECT 'Other', SUM(v) FROM r"
                " WHERE n > 10"
            ),
            (),
            (),
        ),
        ("SELECT COALESCE(region, 'Unknown') AS region, SUM(x) FROM s GROUP BY 1", (), ()),
    ],
)
def test_total_rows_are_known(sql: str, rolled_up: tuple[int, ...], labels: tuple[str, ...]) -> None:
    """ROLLUP and its kin, and a branch of a UNION that adds up the others, give totals with their names."""
    read = read_query(sql)
    assert (read.rolled_up, read.total_labels) == (rolled_up, labels)
    assert read.columns[-1].adds is not False or "quota" in sql


@pytest.mark.parametrize(
    ("sql", "is_list"),
    [
        (
            ("SELECT 'Revenue' AS metric, SUM(x) AS value FROM s UNION ALL SELECT 'Orders', COUNT(*) FROM s"),
            True,
        ),
        (
            ("SELECT 'Orders' m, COUNT(*) v FROM orders UNION ALL SELECT 'Returns', COUNT(*) FROM returns"),
            True,
        ),
        (
            (
                "WITH k AS (SELECT SUM(x) r, COUNT(*) n FROM s) SELECT 'R' m, r v FROM k UNION ALL "
                "SELECT 'N', n FROM k"
            ),
            True,
        ),
        ("SELECT stack(2, 'Revenue', SUM(x), 'Orders', COUNT(*)) AS (metric, value) FROM s", True),
        (
            (
                "SELECT metric, value FROM (SELECT 'a' metric, SUM(x) value FROM s UNION ALL SELECT "
                "'b', AVG(x) FROM s)"
            ),
            True,
        ),
        # Steps of a funnel and kinds of one figure can be drawn.
        (
            (
                "SELECT 1 n, 'Visit' step, COUNT(DISTINCT a) v FROM s UNION ALL SELECT 2, 'Cart', "
                "COUNT(DISTINCT b) FROM s"
            ),
            False,
        ),
        (
            ("SELECT 'new' kind, COUNT(*) v FROM s WHERE n UNION ALL SELECT 'old', COUNT(*) FROM s WHERE o"),
            False,
        ),
        (
            (
                "WITH r AS (SELECT region, SUM(x) AS v FROM s WHERE y = 2026 GROUP BY region) SELECT "
                "region, v FROM r UNION ALL SELECT 'Total', SUM(v) FROM r"
            ),
            False,
        ),
        (
            ("SELECT region, SUM(x) FROM a GROUP BY 1 UNION ALL SELECT region, SUM(x) FROM b GROUP BY 1"),
            False,
        ),
    ],
)
def test_lists_of_different_figures_are_known(sql: str, *, is_list: bool) -> None:
    """A literal for each branch and other figures in each make rows of which no two go together."""
    assert read_query(sql).is_metric_list is is_list


def test_keys_are_those_by_which_the_rows_are_grouped() -> None:
    """By position, name or expression, and with GROUP BY ALL, each key is known."""
    for group in ("1, 2", "YEAR(d), region", "y, r", "ALL"):
        read = read_query(
            "SELECT YEAR(d) AS y, region AS r, SUM(x) AS v, 'EUR' AS unit FROM s GROUP BY " + group  # noqa: S608
        )
        assert [column.is_key for column in read.columns] == [True, True, False, False], group
