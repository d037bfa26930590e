"""The words that the sandbox's Genie knows: what can be measured, by what, and which values there are."""

from dataclasses import dataclass

from sandbox.databricks.warehouse.sample_data import CHANNELS, COUNTRIES, CUSTOMERS, PRODUCTS


@dataclass(frozen=True, slots=True)
class Metric:
    """Something to measure. `additive` ones can be shared out and ranked as parts of a total."""

    key: str
    label: str
    sql: str
    meaning: str
    words: tuple[str, ...]
    additive: bool = True


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something to measure by; `grain` is the date part of a period of time, else empty."""

    key: str
    sql: str
    words: tuple[str, ...]
    grain: str = ""


METRICS = {
    metric.key: metric
    for metric in (
        Metric(
            "margin_percent",
            "margin %",
            "ROUND(100 * SUM(`margin`) / SUM(`revenue`), 1)",
            "the margin as a percentage of the revenue",
            (
                "margin %",
                "margin percent",
                "margin percentage",
                "margin rate",
                "profit margin",
                "profitability",
            ),
            additive=False,
        ),
        Metric(
            "average_order_value",
            "average order value",
            "ROUND(SUM(`revenue`) / COUNT(*), 2)",
            "the revenue of an order, on average",
            ("average order value", "avg order value", "average order size", "average basket", "aov"),
            additive=False,
        ),
        Metric(
            "average_discount",
            "average discount %",
            "ROUND(100 * AVG(`discount`), 1)",
            "the discount on an order in percent, on average",
            ("average discount %", "average discount", "avg discount", "discounts", "discount"),
            additive=False,
        ),
        Metric(
            "return_rate",
            "return rate %",
            "ROUND(100 * COUNT_IF(`returned`) / COUNT(*), 1)",
            "the part of the orders that came back, in percent",
            ("return rate %", "return rate", "returns", "returned"),
            additive=False,
        ),
        Metric(
            "revenue",
            "revenue",
            "SUM(`revenue`)",
            "the sum of all orders after discount, in US dollars",
            ("revenue", "revenues", "sales", "turnover", "income", "how much did we sell", "how much"),
        ),
        Metric(
            "margin",
            "margin",
            "SUM(`margin`)",
            "the revenue minus its cost, in US dollars",
            ("margin", "margins", "profit", "profits", "earnings"),
        ),
        Metric(
            "units",
            "units",
            "SUM(`units`)",
            "the number of pieces sold",
            ("units sold", "units", "unit", "pieces", "quantity", "volume", "items"),
        ),
        Metric(
            "customers",
            "customers",
            "COUNT(DISTINCT `customer`)",
            "the number of different customers who ordered",
            ("number of customers", "how many customers", "active customers", "customer count"),
            additive=False,
        ),
        Metric(
            "orders",
            "orders",
            "COUNT(*)",
            "the number of orders",
            ("number of orders", "how many orders", "order count", "count of orders", "orders"),
        ),
    )
}

DIMENSIONS = {
    dimension.key: dimension
    for dimension in (
        Dimension("region", "`region`", ("region", "regions", "regional")),
        Dimension("country", "`country`", ("country", "countries", "market", "markets")),
        Dimension("category", "`category`", ("category", "categories", "product line")),
        Dimension("product", "`product`", ("product", "products")),
        Dimension("channel", "`channel`", ("channel", "channels", "sales channel")),
        Dimension("customer", "`customer`", ("customer", "customers", "client", "clients")),
        Dimension("day", "`order_date`", ("day", "days", "daily"), "DAY"),
        Dimension(
            "week",
            "CAST(DATE_TRUNC('WEEK', `order_date`) AS DATE)",
            ("week", "weeks", "weekly"),
            "WEEK",
        ),
        Dimension(
            "month",
            "CAST(DATE_TRUNC('MONTH', `order_date`) AS DATE)",
            ("month", "months", "monthly", "over time", "trend", "trends", "develop", "developed", "evolve"),
            "MONTH",
        ),
        Dimension(
            "quarter",
            "CAST(DATE_TRUNC('QUARTER', `order_date`) AS DATE)",
            ("quarter", "quarters", "quarterly"),
            "QUARTER",
        ),
        Dimension("year", "YEAR(`order_date`)", ("year", "years", "yearly", "annual"), "YEAR"),
    )
}

_ALIASES = {
    "uk": ("country", "United Kingdom"),
    "usa": ("country", "United States"),
    "u.s.": ("country", "United States"),
    "korea": ("country", "South Korea"),
    "europe": ("region", "EMEA"),
    "asia": ("region", "APAC"),
    "america": ("region", "Americas"),
    "latin america": ("region", "LATAM"),
    "chairs": ("product", "Office Chair"),
    "lamps": ("product", "Desk Lamp"),
    "mice": ("product", "Mouse"),
}


def _values() -> dict[str, tuple[str, str]]:
    named = {
        "customer": CUSTOMERS,
        "product": tuple(product.name for product in PRODUCTS),
        "category": tuple(product.category for product in PRODUCTS),
        "channel": CHANNELS,
        "country": tuple(country.name for country in COUNTRIES),
        "region": tuple(country.region for country in COUNTRIES),
    }
    found = {name.lower(): (key, name) for key, names in named.items() for name in names}
    plurals = {f"{name.lower()}s": ("product", name) for name in named["product"]}
    return {**plurals, **found, **_ALIASES}


VALUES = _values()
"""Words in lower case to the column and the value that they name: `emea` to (`region`, `EMEA`)."""

KNOWN_VALUES = frozenset(VALUES.values())
"""Every column with a value that it really has."""

MEASURES = ("revenue", "units", "margin", "orders")
"""The metrics that are offered when the question leaves open which one is meant."""
