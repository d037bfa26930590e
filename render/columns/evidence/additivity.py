"""The one rule for what may be added up over what; in doubt nothing is."""

from collections.abc import Sequence

from render.columns import names
from render.columns.evidence.sample import Sample
from render.columns.names import Words, name_words
from render.columns.reading import Adds, Role, Source

_NEVER: tuple[Words, ...] = (
    *(names.AVERAGE, names.RATE, names.CUMULATIVE, names.DISTINCT, names.RANKING),
    *(names.TARGET, names.EARLIER, names.CHANGE, names.PERCENT, names.SHARE),
)
_NEVER_OF_SUMS = (names.CUMULATIVE, names.DISTINCT, names.PERCENT)
"""What does not add up even when a query adds it up."""


def adds_of(sample: Sample, role: Role) -> tuple[Adds, Source]:
    """Return over what a sum of a column means something, and where that is known from."""
    query = sample.query
    if role not in {Role.MEASURE, Role.COMPARISON}:
        return Adds.NEVER, Source.TYPE
    if query.adds is None:
        return _by_name(sample.names), Source.NAME
    if not query.adds:
        return Adds.NEVER, Source.SQL
    sources = [word for source in query.sources for word in name_words(source)]
    if _any(_NEVER_OF_SUMS, sources):
        return Adds.NEVER, Source.SQL
    held = _any((names.HOLDING, names.PEOPLE), [*sample.names, *sources])
    return Adds.NOT_OVER_TIME if held else Adds.EVERYWHERE, Source.SQL


def _by_name(words: list[str]) -> Adds:
    """Judge by the name alone: only that of a flow adds up, and people may be counted in several groups."""
    if _any(_NEVER, words):
        return Adds.NEVER
    if names.PEOPLE.among(words):
        return Adds.NEVER
    if names.HOLDING.among(words):
        return Adds.NOT_OVER_TIME
    return Adds.EVERYWHERE if names.FLOW.among(words) else Adds.NEVER


def _any(meanings: Sequence[Words], words: list[str]) -> bool:
    return any(meaning.among(words) for meaning in meanings)
