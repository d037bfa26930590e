"""A question in its conversation: an intent, a question back, or a remark. Deterministic, no AI."""

import re
from dataclasses import replace
from datetime import date, timedelta

from sandbox.databricks.language.intent import Clarification, Intent, Remark
from sandbox.databricks.language.parse_question import ParsedQuestion, parse_question
from sandbox.databricks.language.periods import Period, of_grain
from sandbox.databricks.language.vocabulary import DIMENSIONS, KNOWN_VALUES, MEASURES, METRICS

Resolution = Intent | Clarification | Remark

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


def resolve_intent(question: str, before: Intent | None, pending: Intent | None, today: date) -> Resolution:
    """Say what a question means after the last answer, or after what a question back left open."""
    words = question.lower().strip()
    parsed = parse_question(question, today)
    remark = _remark(words, parsed)
    if remark is not None:
        return remark
    if parsed.unknown:
        return _unknown(parsed, _fresh(parsed, today))
    if _OFFICIAL.search(words) and parsed.metrics == ("revenue",):
        period = parsed.periods[0] if parsed.periods else of_grain("quarter", today).before()
        return Intent(metrics=parsed.metrics, dimensions=("region",), period=period, official=True)
    context = pending or before
    context = replace(context, official=False) if context else None
    if context is not None and (pending is not None or _goes_on(parsed)):
        intent = _continued(parsed, context, today)
    else:
        intent = _fresh(parsed, today)
    if pending is None and (intent == context or (context is not None and _knows_a_word(parsed))):
        return Clarification(f"I did not understand that. {_OFFER}", context)
    if not intent.metrics:
        return _which_metric(intent)
    return _settled(intent)


_OFFER = (
    "Ask me for revenue, units, margin or orders, for example *revenue by region last quarter*; "
    "say *help* for all I know."
)


def _remark(words: str, parsed: ParsedQuestion) -> Remark | None:
    if _MEANING.search(words) and parsed.metrics:
        meanings = (METRICS[key] for key in parsed.metrics)
        return Remark("\n".join(f"**{m.label[0].upper()}{m.label[1:]}** is {m.meaning}." for m in meanings))
    if parsed.metrics or parsed.dimensions:
        return None
    if _HELP.search(words):
        return Remark(HELP)
    if _GREETING.search(words):
        return Remark(f"Hello! I am the sandbox's Genie. {_OFFER}")
    return None


def _unknown(parsed: ParsedQuestion, pending: Intent) -> Clarification:
    known = ", ".join(key for key, dimension in DIMENSIONS.items() if not dimension.grain)
    return Clarification(
        f"I have nothing called “{parsed.unknown}”. By which do you want it: {known} or month?", pending
    )


def _which_metric(intent: Intent) -> Clarification:
    if intent == Intent():
        return Clarification(f"I did not understand that. {_OFFER}", None)
    choices = ", ".join(MEASURES[:-1])
    return Clarification(f"Which figure do you mean: {choices} or {MEASURES[-1]}?", intent)


def _goes_on(parsed: ParsedQuestion) -> bool:
    """Whether this needs what was said before: it says so, it names no figure, or nothing but one."""
    bare = not (parsed.dimensions or parsed.filters or parsed.periods or parsed.top or parsed.comparison)
    return parsed.follows or not parsed.metrics or (bare and not parsed.listing)


def _knows_a_word(parsed: ParsedQuestion) -> bool:
    """Whether of a question that does not say it goes on no more is known than a time or a place."""
    known = parsed.metrics or parsed.dimensions or parsed.top or parsed.threshold or parsed.comparison
    return parsed.strange and not (parsed.follows or known or parsed.share)


def _fresh(parsed: ParsedQuestion, today: date) -> Intent:
    metrics, dimensions = parsed.metrics, parsed.dimensions
    counts_customers = not metrics and "customer" in dimensions and len(dimensions) > 1 and parsed.top is None
    if counts_customers:
        metrics, dimensions = ("customers",), tuple(key for key in dimensions if key != "customer")
    if len(metrics) > 1 and "orders" in metrics and parsed.listing:
        metrics = tuple(key for key in metrics if key != "orders")
    listing = parsed.listing and metrics == ("orders",) and not dimensions
    period, baseline = _compared(parsed, None, today)
    return Intent(
        metrics=metrics,
        dimensions=dimensions,
        filters=parsed.filters,
        period=period,
        baseline=baseline,
        top=parsed.top,
        share=parsed.share and baseline is None,
        listing=listing,
        wide=parsed.wide,
        threshold=parsed.threshold,
    )


def _continued(parsed: ParsedQuestion, context: Intent, today: date) -> Intent:
    intent = context
    if parsed.metrics and not (context.listing and parsed.metrics == ("orders",)):
        intent = replace(intent, metrics=parsed.metrics, listing=False, threshold=parsed.threshold)
    if parsed.dimensions:
        kept = intent.dimensions if parsed.adds else ()
        dimensions = tuple(dict.fromkeys(kept + parsed.dimensions))
        listing_metrics = ("revenue",) if intent.listing else intent.metrics
        intent = replace(
            intent, dimensions=dimensions, metrics=listing_metrics, listing=False, share=False, top=None
        )
    if parsed.filters:
        columns = {wanted.column for wanted in parsed.filters}
        others = tuple(kept for kept in intent.filters if kept.column not in columns)
        intent = replace(intent, filters=others + parsed.filters)
    if parsed.periods or parsed.comparison:
        period, baseline = _compared(parsed, intent.period, today)
        intent = replace(intent, period=period, baseline=baseline, share=intent.share and baseline is None)
    if parsed.share:
        intent = replace(intent, share=True, baseline=None)
    if parsed.top:
        intent = replace(intent, top=parsed.top)
    return replace(intent, wide=intent.wide or parsed.wide, threshold=parsed.threshold or intent.threshold)


def _compared(
    parsed: ParsedQuestion, current: Period | None, today: date
) -> tuple[Period | None, Period | None]:
    """Find the period that is asked about and the one to compare it with."""
    tomorrow = today + timedelta(days=1)
    named = parsed.periods
    if not parsed.comparison:
        return (named[0] if named else current), None
    this_year = of_grain("year", today)
    if len(named) > 1:
        period, baseline = named[0], named[1]
    elif parsed.comparison == "year":
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


def _settled(intent: Intent) -> Intent:
    """Fill in what goes without saying."""
    if intent.share and not intent.dimensions:
        intent = replace(intent, dimensions=("region",))
    if intent.share:
        additive = tuple(key for key in intent.metrics if METRICS[key].additive)
        intent = replace(intent, metrics=additive or ("revenue",))
    if intent.top and not intent.dimensions and not intent.listing:
        intent = replace(intent, dimensions=("product",), top=replace(intent.top, of="product"))
    if intent.baseline:
        intent = replace(intent, metrics=intent.metrics[:1])
    strange = [f.column for f in intent.filters if any((f.column, v) not in KNOWN_VALUES for v in f.values)]
    if strange and not intent.dimensions and not intent.listing:
        return replace(intent, dimensions=tuple(strange))
    one_value = {wanted.column for wanted in intent.filters if len(wanted.values) == 1 and not wanted.without}
    left = tuple(key for key in intent.dimensions if key not in one_value)
    return replace(intent, dimensions=left or intent.dimensions)
