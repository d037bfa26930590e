"""Pictures of charts, one for each kind and each trap."""

from datetime import date
from itertools import product

from bench.gallery.case import Case, Found
from bench.gallery.figures import CHANNELS, DAYS, REGIONS, chance, growing, months

YEAR = months(date(2025, 1, 1), 12)
_LOTS = chance(1)
_MONEY = "DECIMAL(18,2)"


def _by_month(names: tuple[str, ...], first: date, count: int) -> list[tuple[str, str, float]]:
    rows = []
    for at, name in enumerate(names):
        figures = growing(at, count, 900_000 / (at + 1), 0.01 * (2 - at), 0.12)
        rows += [
            (day.isoformat(), name, value) for day, value in zip(months(first, count), figures, strict=True)
        ]
    return sorted(rows)


BARS = Found(
    "Revenue by region, 2025",
    ("region STRING", f"revenue {_MONEY}"),
    [("EMEA", 41_200_345.1), ("Americas", 39_874_411), ("APAC", 12_001_990.55), ("LATAM", 4_310_220)],
    says="**EMEA** led 2025 with 41.2 million, just ahead of the Americas: together 83% of revenue.",
    how="Sums order amounts per sales region for orders placed in 2025.",
    sql=(
        "SELECT region, SUM(amount) AS revenue\nFROM sales.gold.orders\nWHERE year(order_date) = 2025\n"
        "GROUP BY region"
    ),
    next=("How does this compare with 2024?", "Which products drive EMEA revenue?"),
)
MONTHS = Found(
    "Revenue by month, 2025",
    ("month DATE", f"revenue {_MONEY}"),
    [(day.isoformat(), value) for day, value in zip(YEAR, growing(3, 12, 3e6, 0.02, 0.15), strict=True)],
    says="Revenue grew through 2025 and peaked in the autumn.",
)
LINES = Found(
    "Monthly revenue by region",
    ("month DATE", "region STRING", f"revenue {_MONEY}"),
    _by_month(REGIONS, date(2024, 1, 1), 22),
    says="EMEA and the Americas pull away from the rest.",
)
HEAT = Found(
    "Orders by weekday and hour",
    ("weekday STRING", "hour INT", "orders LONG"),
    [
        (
            day,
            hour,
            round(80 * (1.6 - abs(hour - 14) / 8) * (0.5 if day.startswith("S") else 1))
            + _LOTS.randint(0, 30),
        )
        for day, hour in product(DAYS, range(8, 20))
    ],
    says="Most orders come on weekdays between noon and 16:00.",
)
SCATTER = Found(
    "Discount and margin by order",
    ("discount_pct DOUBLE", "margin_pct DOUBLE"),
    [
        (round(d, 1), round(42 - 0.8 * d + _LOTS.gauss(0, 4), 1))
        for d in (_LOTS.uniform(0, 30) for _ in range(160))
    ],
    says="Each point of discount costs about 0.8 points of margin.",
)

CASES = (
    Case("bars", "Revenue by region in 2025", "A few categories: bars sorted by size, values on them.", BARS),
    Case(
        "bars-long-names",
        "Top products by revenue this year",
        "Long names: horizontal bars, no label is cut off.",
        Found(
            "Top 10 products by revenue",
            ("product_name STRING", f"revenue {_MONEY}"),
            [
                (name, round(980_000 * 0.82**n, 2))
                for n, name in enumerate(
                    (
                        "Height-adjustable desk, oak, 180 x 80 cm",
                        "27-inch monitor, 4K, USB-C",
                        "Ergonomic chair with headrest and lumbar support",
                        "Laptop 14 inch, 32 GB",
                        "Docking station, two displays",
                        "Noise-cancelling headset",
                        "Conference camera, 360 degrees",
                        "Acoustic panel, set of six",
                        "Mechanical keyboard, quiet",
                        "Desk lamp with daylight sensor",
                    )
                )
            ],
            says="The oak desk leads with 980 thousand.",
        ),
    ),
    Case("lines", "Revenue by month in 2025", "One measure over time: a line, months on the axis.", MONTHS),
    Case(
        "lines-several",
        "Monthly revenue by region since 2024",
        "Several lines: named at their ends or in a legend that covers nothing.",
        LINES,
    ),
    Case(
        "area-stacked",
        "Monthly revenue by channel",
        "Parts of a whole over time: lines by themselves, an area by the menu.",
        Found(
            "Revenue by channel",
            ("month DATE", "channel STRING", f"revenue {_MONEY}"),
            _by_month(CHANNELS, date(2025, 1, 1), 12),
            says="The online shop makes about half of each month.",
        ),
    ),
    Case(
        "bars-grouped",
        "Revenue by region in 2024 and 2025",
        "Two years side by side: same colour for the same year, a legend, no dual axis.",
        Found(
            "Revenue by region and year",
            ("region STRING", "year INT", f"revenue {_MONEY}"),
            [
                (name, year, round(4e7 / (at + 1) * (1.1 if year == 2025 else 1), 2))
                for at, name in enumerate(REGIONS)
                for year in (2024, 2025)
            ],
            says="Every region grew by about a tenth.",
        ),
    ),
    Case(
        "bars-stacked",
        "Orders by region and status",
        "Parts of a whole in each group.",
        Found(
            "Orders by region and status",
            ("region STRING", "status STRING", "orders LONG"),
            [
                (name, status, int(9_000 / (at + 1) * part))
                for at, name in enumerate(REGIONS)
                for status, part in (
                    ("Delivered", 0.8),
                    ("Shipped", 0.12),
                    ("Returned", 0.05),
                    ("Cancelled", 0.03),
                )
            ],
            says="Four orders in five are delivered, everywhere.",
        ),
    ),
    Case(
        "donut",
        "Share of revenue by channel",
        "A few shares that add up to the whole.",
        Found(
            "Share of revenue by channel",
            ("channel STRING", "revenue_share DOUBLE"),
            [*zip(CHANNELS, (0.463, 0.288, 0.171, 0.078), strict=True)],
            says="The online shop makes **46%** of revenue.",
        ),
    ),
    Case(
        "scatter", "Discount against margin for each order", "Two measures: points, both axes named.", SCATTER
    ),
    Case(
        "histogram",
        "Order values of last month",
        "One measure of many records: a histogram with round bins.",
        Found(
            "Order values",
            (f"order_value_eur {_MONEY}",),
            [(round(_LOTS.lognormvariate(5, 0.7), 2),) for _ in range(600)],
            says="Half of the orders are below 150 euros.",
        ),
    ),
    Case(
        "heat-map", "Orders by weekday and hour", "Weekdays and hours in their order; a scale beside.", HEAT
    ),
)
