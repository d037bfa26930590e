"""Pictures of charts with a trap: many days, losses, gaps, rates, other scripts, dark themes, phones."""

from datetime import date

from bench.gallery.case import DARK, PHONE, Case, Found
from bench.gallery.charts import BARS, HEAT, MONTHS, YEAR
from bench.gallery.figures import COUNTRIES, days, growing

_MONEY = "DECIMAL(18,2)"

CASES = (
    Case(
        "daily",
        "Daily active users over the last year",
        "365 days: readable months on the axis, no forest of labels.",
        Found(
            "Daily active users",
            ("day DATE", "active_users LONG"),
            [
                (day.isoformat(), int(value * (0.6 if day.weekday() > 4 else 1)))
                for day, value in zip(
                    days(date(2025, 11, 1), 365), growing(9, 365, 12_000, 0.001), strict=True
                )
            ],
            says="Active users rose by about 40% within the year.",
        ),
    ),
    Case(
        "quarters",
        "Revenue by quarter",
        "Quarters named as quarters; a scale without zero says so.",
        Found(
            "Revenue by quarter",
            ("quarter STRING", f"revenue_usd {_MONEY}"),
            [(f"{2024 + n // 4}-Q{n % 4 + 1}", value) for n, value in enumerate(growing(4, 11, 9e6, 0.04))],
            says="The third quarter of 2026 was the strongest so far.",
        ),
    ),
    Case(
        "negative",
        "Profit or loss by month",
        "Below and above zero: the zero line is clear.",
        Found(
            "Profit by month",
            ("month DATE", f"profit_eur {_MONEY}"),
            [
                (day.isoformat(), value)
                for day, value in zip(
                    YEAR,
                    (-420e3, -310e3, -150e3, 20e3, 95e3, -60e3, 180e3, 240e3, 310e3, 150e3, -20e3, 480e3),
                    strict=True,
                )
            ],
            says="Five months of 2025 closed with a loss; December made up for most of it.",
        ),
    ),
    Case(
        "gaps",
        "Sensor temperature by day",
        "Missing days stay gaps: the line is not drawn through them, and nothing is zero.",
        Found(
            "Mean temperature by day",
            ("day DATE", "temperature_c DOUBLE"),
            [
                (day.isoformat(), None if 8 <= n <= 12 or n == 20 else round(18 + value, 1))
                for n, (day, value) in enumerate(
                    zip(days(date(2026, 9, 1), 30), growing(7, 30, 3, 0.01), strict=True)
                )
            ],
            says="The sensor was silent from 9 to 13 September and on the 21st.",
        ),
    ),
    Case(
        "top-and-other",
        "Customers by country",
        "Forty countries: the largest ones, what is left out is said.",
        Found(
            "Customers by country",
            ("country STRING", "customer_count LONG"),
            [(name, int(24_000 * 0.87**n) + 20) for n, name in enumerate(COUNTRIES)],
            says="A quarter of all customers are in the United States and Germany.",
        ),
    ),
    Case(
        "percent",
        "Conversion rate by week",
        "A rate: percent on the axis, not from 0 to 1.",
        Found(
            "Conversion rate by week",
            ("week_start DATE", "conversion_rate DOUBLE"),
            [
                (day.isoformat(), round(0.031 * value / 10, 5))
                for day, value in zip(days(date(2026, 6, 1), 24, 7), growing(5, 24, 10, 0.01), strict=True)
            ],
            says="Conversion rose from 3.1% to 3.9% within half a year.",
        ),
    ),
    Case(
        "world-scripts",
        "Revenue by city, in local names",
        "Chinese, Korean, Arabic, accents and emoji as labels: no empty boxes.",
        Found(
            "Revenue by city · 城市收入",
            ("city STRING", f"revenue {_MONEY}"),
            [
                ("東京", 8.1e6),
                ("서울", 6.4e6),
                ("القاهرة", 5.2e6),
                ("São Paulo", 4.9e6),
                ("Łódź", 2.2e6),
                ("मुंबई", 1.9e6),
                ("Zürich 🏔️", 1.2e6),
            ],
            says="東京 leads with 8.1 million.",
        ),
    ),
    Case(
        "ranking",
        "Top five customers",
        "A ranking: what it ranks is drawn. Genie said nothing, so what the picture shows stands first.",
        Found(
            "Top 5 customers by revenue",
            ("revenue_rank INT", "customer STRING", f"revenue_eur {_MONEY}"),
            [
                (1, "Northwind", 912_400.5),
                (2, "Contoso", 640_010),
                (3, "Fabrikam", 388_250.75),
                (4, "Adventure Works", 207_900),
                (5, "Tailspin", 96_480.2),
            ],
        ),
    ),
    Case(
        "trend-number",
        "Revenue this month and the months before",
        "A number with its change against the period before.",
        Found(
            "Revenue this month",
            (f"revenue {_MONEY}", f"previous_revenue {_MONEY}", "change_pct DOUBLE"),
            [(3_420_118.4, 3_105_990.2, 10.1)],
            says="Revenue is up 10.1% on the month before.",
        ),
    ),
    Case("bars-dark", "Revenue by region in 2025, please", "The same in the dark theme.", BARS, view=DARK),
    Case("lines-phone", "Revenue by month in 2025, please", "The same on a phone.", MONTHS, view=PHONE),
    Case("heat-phone", "Orders by weekday and hour, please", "A dense chart on a phone.", HEAT, view=PHONE),
)
NATIVE = (
    Case(
        "native-bars", "Revenue by region as Slack draws it", "Slack's own block instead of a picture.", BARS
    ),
    Case("native-lines", "Revenue by month as Slack draws it", "Lines within its twenty points.", MONTHS),
)
