"""Pictures of what is said around answers: questions back, trust, trouble, waiting, modals, help."""

from bench.gallery import charts
from bench.gallery.case import DARK, PHONE, Case, Found
from bench.gallery.charts import BARS, MONTHS
from render import words
from sandbox.databricks.genie.timing import Turn

_LONG = """Revenue grew in **three of four** regions in 2025.

### What stands out
- **EMEA** grew by 14%, mostly with *furniture*.
- **Americas** grew by 9%.
- **LATAM** shrank by 6% after `Mercado` left as a partner.

| Region | Growth |
|---|---|
| EMEA | 14% |
| Americas | 9% |

1. Look at partners first.
2. Then at returns.

> Figures are before returns.
"""

CASES = (
    Case(
        "asks-back",
        "How is it going?",
        "Genie asks back: the question stands out, and how to answer is said.",
        Found(asks_back="Do you mean **revenue**, **orders** or **customers**, and for which period?"),
    ),
    Case(
        "trusted",
        "Churn by plan, the official figure",
        "A verified query: labelled, with the values filled in.",
        Found(
            "Churn by plan",
            ("plan STRING", "churn_rate DOUBLE"),
            [("Free", 0.081), ("Team", 0.034), ("Business", 0.019)],
            says="**Free** loses 8.1% a month.",
            how="Churn as finance defines it.",
            verified=(("month", "2026-10"), ("region", "EMEA")),
        ),
    ),
    Case(
        "words-only",
        "What does net revenue mean here?",
        "An answer in words alone.",
        Found(says="*Net revenue* is what remains of **revenue** after returns and discounts."),
    ),
    Case(
        "long-words",
        "Summarise last year for the board",
        "Long Markdown: headings, lists, a table, a quotation.",
        Found(says=_LONG, next=("And by product?", "Why did LATAM shrink?", "Show the months")),
    ),
    Case(
        "long-sql",
        "Revenue by region, the long way",
        "Folded SQL, opened: laid out, nothing cut off.",
        Found(
            BARS.title,
            BARS.columns,
            BARS.rows,
            says=BARS.says,
            how=BARS.how,
            sql=(
                "WITH orders_2025 AS (\n  SELECT region, amount, order_date\n  FROM sales.gold.orders\n"
                "  WHERE order_date >= '2025-01-01' AND order_date < '2026-01-01'\n)\n"
                "SELECT region, SUM(amount) AS revenue\nFROM orders_2025\n"
                "GROUP BY region\nORDER BY revenue DESC"
            ),
        ),
        move="opens_sql",
    ),
    Case(
        "filtered",
        "Something the filter stops",
        "A refusal: what happened, and what to do next.",
        turn=Turn(end="FAILED", error_type="CONTENT_FILTER_EXCEPTION"),
    ),
    Case(
        "sql-failed",
        "A question whose query fails",
        "Trouble in plain words, with a way forward.",
        turn=Turn(end="FAILED", error_type="SQL_EXECUTION_EXCEPTION"),
    ),
    Case(
        "no-answer",
        "A question without an answer",
        "Genie finished with nothing: said, not hidden.",
        turn=Turn(silent=True),
    ),
    Case(
        "working",
        "A question that takes long",
        "While Genie works: a short line and a status.",
        turn=Turn(end="", statuses=("ASKING_AI",)),
        move="waits",
    ),
    Case(
        "how", "Revenue by region and how", "How the answer came about, in a modal.", BARS, move="opens_how"
    ),
    Case("menu", "Revenue by region and more", "The menu of an answer.", BARS, move="opens_menu"),
    Case(
        "how-dark",
        "Revenue by region, dark and how",
        "The same modal in the dark theme.",
        BARS,
        view=DARK,
        move="opens_how",
    ),
    Case(
        "redrawn",
        "Monthly revenue by region, redrawn",
        "Another chart, chosen in the menu below the answer.",
        charts.LINES,
        move="chooses_chart",
        presses="Areas",
    ),
    Case("thread-phone", "Monthly revenue on my phone", "A whole answer on a phone.", MONTHS, view=PHONE),
    Case(
        "genies-chart",
        "Revenue by region last year",
        "Genie's own chart where it draws one: under its title, in its own colours.",
    ),
    Case(
        "thumb-down",
        "Revenue by region, rated",
        "A thumb down asks for the reason, once.",
        BARS,
        move="thumbs_down",
    ),
    Case(
        "thumb-up", "Revenue by region, liked", "A thumb up is confirmed privately.", BARS, move="thumbs_up"
    ),
    Case(
        "private",
        "Revenue by region, between us",
        "An answer for one person, to share or to dismiss.",
        BARS,
        move="asks_privately",
    ),
    Case(
        "shared",
        "Revenue by region, for all",
        "An answer shared with its channel: the gist and the way to the rest.",
        BARS,
        move="shares",
    ),
    Case(
        "help",
        "",
        "A mention without a question: help, and questions to begin with.",
        move="asks_for_help",
    ),
)
STATS = (
    Case(
        "stats",
        "Monthly revenue by region, in figures",
        "Computed figures without a model.",
        charts.LINES,
        move="wants_insights",
    ),
)
INSIGHTS = (
    Case(
        "insights",
        "Revenue by month in 2025, explained",
        "A model's words, and the figures that they rest on.",
        MONTHS,
        move="wants_insights",
        presses=words.insights.INSIGHTS,
    ),
)
