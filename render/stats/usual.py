"""Whether a mean, a median and what is far from them say anything about a column."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from genie.model import Cell
from render.columns.kinds import RATIOS
from render.columns.reading import NAMES, Adds, Role
from render.columns.units import CURRENCIES
from render.stats.rows import Rows

_FEWEST = 3
_FEWEST_STEPS = 4
"""Values that only rise, or only fall, in their order: fewer do so by chance."""

_FEWEST_STEPS_OF_GROUPS = 6
"""Such steps within several groups."""


def has_usual(rows: Rows, at: int, known: Mapping[int, Decimal]) -> bool:
    """Tell whether the values are many of one kind: no lines of a statement, steps, sums, no rest."""
    if len(known) < _FEWEST or rows.reading.lines is not None or rows.reading.rest:
        return False
    does_add = rows.reading.columns[at].adds is not Adds.NEVER
    if does_add:
        return True
    runs = _runs(rows, known) or _runs_in_groups(rows, known)
    return not (runs or _repeats(rows, known) or _has_units(rows, at))


def _runs(rows: Rows, known: Mapping[int, Decimal]) -> bool:
    """Whether each value is made of the one before: a running sum, the steps of a funnel."""
    values = [known[place] for place in _in_order(rows, known)]
    steps = {(later > earlier) - (later < earlier) for earlier, later in pairwise(values)} - {0}
    return len(values) >= _FEWEST_STEPS and len(steps) == 1


def _runs_in_groups(rows: Rows, known: Mapping[int, Decimal]) -> bool:
    """Whether that is so within each item of a column: a triangle of claims, each year by its ages."""
    columns = rows.reading.columns
    steps = [at for at, column in enumerate(columns) if column.role in {Role.ORDERED, Role.TIME}]
    groups = [at for at, column in enumerate(columns) if column.role in NAMES]
    return any(
        _all_run([[known[place] for place in each] for each in _courses(rows, group, along, known)])
        for along in steps
        for group in groups
        if group != along
    )


def _courses(rows: Rows, group: int, along: int, known: Mapping[int, Decimal]) -> list[list[int]]:
    """Return the rows of each item of a column as they follow one another."""
    column, items = rows.reading.columns[along], rows.cells[group]
    ranks = {cell: rank for rank, cell in enumerate(column.in_order)}
    begin = {moment: rank for rank, moment in enumerate(sorted({each for each in column.moments if each}))}
    rank = (
        [begin.get(moment) if moment else None for moment in column.moments]
        if column.moments
        else [ranks.get(cell) if cell is not None else None for cell in rows.cells[along]]
    )
    places = sorted((rank[place] or 0, place) for place in known if rank[place] is not None)
    courses: dict[Cell, list[int]] = defaultdict(list)
    for _, place in places:
        courses[items[place]].append(place)
    return list(courses.values())


def _all_run(courses: Sequence[Sequence[Decimal]]) -> bool:
    """Whether all courses only rise, or all only fall, more often than by chance."""
    steps = [step for course in courses for step in pairwise(course)]
    signs = {(later > earlier) - (later < earlier) for earlier, later in steps} - {0}
    longest = max(map(len, courses), default=0)
    return len(steps) >= _FEWEST_STEPS_OF_GROUPS and longest >= _FEWEST and len(signs) == 1


def _has_units(rows: Rows, at: int) -> bool:
    """Whether each row's amount is in a unit of its own: rates of exchange, of several currencies."""
    column = rows.reading.columns[at]
    if column.kind in RATIOS or column.unit.name:
        return False
    named = (each for each, other in enumerate(rows.reading.columns) if other.role in NAMES)
    codes = ({cell.strip().upper() for cell in rows.cells[each] if cell} for each in named)
    return any(len(each) > 1 and each <= CURRENCIES for each in codes)


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
