"""What a run of agent mode looks at: a question's own figures, their course, and what moved them."""

from dataclasses import replace

from sandbox.databricks.language.intent import Intent, Top

_MOVERS = ("category", "channel")
_MOST = 10


def angles(intent: Intent) -> tuple[Intent, ...]:
    """Give the intents of the queries, the question's own first; some may be the same."""
    metrics = intent.metrics[:1] or ("revenue",)
    plain = replace(
        intent,
        metrics=metrics,
        baseline=None,
        top=None,
        share=False,
        listing=False,
        wide=False,
        official=False,
    )
    whole = replace(plain, threshold=None)
    own = intent if intent.dimensions and not intent.listing else replace(plain, dimensions=("region",))
    product = Top(_MOST, of="product")
    return (
        own,
        replace(whole, dimensions=("month",)),
        *(_moved(whole, key) for key in _MOVERS if key not in own.dimensions),
        replace(whole, dimensions=("product",), top=product),
    )


def _moved(intent: Intent, key: str) -> Intent:
    """Compare with the year before where there is a period to compare."""
    baseline = intent.period.year_before() if intent.period else None
    return replace(intent, dimensions=(key,), baseline=baseline)
