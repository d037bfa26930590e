"""The one rule for which columns may be added up; charts and Stats both ask it.

A sum of averages, prices or balances means nothing, so in doubt a column does not add up.
"""

import re
from decimal import Decimal

from render.columns.kinds import Kind
from render.columns.names import has, name_words

_NEVER = re.compile(
    "avg|average|mean|median|mode|min|minimum|max|maximum|lowest|highest|std|stddev|variance|distinct|unique"
    "|cumulative|running|rolling|moving|ytd|mtd|qtd|rank|ranking|p|percentile|quartile|quantile|index"
    "|score|rating|nps|csat|growth|change|delta|diff|difference|yoy|mom|target|per|percent|pct|ratio|rate"
    "|lat|latitude|lon|lng|longitude|temperature|temp|age"
)
"""The words of a name have no digits: `p` is that of `p95`."""
_FLOW = re.compile(
    "sum|total|amount|revenue|sales|costs?|spend|turnover|counts?|cnt|qty|quantity|volume|units|orders|profit"
)
_LEVEL = re.compile(
    "price|balance|stock|inventory|headcount|backlog|level|open|active|users?|customers?|visitors?|accounts?"
    "|subscribers?|members?|employees?|people|population"
)
"""Values of one moment that are counted again at the next: a customer of May is a customer of June, too."""
_AMOUNT_OR_PERCENTAGE = re.compile("margin|discount|share|conversion|churn|utili[sz]ation")
_LARGEST_PERCENTAGE = 100


def adds_up(name: str, kind: Kind, largest: Decimal | float) -> bool:
    """Tell whether a sum of the column's values means something; `largest` is the largest of them."""
    words = name_words(name)
    if kind is not Kind.MEASURE or has(words, _NEVER):
        return False
    if has(words, _FLOW):
        return True
    is_percentage = has(words, _AMOUNT_OR_PERCENTAGE) and largest <= _LARGEST_PERCENTAGE
    return not has(words, _LEVEL) and not is_percentage
