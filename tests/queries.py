"""Queries for laws and measurements: a long one as Genie writes it, and those that are made to take long."""
# ruff: noqa: S608 - these texts are read, and none is run

_CTE = """\
{name} AS (
  SELECT
    DATE_TRUNC('MONTH', o.order_date) AS order_month,
    c.region,
    CASE
      WHEN o.amount < 50 THEN 'small'
      WHEN o.amount < 500 THEN 'medium'
      ELSE 'large'
    END AS size,
    COUNT(DISTINCT o.customer_id) AS customers,
    COUNT(*) AS orders,
    SUM(o.quantity * o.unit_price * (1 - COALESCE(o.discount, 0))) AS revenue,
    ROUND(SUM(o.net) / NULLIF(COUNT(*), 0), 2) AS basket,
    SUM(SUM(o.net)) OVER (PARTITION BY c.region ORDER BY DATE_TRUNC('MONTH', o.order_date)) AS so_far
  FROM `main`.`sales`.`orders` o
  JOIN `main`.`sales`.`customers` c ON c.customer_id = o.customer_id
  WHERE o.order_date >= ADD_MONTHS(DATE_TRUNC('MONTH', CURRENT_DATE()), -12)
    AND o.status NOT IN ('cancelled', 'returned')
  GROUP BY 1, 2, 3
)"""
_LAST = """
SELECT
  a.order_month,
  a.region,
  SUM(a.revenue) AS revenue,
  SUM(b.revenue) AS revenue_before,
  try_divide(SUM(a.revenue) - SUM(b.revenue), SUM(b.revenue)) AS growth,
  SUM(a.revenue) / SUM(SUM(a.revenue)) OVER () AS share
FROM part_0 a
LEFT JOIN part_1 b ON b.order_month = ADD_MONTHS(a.order_month, -12) AND b.region = a.region
GROUP BY a.order_month, a.region
ORDER BY a.order_month"""
LONG = "WITH " + ",\n".join(_CTE.format(name="part_" + str(at)) for at in range(10)) + _LAST
"""About 200 lines, as Genie writes them at most."""

SHORT = "WITH " + ",\n".join(_CTE.format(name="part_" + str(at)) for at in range(2)) + _LAST

HOSTILE = {
    "open parentheses": "SELECT " + "(" * 39_000,
    "nested parentheses": "SELECT " + "(" * 15 + "1" + ")" * 15 + "+ (" * 6_000,
    "nested functions": "SELECT " + "f(" * 12_000 + "1" + ")" * 12_000,
    "list of numbers": "SELECT a FROM t WHERE x IN (" + ",".join(map(str, range(7_000))) + ")",
    "list of ones": "SELECT a FROM t WHERE x IN (" + "1," * 19_000 + "1)",
    "deep CASE": "SELECT " + "CASE WHEN a THEN 1 ELSE " * 900 + "0" + " END" * 900 + " FROM t",
    "wide CASE": "SELECT CASE " + " ".join(f"WHEN a={at} THEN '{at}'" for at in range(1_600)) + " END FROM t",
    "500 CTEs": "WITH c0 AS (SELECT 1 a), "
    + ",".join(f"c{at} AS (SELECT a, SUM(a) b FROM c{at - 1} GROUP BY a)" for at in range(1, 500))
    + " SELECT * FROM c499",
    "wide CTEs": "WITH c0 AS (SELECT "
    + ",".join(f"a{at}" for at in range(400))
    + " FROM t),"
    + ",".join(f"c{at} AS (SELECT * FROM c{at - 1})" for at in range(1, 900))
    + " SELECT * FROM c899",
    "joins": "SELECT * FROM t0 " + " ".join(f"JOIN t{at} ON t{at}.a=t{at - 1}.a" for at in range(1, 1_100)),
    "joined queries": "SELECT s0.a FROM (SELECT 1 a) s0 "
    + " ".join(f"JOIN (SELECT a FROM t GROUP BY a) s{at} ON s{at}.a=s{at - 1}.a" for at in range(1, 600)),
    "unions": " UNION ALL ".join(f"SELECT '{at}' m, SUM(a{at}) v FROM t" for at in range(880)),
    "sums": "SELECT " + "+".join(f"a{at}" for at in range(6_000)) + " FROM t",
    "columns": "SELECT " + "a," * 19_000 + "a FROM t",
    "aliases": "SELECT " + ",".join(f"SUM(a{at}) AS a{at + 1}" for at in range(1_900)) + " FROM t",
    "windows": "SELECT " + ",".join(f"SUM(x) OVER (PARTITION BY a) c{at}" for at in range(1_100)) + " FROM t",
    "minuses": "SELECT " + "- " * 19_000 + "1",
    "dots": "SELECT a" + ".a" * 19_000,
    "comparisons": "SELECT " + "a<" * 18_000 + "a",
    "lambdas": "SELECT f(" + "x->" * 9_000 + "x)",
    "brackets": "SELECT " + "[" * 30_000,
    "quotes": "SELECT " + "'" * 39_001,
    "nested queries": "SELECT a FROM (" * 900 + "SELECT 1 a" + ")x" * 900,
}
"""Texts that are made to take long, each just short enough to be read at all."""
