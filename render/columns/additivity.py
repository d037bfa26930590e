"""Whether a column's values may be added up: a sum of averages, prices or balances means nothing."""

import re
from decimal import Decimal

from render.columns.kinds import Kind
from render.columns.names import name_words

_NEVER = re.compile(
    "avg|average|mean|median|min|minimum|max|maximum|lowest|highest|std|stddev|variance|distinct|unique"
    "|cumulative|running|rolling|moving|ytd|mtd|qtd|rank|ranking|percentile|quantile|index|score|rating|nps"
    "|growth|change|yoy|mom|per|ratio|rate|lat|latitude|lon|lng|longitude|temperature|temp|age"
)
_ADDED = re.compile(
    "sum|total|amount|revenue|sales|costs?|spend|turnover|counts?|cnt|qty|quantity|volume|units|orders|profit"
)
_HELD = re.compile(
    "price|balance|stock|inventory|headcount|backlog|level|open|active|users?|customers?|visitors?|accounts?"
    "|subscribers?|members?|employees?|people|population"
)
"""Whose value of one moment holds on: the same customer is there in the next month, too."""
_EITHER = re.compile("margin|discount|share|conversion|churn|utili[sz]ation")
"""Amounts or percentages; a percentage has no value above 100."""
_HUNDRED = 100


def adds_up(name: str, kind: Kind, largest: Decimal) -> bool:
    """Whether a sum of these values is an answer to a question; in doubt it is not."""
    named = name_words(name)
    if kind is not Kind.MEASURE or _any(_NEVER, named):
        return False
    if _any(_ADDED, named):
        return True
    return not _any(_HELD, named) and (largest > _HUNDRED or not _any(_EITHER, named))


def _any(pattern: re.Pattern[str], named: list[str]) -> bool:
    return any(pattern.fullmatch(name) for name in named)
