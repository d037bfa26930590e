"""The sample data: `samples.sales.orders`, two to three years of invented orders, the same on every start.

An order depends only on its day and its number in it, so the past does not change when today moves on.
Revenue and margin are in US dollars.
"""

from dataclasses import dataclass
from datetime import date

TABLE = "samples.sales.orders"


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is sold: `price` in dollars, `margin` the earned part of it, `weight` its popularity."""

    name: str
    category: str
    price: int
    margin: float
    weight: int


@dataclass(frozen=True, slots=True)
class Country:
    """Where customers are; `weight` is the number of them out of 200."""

    name: str
    region: str
    weight: int


PRODUCTS = (
    Product("Headphones", "Audio", 129, 0.42, 12),
    Product("Speaker", "Audio", 89, 0.38, 9),
    Product("Microphone", "Audio", 149, 0.40, 4),
    Product("Monitor", "Displays", 259, 0.27, 11),
    Product("Projector", "Displays", 649, 0.31, 2),
    Product("Touchscreen", "Displays", 399, 0.29, 4),
    Product("Laptop", "Computers", 1249, 0.19, 7),
    Product("Tablet", "Computers", 549, 0.22, 8),
    Product("Mini PC", "Computers", 699, 0.24, 4),
    Product("Desk", "Furniture", 429, 0.35, 5),
    Product("Office Chair", "Furniture", 289, 0.39, 8),
    Product("Desk Lamp", "Furniture", 59, 0.51, 7),
    Product("Keyboard", "Accessories", 79, 0.46, 10),
    Product("Mouse", "Accessories", 39, 0.49, 11),
    Product("Webcam", "Accessories", 99, 0.44, 8),
)

COUNTRIES = (
    Country("Germany", "EMEA", 22),
    Country("United Kingdom", "EMEA", 18),
    Country("France", "EMEA", 14),
    Country("Italy", "EMEA", 8),
    Country("Spain", "EMEA", 8),
    Country("Netherlands", "EMEA", 6),
    Country("Sweden", "EMEA", 5),
    Country("South Africa", "EMEA", 4),
    Country("United States", "Americas", 48),
    Country("Canada", "Americas", 14),
    Country("Japan", "APAC", 12),
    Country("Australia", "APAC", 9),
    Country("India", "APAC", 8),
    Country("Singapore", "APAC", 4),
    Country("South Korea", "APAC", 4),
    Country("New Zealand", "APAC", 2),
    Country("Brazil", "LATAM", 6),
    Country("Mexico", "LATAM", 4),
    Country("Chile", "LATAM", 2),
    Country("Argentina", "LATAM", 2),
)

CHANNELS = ("Online", "Retail", "Partner", "Marketplace")

_FIRST = (
    *("Alder", "Birch", "Cobalt", "Delta", "Ember", "Falcon", "Garnet", "Harbor", "Indigo", "Juniper"),
    *("Kestrel", "Lantern", "Maple", "Nimbus", "Opal", "Pioneer", "Quartz", "Raven", "Summit", "Tundra"),
)
_LAST = (
    "Trading",
    "Supplies",
    "Retail",
    "Logistics",
    "Partners",
    "Stores",
    "Group",
    "Markets",
    "Works",
    "Labs",
)
CUSTOMERS = tuple(f"{_FIRST[n % 20]} {_LAST[(n // 20 + n) % 10]}" for n in range(200))


def statements(today: date) -> tuple[str, ...]:
    """Give the DuckDB statements that create all orders from two years before this one to `today`."""
    country_of = tuple(country for country in COUNTRIES for _ in range(country.weight))
    customers = ", ".join(
        f"({n}, '{name}', '{country_of[(n * 67) % 200].name}', '{country_of[(n * 67) % 200].region}')"
        for n, name in enumerate(CUSTOMERS)
    )
    sold = tuple(product for product in PRODUCTS for _ in range(product.weight))
    products = ", ".join(
        f"({n}, '{item.name}', '{item.category}', {item.price}, {item.margin})" for n, item in enumerate(sold)
    )
    return (
        "ATTACH ':memory:' AS samples",
        "CREATE SCHEMA samples.sales",
        f"CREATE TEMP TABLE customers (n, customer, country, region) AS VALUES {customers}",
        f"CREATE TEMP TABLE products (n, product, category, price, rate) AS VALUES {products}",
        _ORDERS.format(start=date(today.year - 2, 1, 1), today=today, products=len(sold)),
        "DROP TABLE customers",
        "DROP TABLE products",
    )


# How many orders a day has: growth of 14 % a year, the season, quiet weekends and some chance.
# `chance(x)` is a number from 0 to 1 that depends on the day, the order's number and x.
_ORDERS = """
CREATE TABLE samples.sales.orders AS
WITH days AS (
  SELECT CAST(d AS DATE) AS day, date_diff('day', DATE '2020-01-01', d) / 365.25 AS years
  FROM range(TIMESTAMP '{start}', TIMESTAMP '{today}' + INTERVAL 1 DAY, INTERVAL 1 DAY) AS t(d)
), busy AS (
  SELECT day, years, CAST(round(
    13 * pow(1.14, years)
    * [0.86, 0.84, 0.97, 0.95, 0.99, 1.04, 0.92, 0.89, 1.06, 1.07, 1.28, 1.33][month(day)]
    * CASE WHEN isodow(day) > 5 THEN 0.55 ELSE 1.15 END
    * (0.8 + 0.4 * (hash(day) % 1000) / 1000.0)) AS INTEGER) AS orders
  FROM days
), numbered AS (
  SELECT day, years, unnest(range(1, orders + 1)) AS number FROM busy
), drawn AS (
  SELECT *,
    hash(day, number, 1) % 10007 / 10007.0 AS a, hash(day, number, 2) % 10007 / 10007.0 AS b,
    hash(day, number, 3) % 10007 / 10007.0 AS c, hash(day, number, 4) % 10007 / 10007.0 AS d,
    hash(day, number, 5) % 10007 / 10007.0 AS e
  FROM numbered
), sold AS (
  SELECT day, number, years, customer, country, region, product, category, price, rate, e,
    CASE WHEN b < 0.44 THEN 'Online' WHEN b < 0.70 THEN 'Retail' WHEN b < 0.88 THEN 'Partner'
      ELSE 'Marketplace' END AS channel,
    greatest(1, CAST(round(
      (1 + 11 * c * c * c)
      * CASE region WHEN 'APAC' THEN pow(1.09, years - 4) WHEN 'LATAM' THEN 0.9 ELSE 1 END
      * CASE WHEN category = 'Audio' AND month(day) >= 11 THEN 1.35 ELSE 1 END) AS INTEGER)) AS units,
    CASE WHEN d < 0.6 THEN 0.00 WHEN d < 0.8 THEN 0.05 WHEN d < 0.95 THEN 0.10 ELSE 0.20 END AS discount
  FROM drawn
  JOIN customers ON customers.n = CAST(floor(200 * pow(a, 1.3)) AS INTEGER)
  JOIN products ON products.n = CAST(hash(day, number, 6) % {products} AS INTEGER)
)
SELECT
  CAST(strftime(day, '%Y%m%d') AS BIGINT) * 1000 + number AS order_id,
  day AS order_date, region, country, customer, category, product, channel,
  CAST(units AS INTEGER) AS units,
  CAST(discount AS DECIMAL(4, 2)) AS discount,
  CAST(round(units * price * (1 - discount), 2) AS DECIMAL(12, 2)) AS revenue,
  CAST(round(units * price * (rate - discount * 0.8), 2) AS DECIMAL(12, 2)) AS margin,
  e < 0.03 AS returned,
  CAST(day AS TIMESTAMP) + INTERVAL (CAST(25200 + floor(50000 * e) AS INTEGER)) SECOND AS created_at
FROM sold ORDER BY order_id
"""
