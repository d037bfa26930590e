"""Whether the label of a row says that it adds up others."""

from collections.abc import Iterable

from render.columns import names


def maybe_totals(labels: Iterable[str]) -> list[str]:
    """Return the labels that a closer look may find to be totals; quickly, since there may be thousands."""
    each = list(labels)
    text = "\n".join(each).lower()
    return each if any(word in text for word in (*names.TOTAL.whole, *names.TOTAL.parts)) else []


def is_total(label: str) -> bool:
    """Whether a label alone says that its row adds up others: Total, Grand Total, Gesamt, 合計, (All)."""
    words = names.name_words(label)
    return names.TOTAL.among(words) and all(
        names.TOTAL.has(word) or names.JOINING.has(word) for word in words
    )


def names_total(label: str) -> bool:
    """Whether a label may be that of a total, which its values must confirm: All regions, Total EMEA."""
    words = names.name_words(label)
    return names.TOTAL.among([*words[:1], *words[-1:]])
