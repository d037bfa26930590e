"""A question in its conversation: an intent, a question back, or a remark. Deterministic, no AI."""

import re
from dataclasses import replace
from datetime import date, timedelta

from sandbox.databricks.language.intent import Clarification, Intent, Remark
from sandbox.databricks.language.parse_question import Heard, listen
from sandbox.databricks.language.periods import Period, of_grain
from sandbox.databricks.language.vocabulary import DIMENSIONS, KNOWN_VALUES, MEASURES, METRICS

Meaning = Intent | Clarification | Remark

_HELP = re.compile(
    r"\bhelp\b|\bwho are you\b|\bare you (?:an? )?(?:ai|human|real|bot)"
    r"|\bwhat (?:can|do) (?:you|i)\b(?!.* mean)"
    r"|\b(?:what|which) (?:data|tables?)\b|\bhow does this work\b"
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you|thx)\b[^a-z]*\w*[^a-z]*$"
)
_OFFICIAL = re.compile(r"\bofficial\b")
_MEANING = re.compile(r"\b(?:what (?:does|is meant by|do you mean by)|define|definition of|explain)\b")

HELP = (
    "I am the **sandbox's Genie**: a small fixed grammar over invented sample data, not an AI. "
    "My rows come from a real SQL engine with the table `samples.sales.orders`.\n\n"
    "- **Figures**: revenue, margin, margin %, units, orders, customers, average order value, "
    "average discount, return rate\n"
    "- **By**: region, country, category, product, channel, customer, day, week, month, quarter, year\n"
    "- **When**: last month, Q3 2025, the last 90 days, March to June 2026, this year ...\n"
    "- **Verified**: official revenue for Q3 2026\n"
    "- **More**: top 5, only EMEA, as a share of the total, compare with last year, orders over 10000\n\n"
    "Then go on in the same thread: *and by month?*, *only EMEA*, *what about units?*"
)


def understand(question: str, before: Intent | None, pending: Intent | None, today: date) -> Meaning:
    """Say what a question means after the last answer, or after what a question back left open."""
    words = question.lower().strip()
    heard = listen(question, today)
    remark = _remark(words, heard)
    if remark is not None:
        return remark
    if heard.unknown:
        return _unknown(heard, _fresh(heard, today))
    if _OFFICIAL.search(words) and heard.metrics == ("revenue",):
        period = heard.periods[0] if heard.periods else of_grain("quarter", today).before()
        return Intent(metrics=heard.metrics, dimensions=("region",), period=period, official=True)
    context = pending or before
    context = replace(context, official=False) if context else None
    if context is not None and (pending is not None or _goes_on(heard)):
        meant = _continued(heard, context, today)
    else:
        meant = _fresh(heard, today)
    if meant == context and pending is None:
        return Clarification(f"I did not understand that. {_OFFER}", context)
    if not meant.metrics:
        return _which_metric(meant)
    return _settled(meant)


_OFFER = (
    "Ask me for revenue, units, margin or orders, for example *revenue by region last quarter*; "
    "say *help* for all I know."
)


def _remark(words: str, heard: Heard) -> Remark | None:
    if _MEANING.search(words) and heard.metrics:
        meanings = (METRICS[key] for key in heard.metrics)
        return Remark("\n".join(f"**{m.label[0].upper()}{m.label[1:]}** is {m.meaning}." for m in meanings))
    if heard.metrics or heard.dimensions:
        return None
    if _HELP.search(words):
        return Remark(HELP)
    if _GREETING.search(words):
        return Remark(f"Hello! I am the sandbox's Genie. {_OFFER}")
    return None


def _unknown(heard: Heard, pending: Intent) -> Clarification:
    known = ", ".join(key for key, dimension in DIMENSIONS.items() if not dimension.grain)
    return Clarification(
        f"I have nothing called “{heard.unknown}”. By which do you want it: {known} or month?", pending
    )


def _which_metric(meant: Intent) -> Clarification:
    if meant == Intent():
        return Clarification(f"I did not understand that. {_OFFER}", None)
    choices = ", ".join(MEASURES[:-1])
    return Clarification(f"Which figure do you mean: {choices} or {MEASURES[-1]}?", meant)


def _goes_on(heard: Heard) -> bool:
    """Whether this needs what was said before: it says so, it names no figure, or nothing but one."""
    bare = not (heard.dimensions or heard.filters or heard.periods or heard.top or heard.comparison)
    return heard.follows or not heard.metrics or (bare and not heard.listing)


def _fresh(heard: Heard, today: date) -> Intent:
    metrics, dimensions = heard.metrics, heard.dimensions
    counts_customers = not metrics and "customer" in dimensions and len(dimensions) > 1 and heard.top is None
    if counts_customers:
        metrics, dimensions = ("customers",), tuple(key for key in dimensions if key != "customer")
    if len(metrics) > 1 and "orders" in metrics and heard.listing:
        metrics = tuple(key for key in metrics if key != "orders")
    listing = heard.listing and metrics == ("orders",) and not dimensions
    period, baseline = _compared(heard, None, today)
    return Intent(
        metrics=metrics,
        dimensions=dimensions,
        filters=heard.filters,
        period=period,
        baseline=baseline,
        top=heard.top,
        share=heard.share and baseline is None,
        listing=listing,
        wide=heard.wide,
        threshold=heard.threshold,
    )


def _continued(heard: Heard, context: Intent, today: date) -> Intent:
    meant = context
    if heard.metrics and not (context.listing and heard.metrics == ("orders",)):
        meant = replace(meant, metrics=heard.metrics, listing=False, threshold=heard.threshold)
    if heard.dimensions:
        kept = meant.dimensions if heard.adds else ()
        dimensions = tuple(dict.fromkeys(kept + heard.dimensions))
        listing_metrics = ("revenue",) if meant.listing else meant.metrics
        meant = replace(
            meant, dimensions=dimensions, metrics=listing_metrics, listing=False, share=False, top=None
        )
    if heard.filters:
        columns = {wanted.column for wanted in heard.filters}
        others = tuple(kept for kept in meant.filters if kept.column not in columns)
        meant = replace(meant, filters=others + heard.filters)
    if heard.periods or heard.comparison:
        period, baseline = _compared(heard, meant.period, today)
        meant = replace(meant, period=period, baseline=baseline, share=meant.share and baseline is None)
    if heard.share:
        meant = replace(meant, share=True, baseline=None)
    if heard.top:
        meant = replace(meant, top=heard.top)
    return replace(meant, wide=meant.wide or heard.wide, threshold=heard.threshold or meant.threshold)


def _compared(heard: Heard, current: Period | None, today: date) -> tuple[Period | None, Period | None]:
    """Find the period that is asked about and the one to compare it with."""
    tomorrow = today + timedelta(days=1)
    named = heard.periods
    if not heard.comparison:
        return (named[0] if named else current), None
    this_year = of_grain("year", today)
    if len(named) > 1:
        period, baseline = named[0], named[1]
    elif heard.comparison == "year":
        period = named[0] if named else current or this_year
        baseline = period.until(tomorrow).year_before()
    elif named:
        period, baseline = _against(named[0], current, today)
    else:
        period = current or this_year
        baseline = period.before()
    running = period.start <= today < period.end
    if running and baseline.grain == period.grain:
        length = tomorrow - period.start
        return period.until(tomorrow), baseline.until(baseline.start + length)
    return period, baseline


def _against(named: Period, current: Period | None, today: date) -> tuple[Period, Period]:
    """Read `compare with last year` as the same time a year ago when a part of a year is asked about."""
    current = current or of_grain(named.grain if named.grain != "days" else "year", today)
    a_year_back = named.grain == "year" and (named.start.year == current.start.year - 1 or named == current)
    if a_year_back or named == current:
        return current, current.year_before()
    return current, named


def _settled(meant: Intent) -> Intent:
    """Fill in what goes without saying."""
    if meant.share and not meant.dimensions:
        meant = replace(meant, dimensions=("region",))
    if meant.share:
        additive = tuple(key for key in meant.metrics if METRICS[key].additive)
        meant = replace(meant, metrics=additive or ("revenue",))
    if meant.top and not meant.dimensions and not meant.listing:
        meant = replace(meant, dimensions=("product",), top=replace(meant.top, of="product"))
    if meant.baseline:
        meant = replace(meant, metrics=meant.metrics[:1])
    strange = [f.column for f in meant.filters if any((f.column, v) not in KNOWN_VALUES for v in f.values)]
    if strange and not meant.dimensions and not meant.listing:
        return replace(meant, dimensions=tuple(strange))
    one_value = {wanted.column for wanted in meant.filters if len(wanted.values) == 1 and not wanted.without}
    left = tuple(key for key in meant.dimensions if key not in one_value)
    return replace(meant, dimensions=left or meant.dimensions)
