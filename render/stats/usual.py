"""Whether a mean, a median and what is far from them say anything about a column."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from render.columns.reading import NAMES, Adds, Role
from render.stats.rows import Rows

_FEWEST = 3
_FEWEST_STEPS = 4
"""Values that only rise, or only fall, in their order: fewer do so by chance."""


def has_usual(rows: Rows, at: int, known: Mapping[int, Decimal]) -> bool:
    """Tell whether the values are many of one kind: no lines of a statement, steps, sums, no rest."""
    if len(known) < _FEWEST or rows.reading.lines is not None or rows.reading.rest:
        return False
    does_add = rows.reading.columns[at].adds is not Adds.NEVER
    return does_add or not (_runs(rows, known) or _repeats(rows, known))


def _runs(rows: Rows, known: Mapping[int, Decimal]) -> bool:
    """Whether each value is made of the one before: a running sum, the steps of a funnel."""
    values = [known[place] for place in _in_order(rows, known)]
    steps = {(later > earlier) - (later < earlier) for earlier, later in pairwise(values)} - {0}
    return len(values) >= _FEWEST_STEPS and len(steps) == 1


def _in_order(rows: Rows, known: Mapping[int, Decimal]) -> Sequence[int]:
    """Return the rows as they follow one another; none where nothing says so."""
    if rows.axis:
        moments = rows.axis.moments
        return [] if rows.axis.repeats else sorted(known, key=moments.__getitem__)
    steps = (at for at, column in enumerate(rows.reading.columns) if column.role in {Role.ORDERED, Role.TIME})
    return sorted(known) if any(len(set(rows.cells[at])) == len(rows.cells[at]) for at in steps) else []


def _repeats(rows: Rows, known: Mapping[int, Decimal]) -> bool:
    """Whether each item of a column has its value in several rows, as a cohort has its size."""
    for at, column in enumerate(rows.reading.columns):
        items = {rows.cells[at][place] for place in known}
        if column.role in NAMES and 1 < len(items) <= len(known) / 2:
            pairs = {(rows.cells[at][place], value) for place, value in known.items()}
            if len(pairs) == len(items):
                return True
    return False
