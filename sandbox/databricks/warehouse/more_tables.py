"""The tables beside the orders: invented invoices and budgets, stock and shipments, the same each time."""

from datetime import date

from sandbox.databricks.warehouse.sample_data import PRODUCTS

DEPARTMENTS = ("Engineering", "Marketing", "Operations", "Human Resources", "Legal", "IT")
VENDORS = (
    "Cloudworks",
    "Bright Media",
    "Northwind Offices",
    "Paper & Co",
    "Swift Travel",
    "Lexa Law",
    "Talentia",
)
EXPENSE_TYPES = ("Software", "Travel", "Rent", "Consulting", "Advertising", "Training")
WAREHOUSES = ("Hamburg", "Rotterdam", "Austin", "Singapore", "Sao Paulo")
SUPPLIERS = ("Kyoto Parts", "Delta Plastics", "Nordic Metal", "Andes Electronics", "Shenzhen Works")
CARRIERS = ("DHL", "Maersk", "FedEx", "DB Schenker")


def more_statements(today: date) -> tuple[str, ...]:
    """Give the DuckDB statements that create the tables from two years before this one to `today`."""
    start = date(today.year - 2, 1, 1)
    days = f"range(TIMESTAMP '{start}', TIMESTAMP '{today}' + INTERVAL 1 DAY, INTERVAL 1 DAY) AS t(d)"
    months = f"range(TIMESTAMP '{start}', TIMESTAMP '{today}' + INTERVAL 1 DAY, INTERVAL 1 MONTH) AS t(m)"
    return (
        "CREATE SCHEMA samples.finance",
        "CREATE SCHEMA samples.supply",
        _INVOICES.format(days=days, today=today, **_lists()),
        _BUDGETS.format(months=months, **_lists()),
        _STOCK.format(**_lists()),
        _SHIPMENTS.format(days=days, **_lists()),
    )


def _lists() -> dict[str, str]:
    named = {
        "departments": DEPARTMENTS,
        "vendors": VENDORS,
        "types": EXPENSE_TYPES,
        "warehouses": WAREHOUSES,
        "suppliers": SUPPLIERS,
        "carriers": CARRIERS,
        "products": tuple(product.name for product in PRODUCTS),
    }
    return {name: "[" + ", ".join(f"'{each}'" for each in each_one) + "]" for name, each_one in named.items()}


_INVOICES = """
CREATE TABLE samples.finance.invoices AS
WITH numbered AS (
  SELECT CAST(d AS DATE) AS day, unnest(range(1, 2 + CAST(hash(d) % 3 AS INTEGER))) AS number FROM {days}
)
SELECT
  strftime(day, 'INV-%Y%m%d-') || number AS invoice_id, day AS invoice_date,
  CAST(day + INTERVAL 30 DAY AS DATE) AS due_date,
  {departments}[1 + CAST(hash(day, number, 1) % 6 AS INTEGER)] AS department,
  {vendors}[1 + CAST(hash(day, number, 2) % 7 AS INTEGER)] AS vendor,
  {types}[1 + CAST(hash(day, number, 3) % 6 AS INTEGER)] AS expense_type,
  CAST(round(150 + 9000 * pow(hash(day, number, 4) % 1000 / 1000.0, 3), 2) AS DECIMAL(12, 2)) AS amount,
  day < DATE '{today}' - INTERVAL 30 DAY AND hash(day, number, 5) % 14 > 0 AS paid
FROM numbered ORDER BY invoice_id
"""
_BUDGETS = """
CREATE TABLE samples.finance.budgets AS
WITH planned AS (
  SELECT CAST(m AS DATE) AS month, unnest({departments}) AS department FROM {months}
)
SELECT month, department,
  CAST(20000 + hash(department) % 12 * 2500 AS DECIMAL(12, 2)) AS budget,
  CAST(round((20000 + hash(department) % 12 * 2500) * (0.8 + hash(month, department) % 400 / 1000.0), 2)
    AS DECIMAL(12, 2)) AS actual
FROM planned ORDER BY month, department
"""
_STOCK = """
CREATE TABLE samples.supply.stock AS
WITH sites AS (SELECT unnest({warehouses}) AS warehouse),
things AS (SELECT unnest({products}) AS product)
SELECT warehouse, product,
  CAST(hash(warehouse, product) % 400 AS INTEGER) AS on_hand,
  CAST(40 + hash(product) % 60 AS INTEGER) AS reorder_point
FROM sites, things ORDER BY warehouse, product
"""
_SHIPMENTS = """
CREATE TABLE samples.supply.shipments AS
WITH numbered AS (
  SELECT CAST(d AS DATE) AS day, unnest(range(1, 2 + CAST(hash(d, 7) % 4 AS INTEGER))) AS number FROM {days}
)
SELECT
  strftime(day, 'SHP-%Y%m%d-') || number AS shipment_id, day AS shipped_on,
  {warehouses}[1 + CAST(hash(day, number, 11) % 5 AS INTEGER)] AS warehouse,
  {products}[1 + CAST(hash(day, number, 12) % 15 AS INTEGER)] AS product,
  {suppliers}[1 + CAST(hash(day, number, 13) % 5 AS INTEGER)] AS supplier,
  {carriers}[1 + CAST(hash(day, number, 14) % 4 AS INTEGER)] AS carrier,
  CAST(10 + hash(day, number, 15) % 190 AS INTEGER) AS units,
  CAST(hash(day, number, 16) % 9 AS INTEGER) - 4 AS delay_days,
  CAST(round(80 + hash(day, number, 17) % 2400 / 2.0, 2) AS DECIMAL(12, 2)) AS freight
FROM numbered ORDER BY shipment_id
"""
