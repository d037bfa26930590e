"""Lines with subtotals, each of which is made of lines before it: a statement, as one of profit and loss."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from render.columns.evidence.total_labels import names_total
from render.columns.evidence.totals import Keys
from render.columns.statement_names import is_part, is_result

_DIGITS = 6
"""Digits of a row that no sum has by chance."""
_LONGEST_RUN = 12
_MOST_SIGNED = 7
"""Lines between two subtotals of which each may be a cost or an income."""
_MOST_LINES = 200
"""More rows are records."""
_FEWEST_RESULTS = 2
"""Lines that are called results where the amounts do not show it: some lines were left out."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is known of the lines of a statement."""

    lines: int
    """The column that names them."""
    subtotals: frozenset[int]
    is_mixed: bool
    """Some lines are percentages, which go with no amount."""
    adds: bool
    """All lines are parts of one sum: none is a cost, or an income, that lessens it."""


def statement_of(keys: Keys, *, is_list: bool) -> Statement | None:
    """Return what the rows are as a statement; in a list of figures only amounts show that, no names."""
    if not 2 < keys.rows <= _MOST_LINES or not keys.amounts:  # noqa: PLR2004 (two lines and what is left)
        return None
    every = (_with_lines(keys, at, is_list=is_list) for at in range(len(keys.labels)))
    return next(filter(None, every), None)


def _with_lines(keys: Keys, at: int, *, is_list: bool) -> Statement | None:
    cells = [cell or "" for cell in keys.labels[at]]
    parts = [row for row, cell in enumerate(cells) if is_part(cell)]
    amounts = [row for row in range(keys.rows) if row not in parts]
    named = {row for row in amounts if is_result(cells[row])}
    results = {row for row in named if cells[row] != cells[amounts[0]]}  # nothing stands before the first
    found = dict(_subtotals(keys, amounts, cells)) if len(set(cells)) == len(cells) else {}
    is_shown = len(found) > 1 or any(row < keys.rows - 1 or row in results for row in found)
    is_named = len({cells[row] for row in named}) >= _FEWEST_RESULTS and amounts[-1] in results
    if not is_shown and (is_list or not is_named):
        return None
    numbers = keys.amounts[0].numbers
    adds = not results and all(found.values()) and all((numbers[row] or 0) >= 0 for row in amounts)
    return Statement(at, frozenset(results | found.keys()), is_mixed=bool(parts), adds=adds)


def _subtotals(keys: Keys, rows: Sequence[int], cells: Sequence[str]) -> Iterator[tuple[int, bool]]:
    """Find the rows that are made of those before them, and whether these are only added up."""
    start, before = 0, None
    for place in range(2, len(rows)):
        row = rows[place]
        is_named = is_result(cells[row]) or names_total(cells[row])
        if not is_named and keys.digits(row) < _DIGITS:
            continue
        for first in range(place - 2, max(start, place - _LONGEST_RUN) - 1, -1):
            places = range(first, place) if before is None or first > before else range(before, place)
            parts = [rows[each] for each in places]
            signs = _signs(keys, row, parts, is_signed=is_named)
            if signs:
                yield row, min(signs) > 0
                start, before = place, place
                break


def _signs(keys: Keys, row: int, parts: Sequence[int], *, is_signed: bool) -> Sequence[int]:
    """Return by which signs a row is made of others; costs may be written as positive amounts."""
    plus = (1,) * len(parts)
    if keys.is_total(row, parts):
        return plus
    if not is_signed or len(parts) > _MOST_SIGNED:
        return ()
    every = product((-1, 1), repeat=len(parts) - 1)
    return next((signs for each in every if keys.is_total(row, parts, signs := (1, *each))), ())
