"""Which numbers are parts of a whole, and which of two ways they are written in."""

import re

from render.columns.kinds import Kind
from render.columns.names import SUMMED, has

_RATIO = re.compile("share|rate|ratio|fraction|margin|proportion")
_PERCENT = re.compile("[a-z]*(?:pct|percent|percentage)|%")
_NO_PART = re.compile("exchange|fx|currency|hourly|points?|pp")
_PART_OF_ALL = re.compile(
    "churn|conversion|retention|discount|tax|vat|interest|occupancy|utili[sz]ation|completion|attrition|win|bounce"
)
"""What a "rate" is a part of a whole of: above one it can only be a percentage."""
_NO_DOUBT = 2.0
"""Above, a "percent" is one of a hundred: 1.4 may be 140 %."""


def ratio_kind(names: list[str], numbers: list[float], *, whole: bool) -> Kind | None:
    """Return RATIO or PERCENT only where the values leave no doubt: 0.4 "pct" may be 40 % or 0.4 %."""
    if not numbers or has(names, _NO_PART) or (has(names, SUMMED) and not has(names[-1:], _PERCENT)):
        return None
    largest = max(abs(number) for number in numbers)
    adds_up = len(numbers) > 1 and abs(sum(numbers) - 1) < 0.02  # noqa: PLR2004 (rounded shares)
    if has(names, _PERCENT):
        if largest <= _NO_DOUBT and not whole:
            return Kind.RATIO if adds_up else None
        return Kind.PERCENT
    if names[-1:] == ["rate"] and has(names, _PART_OF_ALL) and _NO_DOUBT < largest <= 100:  # noqa: PLR2004
        return Kind.PERCENT
    if not whole and has(names, _RATIO) and largest <= 1:
        return Kind.RATIO
    return None
