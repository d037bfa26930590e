"""Robust estimators over exact numbers.

Everything is Decimal: a result's own digits are added up, not their nearest binary fractions.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import combinations
from math import sqrt
from statistics import median

EXACT = Context(prec=60)
"""Digits of all sums: enough for 5,000 values of DECIMAL's 38."""

_FEWEST = 8
"""Values from which on one of them can be called unusual."""
_UNUSUAL = Decimal("3.5")
"""Modified z-score beyond which a value is an outlier (Iglewicz and Hoaglin, 1993)."""
_TO_SIGMA = Decimal("1.4826")
"""The median absolute deviation of a normal distribution to its standard deviation."""
_FENCE = 3
"""Interquartile ranges beyond the quartiles, where more than half of all values are alike."""
_MOST_POINTS = 120
"""Points that are compared pair by pair; of a longer series those are medians of neighbours."""
_FEWEST_POINTS = 6
_CERTAIN = 2.576
"""Standard deviations: a trend is only told when chance gives such a one in 1 of 100 cases."""

Point = tuple[int, Decimal]
"""The number of a period and its value."""


def unusual(values: Sequence[Decimal]) -> list[int]:
    """Return where values lie that are far from the bulk of all, the farthest first."""
    if len(values) < _FEWEST:
        return []
    middle = median(values)
    distances = [abs(value - middle) for value in values]
    spread = median(distances)
    limit = spread * _TO_SIGMA * _UNUSUAL if spread else _fence(values, middle)
    far = [at for at, distance in enumerate(distances) if limit and distance > limit]
    others = [value for at, value in enumerate(values) if at not in {*far}]
    apart = [at for at in far if min(abs(values[at] - other) for other in others) > limit / 2]
    return sorted(apart, key=lambda at: -distances[at])


def _fence(values: Sequence[Decimal], middle: Decimal) -> Decimal:
    """Return the distance from the middle for values of which more than half are the same; 0 for none."""
    ordered = sorted(values)
    low, high = ordered[len(ordered) // 4], ordered[-1 - len(ordered) // 4]
    return max(middle - low, high - middle) + _FENCE * (high - low) if high > low else Decimal(0)


def trend(points: Sequence[Point]) -> Decimal | None:
    """Return by how much a series grows from one period to the next, or None if that may be chance.

    Mann and Kendall's test, and Theil and Sen's slope: neither assumes a distribution, and no single value
    moves them.
    """
    if len(points) < _FEWEST_POINTS:
        return None
    known = _thinned(points)
    pairs = list(combinations(known, 2))
    balance = sum((later > earlier) - (later < earlier) for (_, earlier), (_, later) in pairs)
    variance = _variance([value for _, value in known])
    if variance <= 0 or (abs(balance) - 1) / sqrt(variance) < _CERTAIN:
        return None
    slope = median((later - earlier) / (then - at) for (at, earlier), (then, later) in pairs if then > at)
    return Decimal(slope) or None


def _thinned(points: Sequence[Point]) -> Sequence[Point]:
    size = -(-len(points) // _MOST_POINTS)
    if size == 1:
        return points
    groups = [points[at : at + size] for at in range(0, len(points), size)]
    return [(group[len(group) // 2][0], median([value for _, value in group])) for group in groups]


def _variance(values: Sequence[Decimal]) -> float:
    """Return the variance of Mann and Kendall's sum for values of which some may be the same."""
    ties = sum(count * (count - 1) * (2 * count + 5) for count in Counter(values).values())
    number = len(values)
    return (number * (number - 1) * (2 * number + 5) - ties) / 18


def around(points: Sequence[Point], slope: Decimal | None) -> list[Decimal]:
    """Return the values of a series without its trend."""
    return [value - (slope or 0) * at for at, value in points]
