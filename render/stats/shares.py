"""How a total is spread over the groups of a result."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from render.stats.model import Share, Shares

_FEWEST_GROUPS = 3
_MOST_OF_IT = Decimal("0.8")


def shares(groups: Sequence[str], known: Mapping[int, Decimal], rest: Collection[int]) -> Shares | None:
    """Spread the `known` values of rows over their groups; a total with negative parts has no shares.

    The rows of the rest are a part of it, and none of its groups.
    """
    if not groups or min(known.values()) < 0:
        return None
    sums: dict[str, Decimal] = {}
    for place, value in known.items():
        sums[groups[place]] = sums.get(groups[place], Decimal(0)) + value
    if len(sums) < 2:  # noqa: PLR2004 (one group is the whole)
        return None
    total = sum(sums.values())
    for name in {groups[place] for place in rest}:
        sums.pop(name, None)
    ordered = sorted(sums.items(), key=lambda each: -each[1])
    if len(ordered) < 2 or ordered[0][1] == ordered[1][1]:  # noqa: PLR2004 (none is the largest)
        return None
    running = [part / total for part in accumulate(value for _, value in ordered)]
    few = next((count for count, part in enumerate(running, start=1) if part >= _MOST_OF_IT), 0)
    telling = len(ordered) > _FEWEST_GROUPS and 1 < few <= len(ordered) // 2
    return Shares(
        groups=len(ordered),
        largest=Share(ordered[0][0], running[0]),
        few=few if telling else 0,
        together=running[few - 1] if telling else Decimal(0),
    )
