"""Whether the label of a row says that it adds up others."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from render.columns import names

_STEM = 3
"""Letters that the forms of a noun share at least."""


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


def names_all(label: str, nouns: Sequence[str]) -> bool:
    """Whether a label says that it is all of what its column names: All regions, Filialen gesamt."""
    words = [word for word in names.name_words(label) if not names.JOINING.has(word)]
    called = [word for word in words if not names.TOTAL.has(word)]
    return (
        names_total(label)
        and bool(called)
        and all(names.WHOLE.has(word) or any(_is_plural(word, noun) for noun in nouns) for word in called)
    )


def _is_plural(word: str, noun: str) -> bool:
    """Whether two words are one noun: regions and region, cities and city, Länder and Land."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, noun, strict=False)))
    return len(word) >= len(noun) and shared >= max(_STEM, len(noun) - 1)
