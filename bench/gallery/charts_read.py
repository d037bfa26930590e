"""Pictures of charts that follow what columns and rows mean: totals, names, periods that are running."""

from datetime import UTC, datetime

from bench.gallery.case import Case, Found
from bench.gallery.figures import DAYS, growing, months

_MONEY = "DECIMAL(18,2)"
_TODAY = datetime.now(UTC).date()
_BEGUN = _TODAY.replace(day=1, year=_TODAY.year - 1)
_MONTHS = months(_BEGUN, 13)
_COURSE = [*growing(3, 12, 3e6, 0.02, 0.08), 900_000.0]
_PER_MONTH = (
    "SELECT DATE_TRUNC('MONTH', ordered_at) AS month, SUM(amount) AS revenue\nFROM orders\nGROUP BY 1"
)
_RUNNING = Found(
    "Revenue by month",
    ("month DATE", f"revenue {_MONEY}"),
    [(day.isoformat(), value) for day, value in zip(_MONTHS, _COURSE, strict=True)],
    sql=_PER_MONTH,
)

CASES = (
    Case(
        "running-month",
        "Revenue by month, this one too",
        "The month that is not over: a broken line, a hollow point, and words; no change counts it.",
        _RUNNING,
    ),
    Case(
        "running-month-of-two",
        "Revenue this month and last",
        "The running month beside a whole one: a light bar with a broken outline, and no percentage.",
        Found(
            "Revenue this month and last",
            ("month DATE", f"revenue {_MONEY}"),
            [(day.isoformat(), value) for day, value in [*zip(_MONTHS, _COURSE, strict=True)][-2:]],
            sql=_PER_MONTH,
        ),
    ),
    Case(
        "rows-of-totals",
        "Revenue by region with the total",
        "The row of the total is in the table, not among the bars.",
        Found(
            "Revenue by region",
            ("region STRING", f"revenue {_MONEY}"),
            [("Total", 10_000_000), ("EMEA", 5_100_000), ("APAC", 2_900_000), ("LATAM", 2_000_000)],
            sql="SELECT COALESCE(region, 'Total'), SUM(amount)\nFROM orders\nGROUP BY ROLLUP(region)",
        ),
    ),
    Case(
        "statement",
        "Profit and loss for October",
        "The lines in their order, costs below zero, and subtotals as darker bars with bold names.",
        Found(
            "Profit and loss for October",
            ("line STRING", f"amount_eur {_MONEY}"),
            [
                *(("Revenue", 8_412_000), ("Cost of sales", -3_981_000), ("Gross profit", 4_431_000)),
                *(("Personnel", -1_721_000), ("Marketing", -488_000), ("IT", -201_000)),
                *(("EBITDA", 2_021_000), ("Depreciation", -266_000), ("Taxes", -183_000)),
                ("Net income", 1_572_000),
            ],
            sql="SELECT line, amount_eur\nFROM monthly_pnl\nWHERE month = '2026-10'\nORDER BY line_no",
        ),
    ),
    Case(
        "numbers-as-names",
        "Revenue by store",
        "Store numbers are names: a bar each, and no scale from 2.5 to 12.5.",
        Found(
            "Revenue by store",
            ("store INT", f"revenue_eur {_MONEY}"),
            [(store, 40_000 + store * 37_000 % 90_000) for store in range(1, 13)],
            sql="SELECT store, SUM(amount) AS revenue_eur\nFROM orders\nGROUP BY store\nORDER BY store",
        ),
    ),
    Case(
        "heat-holes",
        "Opened tickets by weekday and hour",
        "Hours without a ticket are marked, and the key says what the mark means.",
        Found(
            "Opened tickets by weekday and hour",
            ("weekday STRING", "hour INT", "tickets LONG"),
            [
                (day, hour, 4 + (hour * 7 + at * 5) % 23)
                for at, day in enumerate(DAYS)
                for hour in range(7, 20)
                if (at * 3 + hour) % 6
            ],
            sql="SELECT weekday, hour, COUNT(*) AS tickets\nFROM tickets\nGROUP BY ALL",
        ),
    ),
    Case(
        "cohorts",
        "Retention by cohort",
        "Months since the first order across, cohorts down, and what is still to come stays empty.",
        Found(
            "Retention by cohort",
            ("cohort_month DATE", "months_since_signup INT", "retention DOUBLE"),
            [
                (cohort.isoformat(), age, round(0.97 / (1 + 0.25 * age) - 0.01 * at, 3))
                for at, cohort in enumerate(_MONTHS[:8])
                for age in range(8 - at)
            ],
            sql="SELECT cohort_month, months_since_signup, active / cohort_size AS retention\nFROM cohorts",
        ),
    ),
    Case(
        "names-alike",
        "Most visited product pages",
        "Addresses that begin alike are cut where they are the same.",
        Found(
            "Most visited product pages",
            ("page STRING", "visits LONG"),
            [
                (f"https://www.example.com/products/{page}/details-and-reviews", 9_400 - at * 730)
                for at, page in enumerate(("oak-desk", "oak-desk-xl", "desk", "chair", "lamp", "sofa"))
            ],
            sql="SELECT page, COUNT(*) AS visits\nFROM views\nGROUP BY page\nORDER BY visits DESC",
        ),
    ),
    Case(
        "against-target",
        "Actual and target by region",
        "A target stands beside what it is for, never on it.",
        Found(
            "Actual and target by region",
            ("region STRING", f"actual {_MONEY}", f"target {_MONEY}"),
            [("EMEA", 10e6, 12e6), ("APAC", 8e6, 7.4e6), ("LATAM", 3e6, 3.1e6)],
            sql="SELECT region, SUM(amount) AS actual, SUM(target) AS target\nFROM plan\nGROUP BY region",
        ),
    ),
)
