"""The words of one question, taken apart; `understanding` makes sense of them in the conversation."""

import re
from dataclasses import dataclass, replace
from datetime import date

from sandbox.databricks.language import periods
from sandbox.databricks.language.intent import Filter, Threshold, Top
from sandbox.databricks.language.vocabulary import DIMENSIONS, METRICS, VALUES


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """Everything that was recognised in a question, in the order of the question."""

    metrics: tuple[str, ...]
    dimensions: tuple[str, ...]
    filters: tuple[Filter, ...]
    periods: tuple[periods.Period, ...]
    top: Top | None
    threshold: Threshold | None
    comparison: str
    """`year` or `previous` for what to compare with, empty for no comparison."""
    share: bool
    listing: bool
    wide: bool
    follows: bool
    """It is worded as going on from what was said before."""
    adds: bool
    """Its dimensions come on top of those before."""
    unknown: str
    """What it wants to be grouped by, if that is no dimension we have."""
    strange: bool = False
    """It has words, apart from the most common ones, of which none of the rest was made."""


def _any(words: list[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{alternatives})(?!\w)")


_METRIC_OF = {word: metric.key for metric in METRICS.values() for word in metric.words}
_DIMENSION_OF = {word: dimension.key for dimension in DIMENSIONS.values() for word in dimension.words}
_METRIC, _DIMENSION, _VALUE = _any(list(_METRIC_OF)), _any(list(_DIMENSION_OF)), _any(list(VALUES))
_WITHOUT = re.compile(r"\b(?:not|except|excluding|without|but)\s+(?:for\s+|in\s+)?(?:the\s+)?$")
_ABOVE = r"over|above|more than|greater than|larger than|bigger than|exceeding|at least"
_BELOW = r"under|below|less than|smaller than|fewer than|at most"
_THRESHOLD = re.compile(
    rf"\b(?:(?P<above>{_ABOVE})|(?:{_BELOW}))\s+\$?(?P<amount>\d[\d,.]*)\s?(?P<scale>k|m)?\b"
)
_LOW = r"bottom|worst|lowest|smallest|least|slowest"
_HIGH = r"top|best|highest|largest|biggest|leading|most|first"
_NEW = r"latest|newest|most recent|recent|last"
_COUNT = re.compile(
    rf"\b(?:{_LOW}|{_HIGH}|{_NEW})\s+(?P<count>\d+)\b|\b(?P<count2>\d+)\s+(?:{_LOW}|{_HIGH}|{_NEW})\b"
)
_RANKED = re.compile(r"\b(?:top|best|leading|biggest|largest)\b(?=.*\b\w+s\b)")
_NEWEST = re.compile(rf"\b(?:{_NEW})\b")
_LOWEST = re.compile(rf"\b(?:{_LOW})\b")
_YEAR = re.compile(r"\b(?:year[ -]over[ -]year|yoy|year[ -]on[ -]year|growth|grow|grew|growing)\b")
_COMPARE = re.compile(
    r"\b(?:compar\w+|vs\.?|versus|against|month[ -]over[ -]month|previous period|period before)"
)
_SHARE = re.compile(
    r"\b(?:shares?|proportions?|contributions?|mix|percent(?:age)? of|as a percentage|in percent|in %)(?!\w)"
)
_FOLLOWS = re.compile(
    r"^(?:and|only|just|but|now|also|then|ok|same|as|what about|how about|instead|split|break|compared?|by)\b"
    r"|\binstead\b|\b(?:that|this|it|them|those)\b(?! (?:day|week|month|quarter|year))"
)
_ADDS = re.compile(
    r"\b(?:also|split|broken down|break\w* (?:it |that |this )?down|within|additionally|too|as well)\b"
)
_LIST = re.compile(r"\b(?:list|show|display|give me|see|latest|newest|recent|last|biggest|largest)\b")
_COUNTED = re.compile(r"\b(?:how many|number of|count)\b")
_WIDE = re.compile(
    r"\b(?:all (?:the )?(?:columns|fields|details)|every (?:column|detail)|everything|full details)\b"
)
_UNKNOWN = re.compile(r"\b(?:by|per|for each)\s+(?:the\s+)?([a-z][a-z-]+)")
_PLACE = re.compile(r"\b(?:in|for|from|only|at|to)\s+(?:the\s+)?([a-z][a-z'-]+)\b")
_NO_PLACE = frozenset(
    re.findall(
        r"\w+",
        "a all an any average detail dollars each euros every everyone full general it me money now "
        "order our by first percent that the them this those to total usd us what which you your",
    )
)
_COMMON = _NO_PLACE | frozenset(
    re.findall(
        r"[\w']+",
        "about an and any are as at be been can could did do does doing done figure figures "
        "for from get go had has have how i in is like look looks make many me much no number "
        "numbers of ok on one only or please same see show so tell thanks the then there to "
        "was we were what's with would yes yet",
    )
)


def parse_question(question: str, today: date) -> ParsedQuestion:
    """Take a question apart."""
    text = re.sub(r"\bUS\b", "usa", question).lower().replace("’", "'")
    text = re.sub(r"[?!,;:\"“”]+(?=\s|$)|[\"“”]", " ", text).strip(" .")
    whole = text
    filters, text = _filters(text)
    threshold, text = _threshold(text)
    top, text = _top(text)
    named, text = periods.find(text, today)
    comparison = "year" if _YEAR.search(text) else "previous" if _COMPARE.search(text) else ""
    text = _YEAR.sub(" ", text)
    metrics = tuple(dict.fromkeys(_METRIC_OF[word] for word in _METRIC.findall(text)))
    text = _METRIC.sub(" # ", text)
    dimensions = tuple(dict.fromkeys(_DIMENSION_OF[word] for word in _DIMENSION.findall(text)))
    ranked = next((_DIMENSION_OF[word] for word in _DIMENSION.findall(text)), "")
    text = _DIMENSION.sub(" # ", text)
    unknown = _UNKNOWN.search(text)
    share = _SHARE.search(text) is not None
    return ParsedQuestion(
        metrics=metrics,
        dimensions=dimensions,
        filters=filters + _places(_SHARE.sub(" ", text), question, known=bool(unknown)),
        periods=named,
        top=replace(top, of=ranked) if top else None,
        threshold=threshold,
        comparison=comparison,
        share=share,
        listing=bool(_LIST.search(whole) or threshold or top) and _COUNTED.search(whole) is None,
        wide=_WIDE.search(whole) is not None,
        follows=_FOLLOWS.search(whole) is not None,
        adds=_ADDS.search(whole) is not None,
        unknown=unknown[1] if unknown and unknown[1] not in _NO_PLACE else "",
        strange=not _COMMON.issuperset(re.findall(r"[a-z][a-z']+", text)),
    )


def _filters(text: str) -> tuple[tuple[Filter, ...], str]:
    wanted: dict[tuple[str, bool], list[str]] = {}
    for match in _VALUE.finditer(text):
        column, value = VALUES[match[0]]
        without = _WITHOUT.search(text[: match.start()]) is not None
        wanted.setdefault((column, without), []).append(value)
    found = tuple(
        Filter(column, tuple(dict.fromkeys(values)), without) for (column, without), values in wanted.items()
    )
    return found, _VALUE.sub(" # ", text)


def _places(text: str, question: str, *, known: bool) -> tuple[Filter, ...]:
    """Take a name that we do not know for a country: Genie would filter by it, too, and find nothing."""
    if known:
        return ()
    names = [word for word in _PLACE.findall(text) if word not in _NO_PLACE]
    as_written = {word.strip("?!.,").lower(): word.strip("?!.,") for word in question.split()}
    return tuple(Filter("country", (as_written.get(name, name).title(),)) for name in names[:1])


def _threshold(text: str) -> tuple[Threshold | None, str]:
    match = _THRESHOLD.search(text)
    if match is None:
        return None, text
    scale = {"k": 1e3, "m": 1e6, None: 1.0}[match["scale"]]
    amount = float(match["amount"].replace(",", "").rstrip(".") or 0) * scale
    return Threshold(">" if match["above"] else "<", amount), _THRESHOLD.sub(" ", text)


def _top(text: str) -> tuple[Top | None, str]:
    match = _COUNT.search(text)
    lowest = _LOWEST.search(text) is not None
    if match and not re.match(r"\s*(?:day|week|month|quarter|year)s?\b", text[match.end() :]):
        count = int(match["count"] or match["count2"])
        newest = _NEWEST.search(match[0]) is not None
        return Top(max(1, min(count, 5000)), lowest, newest), _COUNT.sub(" ", text, count=1)
    return (Top(5, lowest) if lowest or _RANKED.search(text) else None), text
