"""Pictures of tables, cards and single numbers, and of what a result may hold."""

from datetime import date

from bench.gallery.case import DARK, PHONE, Case, Found
from bench.gallery.cells import CUSTOMERS, PRODUCTS
from bench.gallery.figures import COUNTRIES, REGIONS, chance, days

_LOTS = chance(2)
_MONEY = "DECIMAL(18,2)"


def _orders(count: int) -> list[tuple[object, ...]]:
    return [
        (
            f"{number:08}",
            day.isoformat(),
            COUNTRIES[number % 17],
            f"customer{number % 911}@example.com",
            _LOTS.randint(1, 12),
            round(_LOTS.lognormvariate(5, 1), 2),
            _LOTS.random() < 0.1,
        )
        for number, day in enumerate(days(date(2012, 1, 1), count), start=1)
    ]


_ORDER = (
    "order_id STRING",
    "order_date DATE",
    "country STRING",
    "customer_email STRING",
    "items INT",
    f"amount_eur {_MONEY}",
    "returned BOOLEAN",
)
ORDERS = Found(
    "All orders",
    _ORDER,
    _orders(5_000),  # type: ignore[arg-type]
    says="There are more than 5,000 orders; these are the first.",
    cut=True,
)
NULLS = Found(
    "Customers with their last contact",
    ("customer STRING", "last_contact DATE", "open_amount_usd DECIMAL(12,2)", "owner STRING"),
    [
        ("Northwind", "2026-11-02", 1200, "Ada"),
        ("Contoso", None, None, None),
        ("Fabrikam", "2026-08-19", 0, None),
        ("Adventure Works", None, 83.5, "Ben"),
        ("Tailspin", "2026-10-30", None, "Chloe"),
    ],
    says="Two of five customers were never contacted.",
)
CARD = Found(
    "Customer 00417",
    (
        "customer_id STRING",
        "name STRING",
        "since DATE",
        "orders LONG",
        f"revenue_eur {_MONEY}",
        "discount_rate DOUBLE",
        "active BOOLEAN",
        "phone STRING",
    ),
    [("00417", "Müller & Söhne GmbH", "2019-03-04", 1284, 948_120.5, 0.125, True, "+49 30 901820")],
    says="Müller & Söhne is a customer since March 2019.",
)

CASES = (
    Case(
        "number",
        "How many orders were there yesterday?",
        "One number: large and named, then Genie's sentence.",
        Found(
            "Orders yesterday", ("orders LONG",), [(12_874,)], says="There were **12,874** orders yesterday."
        ),
    ),
    Case(
        "number-money",
        "What is our average order value?",
        "Money with its currency and two decimals.",
        Found("Average order value", ("average_order_value_eur DOUBLE",), [(187.43499999,)]),
    ),
    Case("card", "Tell me about customer 00417", "One row: labels and values; the id keeps its zeros.", CARD),
    Case(
        "many-rows",
        "List all orders",
        "5,000 rows: pages, a line that says what is missing, and a file.",
        ORDERS,
    ),
    Case(
        "many-columns",
        "Show everything about our stores",
        "36 columns: the telling ones, the others named.",
        Found(
            "Stores",
            (
                "store_id STRING",
                "store_name STRING",
                "opened DATE",
                "region STRING",
                *(f"metric_{n:02}_eur {_MONEY}" for n in range(1, 33)),
            ),
            [
                (
                    f"{n:05}",
                    f"Store {name}",
                    f"20{10 + n}-05-01",
                    REGIONS[n % 4],
                    *(round(_LOTS.uniform(1e3, 9e5), 2) for _ in range(32)),
                )
                for n, name in enumerate(COUNTRIES[:9])
            ],
            says="Nine stores.",
        ),
    ),
    Case(
        "nulls",
        "When did we last talk to our customers?",
        "Missing values are a dash, zero is a zero.",
        NULLS,
    ),
    Case(
        "empty",
        "Orders from Antarctica",
        "No rows: said in words, with what to try.",
        Found("Orders from Antarctica", ("order_id STRING", "amount DOUBLE"), []),
    ),
    Case("nulls-dark", "When did we last talk to them?", "A table in the dark theme.", NULLS, view=DARK),
    Case("orders-phone", "List all orders on my phone", "A wide table on a phone.", ORDERS, view=PHONE),
    Case("card-phone", "Tell me about 00417", "A card on a phone.", CARD, view=PHONE),
)
OLDER = (
    Case(
        "older-table",
        "Products in an older workspace",
        "The simpler table where the new one is not known.",
        PRODUCTS,
    ),
)
TEXT_ONLY = (
    Case("text-table", "Products without tables", "Aligned text where no table is known.", PRODUCTS),
    Case("text-scripts", "Customers without tables", "Aligned text with letters of double width.", CUSTOMERS),
)
SECTIONS_ONLY = (
    Case("sections-only", "Products in sections alone", "What Slack has always taken.", PRODUCTS),
)
