"""How Genie words an intent: the title of its query, how it read the question, and its thoughts."""

from sandbox.databricks.language.intent import Intent
from sandbox.databricks.language.periods import Period
from sandbox.databricks.language.vocabulary import DIMENSIONS, METRICS
from sandbox.databricks.warehouse.sample_data import TABLE


def title(intent: Intent) -> str:
    """Name the query in a few words: `Revenue by region, 2025, only Online`."""
    if intent.listing:
        words = "Orders"
    else:
        words = _metrics(intent) + (" by " + _listed(_dimensions(intent)) if intent.dimensions else "")
    if intent.share:
        words = f"Share of {words}"
    if intent.official:
        words = f"Official {words}"
    if intent.top and not intent.listing:
        words = f"{'Lowest' if intent.top.lowest else 'Top'} {intent.top.count}: {words}"
    times = [f"{p.label} and {b.label}" for p, b in [(intent.period, intent.baseline)] if p and b]
    times = times or ([intent.period.label] if intent.period else [])
    words = ", ".join([words, *times, *_filters(intent)])
    return words[0].upper() + words[1:]


def description(intent: Intent) -> str:
    """Say how the question was read, in one sentence or two."""
    if intent.listing:
        what = "Lists orders one by one"
    else:
        what = "Calculates "
        what += _listed([f"{METRICS[key].label} ({METRICS[key].meaning})" for key in intent.metrics])
        what += f" for each {_listed(_dimensions(intent))}" if intent.dimensions else " in one figure"
    if intent.official:
        what = "Official " + what[0].lower() + what[1:] + ", without orders that came back"
    parts = [what, _when(intent), *_filters(intent), *_bounds(intent)]
    compared = f" Compared with orders {_days(intent.baseline)}." if intent.baseline else ""
    return ", ".join(part for part in parts if part) + "." + compared


def thoughts(intent: Intent) -> tuple[tuple[str, str], ...]:
    """Give the steps of the reasoning as pairs of Databricks' ThoughtType and Markdown."""
    steps = [f"filter: {text}" for text in [*_filters(intent), *_bounds(intent)]]
    if intent.official:
        steps.append("use the query that the authors of this space have verified")
    steps += [f"group by `{key}`" for key in intent.dimensions]
    steps += [
        f"compute `{METRICS[key].sql.replace('`', '')}`" for key in intent.metrics if not intent.listing
    ]
    return (
        ("THOUGHT_TYPE_UNDERSTANDING", description(intent)),
        ("THOUGHT_TYPE_DATA_SOURCING", f"Uses `{TABLE}`, invented sample data."),
        ("THOUGHT_TYPE_STEPS", "\n".join(f"- {step}" for step in steps or ["read the orders"])),
    )


def subject(intent: Intent) -> str:
    """Name what was measured: `revenue`, `revenue and margin`."""
    return "orders" if intent.listing else _metrics(intent)


def circumstances(intent: Intent) -> str:
    """Name the time and the filters, to follow a figure: ` in October 2026, only EMEA`; may be empty."""
    period = intent.period
    time = "" if period is None else f" {_preposition(period)}{period.label}"
    filters = ", ".join(_filters(intent))
    return time + (f", {filters}" if filters else "")


def _preposition(period: Period) -> str:
    if period.label.startswith("since"):
        return ""
    return "from " if " to " in period.label else "on " if period.grain == "day" else "in "


def _metrics(intent: Intent) -> str:
    return _listed([METRICS[key].label for key in intent.metrics])


def _dimensions(intent: Intent) -> list[str]:
    return [DIMENSIONS[key].key for key in intent.dimensions]


def _filters(intent: Intent) -> list[str]:
    return [f"{'without' if f.without else 'only'} {_listed(list(f.values))}" for f in intent.filters]


def _bounds(intent: Intent) -> list[str]:
    bounds = []
    if intent.threshold:
        sign = "over" if intent.threshold.sign == ">" else "under"
        bounds.append(f"{sign} {intent.threshold.amount:,.0f}")
    if intent.top:
        order = "lowest" if intent.top.lowest else "newest" if intent.top.newest else "highest"
        bounds.append(f"the {intent.top.count} {order}")
    return bounds


def _when(intent: Intent) -> str:
    return f"for orders {_days(intent.period)}" if intent.period else "for all orders since the data begins"


def _days(period: Period) -> str:
    first, last = period.start, period.end.fromordinal(period.end.toordinal() - 1)
    if first >= last:
        return f"of {first.day} {first:%B %Y}"
    return f"from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
