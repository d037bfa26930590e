"""What the spaces beside that of the orders know: measures over small tables, and what to group them by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to measure over a table."""

    key: str
    label: str
    sql: str
    table: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Something to measure by; `column` is its expression in each table that has it."""

    key: str
    words: tuple[str, ...]
    column: dict[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """All that a space knows; `dates` has the column with the date of each table that has one."""

    measures: tuple[Measure, ...]
    parts: tuple[Part, ...]
    dates: dict[str, str]


def _times(dates: dict[str, str]) -> tuple[Part, ...]:
    grains = {
        "month": ("month", "months", "monthly", "over time", "trend"),
        "quarter": ("quarter", "quarters", "quarterly"),
        "year": ("year", "years", "yearly"),
    }
    return tuple(
        Part(
            key,
            words,
            {
                table: f"CAST(DATE_TRUNC('{key.upper()}', `{column}`) AS DATE)"
                for table, column in dates.items()
            },
        )
        for key, words in grains.items()
    )


def _part(key: str, *words: str, of: tuple[str, ...]) -> Part:
    return Part(key, (key, *words), dict.fromkeys(of, f"`{key}`"))


INVOICES, BUDGETS = "samples.finance.invoices", "samples.finance.budgets"
STOCK, SHIPMENTS = "samples.supply.stock", "samples.supply.shipments"
_FINANCE_DATES = {INVOICES: "invoice_date", BUDGETS: "month"}
_SUPPLY_DATES = {SHIPMENTS: "shipped_on"}

FINANCE = Topic(
    (
        Measure(
            "overdue",
            "overdue invoices",
            "SUM(CASE WHEN NOT `paid` THEN `amount` ELSE 0 END)",
            INVOICES,
            ("overdue", "unpaid", "outstanding", "payables", "owe"),
        ),
        Measure(
            "invoices", "invoices", "COUNT(*)", INVOICES, ("number of invoices", "how many invoices", "bills")
        ),
        Measure(
            "spending",
            "spending",
            "SUM(`amount`)",
            INVOICES,
            ("spending", "spend", "spent", "expenses", "expense", "costs", "cost", "invoices", "invoiced"),
        ),
        Measure(
            "left_of_budget",
            "what is left of the budget",
            "SUM(`budget` - `actual`)",
            BUDGETS,
            (
                "over budget",
                "under budget",
                "variance",
                "left of the budget",
                "remaining budget",
                "overspent",
            ),
        ),
        Measure("budget", "budget", "SUM(`budget`)", BUDGETS, ("budget", "budgets", "budgeted")),
    ),
    (
        _part("department", "departments", "team", "teams", of=(INVOICES, BUDGETS)),
        _part("vendor", "vendors", of=(INVOICES,)),
        _part("expense_type", "expense type", "category", "categories", "type", of=(INVOICES,)),
        *_times(_FINANCE_DATES),
    ),
    _FINANCE_DATES,
)
SUPPLY_CHAIN = Topic(
    (
        Measure(
            "below_reorder_point",
            "products below their reorder point",
            "COUNT_IF(`on_hand` < `reorder_point`)",
            STOCK,
            ("reorder point", "reorder", "reordered", "shortages", "short of", "out of stock", "running low"),
        ),
        Measure(
            "on_hand", "units in stock", "SUM(`on_hand`)", STOCK, ("stock", "inventory", "on hand", "stored")
        ),
        Measure(
            "on_time_percent",
            "deliveries on time, in percent",
            "ROUND(100 * COUNT_IF(`delay_days` <= 0) / COUNT(*), 1)",
            SHIPMENTS,
            ("on time", "on-time", "punctual", "reliable"),
        ),
        Measure(
            "delay_days",
            "average delay in days",
            "ROUND(AVG(`delay_days`), 1)",
            SHIPMENTS,
            ("delay", "delays", "delayed", "late", "lead time"),
        ),
        Measure(
            "freight",
            "freight costs",
            "SUM(`freight`)",
            SHIPMENTS,
            ("freight", "shipping costs", "shipping cost", "transport costs", "transport"),
        ),
        Measure(
            "shipments",
            "shipments",
            "COUNT(*)",
            SHIPMENTS,
            ("shipments", "shipment", "deliveries", "delivered", "shipped"),
        ),
    ),
    (
        _part("warehouse", "warehouses", "site", "sites", of=(STOCK, SHIPMENTS)),
        _part("product", "products", "item", "items", of=(STOCK, SHIPMENTS)),
        _part("supplier", "suppliers", of=(SHIPMENTS,)),
        _part("carrier", "carriers", of=(SHIPMENTS,)),
        *_times(_SUPPLY_DATES),
    ),
    _SUPPLY_DATES,
)
