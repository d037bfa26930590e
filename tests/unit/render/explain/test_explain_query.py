"""SQL for reading: laid out without changing it, with the tables and conditions that it uses."""

import pytest

from genie.model import TableName
from render.explain.query import read_sql
from render.sql.layout import laid_out
from render.sql.parsing import LONGEST

BEFORE = "SELECT count(*) FILTER (WHERE z) FROM t "
ONE_LINE = (
    "WITH sold AS (SELECT region, sum(amount) AS total FROM main.sales.`orders 24` o LEFT JOIN hr.people "
    "USING (id) WHERE year(o.day) = 2025 AND o.day BETWEEN date'2025-01-01' AND current_date() GROUP BY 1) "
    "SELECT region, x::int, date_sub(d, 30) FROM sold WHERE total > 10 OR total IS DISTINCT FROM 3 "
    "ORDER BY total DESC LIMIT 5"
)
LAID_OUT = """\
WITH sold AS (
  SELECT
    region,
    sum(amount) AS total
  FROM main.sales.`orders 24` o
  LEFT JOIN hr.people USING (id)
  WHERE year(o.day) = 2025
    AND o.day BETWEEN date'2025-01-01' AND current_date()
  GROUP BY 1
)
SELECT
  region,
  x::int,
  date_sub(d, 30)
FROM sold
WHERE total > 10
  OR total IS DISTINCT FROM 3
ORDER BY total DESC
LIMIT 5"""


def test_a_long_line_becomes_a_clause_to_a_line() -> None:
    """Each clause, selected thing and condition gets a line, and not a character of a token changes."""
    assert laid_out(ONE_LINE) == LAID_OUT


def test_what_somebody_laid_out_stays() -> None:
    """Lines that can be read are left alone."""
    sql = "SELECT a,\n       b\nFROM t WHERE x AND y"
    assert laid_out(sql) == sql


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'two  blanks', \"x  y\", `a  b`, r'\\d  ' FROM t",
        "SELECT a -- the  region\n, b /* in  between */ FROM t -- end",
        "SELECT * EXCEPT (a, b) FROM t UNION ALL SELECT left(a, 2) FROM u",
        "SELECT /*+ BROADCAST(t) */ a FROM t LATERAL VIEW explode(l) e AS x",
        "SELECT count(*) FILTER (WHERE x), CASE WHEN a AND b THEN 1 END FROM t",
        "SELECT a:b.c, m['k'], :name, x -> x + 1 FROM t@v1; SELECT 2",
        "FROM t |> WHERE a",
    ],
)
def test_nothing_but_white_space_changes(sql: str) -> None:
    """The characters that are no white space stay, in their order."""
    assert "".join(laid_out(sql).split()) == "".join(sql.split())
    assert all(part in laid_out(sql) for part in ("'two  blanks'", "`a  b`") if part in sql)


@pytest.mark.parametrize(
    "sql", ["", "SELECT 'open", "(((", ")))", "select " + "(" * 5_000, "\ud800", "SHOW x"]
)
def test_what_is_no_query_is_shown_as_it_is(sql: str) -> None:
    """SQL that cannot be taken apart is no error, and nothing is said about its tables."""
    read = read_sql(sql)
    assert ("".join(read.sql.split()), read.tables, read.filters) == ("".join(sql.split()), None, None)


def named(sql: str) -> tuple[str, ...]:
    """Return how a query names its tables."""
    return tuple(table.text for table in read_sql(sql).tables or ())


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("Main.Sales.`Order$`", TableName("main", "sales", "order$")),
        ("`a-b`.`c?d&e`.`<!channel>`", TableName("a-b", "c?d&e", "<!channel>")),
        ("hive_metastore.default.t", TableName("hive_metastore", "default", "t")),
        ("sales.orders", None),
        ("orders", None),
        ("a.b.`c.d`", None),
        ("a.b.`c/d`", None),
        ("a.b.`c d`", None),
        ("delta.`/tmp/x`", None),
        (f"a.b.`{'x' * 256}`", None),
    ],
)
def test_a_table_is_known_by_three_parts(table: str, name: TableName | None) -> None:
    """In small letters, as Unity Catalog keeps them; a shorter name depends on the session that ran it."""
    (found,) = read_sql(f"SELECT * FROM {table}").tables or ()  # noqa: S608 - nobody runs it
    assert found.name == name
    assert found.link == ""


def test_what_the_query_makes_itself_is_no_table_of_the_catalog() -> None:
    """A name of WITH hides a table, and a view looks like one."""
    sql = "WITH k AS (SELECT * FROM main.hr.people) SELECT * FROM k JOIN main.hr.view_of_people USING (id)"
    assert named(sql) == ("main.hr.people", "main.hr.view_of_people")


def test_tables_are_those_that_hold_data() -> None:
    """A name that WITH gives is no table, except where it hides one of the same name."""
    assert named(ONE_LINE) == ("main.sales.orders 24", "hr.people")
    hides = "WITH orders AS (SELECT * FROM orders) SELECT * FROM orders JOIN (SELECT 1 FROM k) USING (id)"
    assert named(hides) == ("orders", "k")
    assert read_sql("SELECT * FROM read_files('/x')").tables == ()


@pytest.mark.parametrize(
    ("where", "filters"),
    [
        ("WHERE a = 1 AND b", ("a = 1", "b")),
        ("WHERE a = 1 OR b AND c", ("a = 1 OR b AND c",)),
        ("WHERE d BETWEEN 1 AND 2 AND (a OR b)", ("d BETWEEN 1 AND 2", "(a OR b)")),
        ("WHERE CASE WHEN a AND b THEN c END AND d", ("CASE WHEN a AND b THEN c END", "d")),
        ("WHERE a IN (SELECT x FROM u WHERE y AND z)", ("a IN (SELECT x FROM u WHERE y AND z)",)),
        ("GROUP BY a HAVING count(*) FILTER (WHERE q) > 1", ("count(*) FILTER (WHERE q) > 1",)),
        ("QUALIFY rank() OVER (ORDER BY a) = 1 LIMIT 3", ("rank() OVER (ORDER BY a) = 1",)),
        ("WHERE a -- not this\n AND b", ("a", "b")),
        ("", ()),
    ],
)
def test_filters_are_the_conditions_as_written(where: str, filters: tuple[str, ...]) -> None:
    """Conditions that must all hold are listed one by one, others stay together."""
    assert read_sql(BEFORE + where).filters == filters


def test_very_long_sql_is_not_taken_apart() -> None:
    """Charts wait while SQL is read, so that of a machine is shown as it is."""
    sql = f"SELECT {', '.join(['a'] * LONGEST)}"
    assert (read_sql(sql).sql, read_sql(sql).tables) == (sql, None)
