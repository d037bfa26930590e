"""Questions to ask next, in words that the grammar understands in the conversation."""

from sandbox.databricks.language.intent import Intent
from sandbox.databricks.language.vocabulary import DIMENSIONS, METRICS
from sandbox.databricks.warehouse.warehouse import Result

STARTERS = (
    "What was total revenue by region this year?",
    "Show monthly revenue for the last 12 months",
    "Top 5 products by margin last quarter",
)
"""What to ask first."""

_DEEPER = {"region": "country", "country": "product", "category": "product", "product": "channel"}
_MANY = 8
_OFFERED = 3
_MONTH, _WEEK = 31, 7
"""Days."""


def suggest(intent: Intent, result: Result) -> tuple[str, ...]:
    """Give two or three questions that make sense after this answer."""
    if intent.listing:
        return (
            "What is the revenue by region?",
            "What about revenue by month?",
            "Top 5 customers by revenue",
        )
    if not any(any(row) for row in result.rows):
        return STARTERS
    offers = [*_about_parts(intent, result), *_about_time(intent), *_about_more(intent)]
    return tuple(dict.fromkeys(offers))[:_OFFERED]


def _about_parts(intent: Intent, result: Result) -> list[str]:
    offers = []
    parts = [key for key in intent.dimensions if not DIMENSIONS[key].grain]
    if not parts:
        offers.append(f"And by {_untouched(intent)}?")
    elif len(intent.dimensions) == 1 and not intent.baseline and parts[0] in _DEEPER:
        leader = result.rows[0][0]
        offers.append(f"Only {leader}, by {_DEEPER[parts[0]]}")
    if len(parts) == 1 and len(result.rows) > _MANY and intent.top is None and not intent.baseline:
        offers.append("Only the top 5")
    return offers


def _about_time(intent: Intent) -> list[str]:
    timely = any(DIMENSIONS[key].grain for key in intent.dimensions)
    finer = _finer(intent)
    offers = [f"And by {finer}?"] if finer and not timely else []
    if intent.baseline is None and intent.threshold is None and "year" not in intent.dimensions:
        offers.append("Compare with last year")
    return offers


def _finer(intent: Intent) -> str:
    """Name the step of time that makes a course of the period: weeks of a month; none of a day."""
    if intent.period is None:
        return "month"
    days = (intent.period.end - intent.period.start).days
    return "month" if days > _MONTH else "week" if days > _WEEK and intent.baseline is None else ""


def _about_more(intent: Intent) -> list[str]:
    metric = METRICS[intent.metrics[0]]
    other = "units" if metric.key in {"margin", "margin_percent"} else "margin"
    shared = intent.share or intent.baseline or not metric.additive or not intent.dimensions
    return [f"What about {other}?"] + ([] if shared else ["Show it as a share of the total"])


def _untouched(intent: Intent) -> str:
    taken = {wanted.column for wanted in intent.filters}
    return next((key for key in ("region", "category", "channel") if key not in taken), "product")
