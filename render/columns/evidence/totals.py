"""Which rows add up others: as the query says, as their labels say, or as their values do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from math import isclose

from genie.model import Cell
from render.columns.evidence.total_labels import is_total, maybe_totals, names_all, names_total
from render.columns.numbers import read_float
from render.columns.times import DATE
from render.sql.model import QueryReading

_ROUNDED = 1e-6
"""How far a sum of rounded amounts may be from the rounded sum."""
_FEWEST_PARTS = 3
"""Rows that must be added up where the label does not say that they are."""
_TELLING_DIGITS = 4
"""Digits that no sum has by chance; 6 = 3 + 2 + 1 is none."""
_MOST_ROWS = 5_000

FIRST_ROWS = 40
"""Rows that are enough to tell how the columns hang together."""
_MOST_COLUMNS = 20
_MOST_KEYS = 4
"""Columns that name the rows, beyond which rows are records and not groups."""


@dataclass(frozen=True)
class Amounts:
    """A column of numbers, read when they are first asked for."""

    cells: Sequence[Cell]

    @cached_property
    def numbers(self) -> Sequence[float | None]:
        """The cells as numbers."""
        return [read_float(cell) for cell in self.cells]

    @cached_property
    def rounded(self) -> float:
        """By how much each of them may have been rounded."""
        decimals = max((len(cell.partition(".")[2]) for cell in self.cells[:FIRST_ROWS] if cell), default=0)
        return 0.5 * 10**-decimals if decimals else 0.0


@dataclass(frozen=True)
class Keys:
    """What the rows are about: the cells of the columns that name them, and the amounts that add up."""

    labels: Sequence[Sequence[Cell]]
    amounts: Sequence[Amounts]
    rows: int
    nouns: Sequence[Sequence[str]]
    """What each of the columns is called."""

    @cached_property
    def marked(self) -> Mapping[int, set[int]]:
        """The rows of which a label may be that of a total, with the places of those labels."""
        found: dict[int, set[int]] = defaultdict(set)
        for at, cells in enumerate(self.labels):
            there = dict.fromkeys(cells)  # in the order of the rows, so that every run reads the same
            may_be = {None, *_labels_of_totals([cell for cell in there if cell is not None])}
            if may_be.isdisjoint(there):
                continue
            for row, cell in enumerate(cells):
                if cell in may_be:
                    found[row].add(at)
        return found

    def is_total(self, row: int, parts: Sequence[int], signs: Sequence[int] = ()) -> bool:
        """Whether a row has the sums of others for amounts, all that are there; `signs` say how."""
        compared = 0
        for amounts in self.amounts:
            whole, numbers = amounts.numbers[row], amounts.numbers
            signed = zip(parts, signs or repeat(1), strict=False)
            known = [sign * value for part, sign in signed if (value := numbers[part]) is not None]
            if whole is None and not known:
                continue
            rounded = amounts.rounded * (len(known) + 1)
            if whole is not None and isclose(whole, sum(known), rel_tol=_ROUNDED, abs_tol=rounded):
                compared += bool(whole)
            elif len(known) == len(parts):
                return False
        return bool(compared)

    def digits(self, row: int) -> int:
        """Count the digits of a row's amounts: with many of them no sum is right by chance."""
        known = [amounts.numbers[row] for amounts in self.amounts]
        written = (f"{abs(value):.2f}".rstrip("0").rstrip(".") for value in known if value)
        return sum(len(text.replace(".", "").lstrip("0")) for text in written)

    def largest(self, rows: Sequence[int]) -> int:
        """Return the row with the largest of the first amounts."""
        numbers = self.amounts[0].numbers
        return max(rows, key=lambda row: numbers[row] or 0)


def _labels_of_totals(labels: Sequence[str]) -> list[str]:
    """Return the labels that may be those of totals; none where most are, which then are only called so."""
    asked = maybe_totals([label for label in labels if not DATE.match(label)])
    if sum(map(names_total, asked[:FIRST_ROWS])) > max(FIRST_ROWS // 2, 1) and len(labels) > FIRST_ROWS:
        return []
    return [label for label in asked if names_total(label)]


def totals_of(keys: Keys, query: QueryReading, positions: Sequence[int]) -> frozenset[int]:
    """Return the rows that add up others; `positions` are those of the columns that name the rows."""
    if keys.rows < 2 or keys.rows > _MOST_ROWS or not keys.labels:  # noqa: PLR2004 (one row is no total)
        return frozenset()
    told = frozenset(_told(keys, query, positions))
    if told:
        return told | frozenset(_labelled(keys))
    labelled = frozenset(_labelled(keys))
    return labelled or frozenset(_largest(keys)) or frozenset(_largest_of_each(keys))


def _told(keys: Keys, query: QueryReading, positions: Sequence[int]) -> Iterator[int]:
    labels = frozenset(query.total_labels)
    rolled = [cells for at, cells in zip(positions, keys.labels, strict=True) if at in query.rolled_up]
    for row in range(keys.rows):
        if any(cells[row] is None or cells[row] in labels for cells in rolled) or (
            labels and any(cells[row] in labels for cells in keys.labels)
        ):
            yield row


def _labelled(keys: Keys) -> Iterator[int]:
    """Find totals by labels: Total is one, a label of all regions, and any of which the amounts say so."""
    if not keys.marked:
        return
    sums = _Sums(keys, [row for row in range(keys.rows) if row not in keys.marked])
    for row, marked in keys.marked.items():
        labels = [(keys.labels[at][row] or "", keys.nouns[at]) for at in marked]
        is_called = any(is_total(label) for label, _ in labels)
        if (
            sums.has(row, marked)
            or (is_called and not sums.denies(row, marked))
            or (_is_rolled_up(labels) and sums.exceeds(row, marked))
            or (any(names_all(*label) for label in labels) and sums.has_parts(row, marked))
        ):
            yield row


def _is_rolled_up(labels: Sequence[tuple[str, Sequence[str]]]) -> bool:
    """Whether a row is of no time or group, as those of ROLLUP, and may be called a total beside that."""
    written = [label for label, _ in labels if label]
    return len(written) < len(labels) and any(map(names_total, written))


class _Sums:
    """What the parts of a total add up to, worked out once for each way to add them up."""

    def __init__(self, keys: Keys, parts: Sequence[int]) -> None:
        self._keys, self._parts = keys, parts
        self._groups: dict[tuple[int, ...], Mapping[tuple[Cell, ...], list[int]]] = {}

    def has(self, row: int, marked: set[int]) -> bool:
        """Whether a row adds up the parts that have its other labels."""
        parts = self._of(row, marked)
        return len(parts) > 1 and self._keys.is_total(row, parts)

    def has_parts(self, row: int, marked: set[int]) -> bool:
        """Whether several parts have the other labels of a row."""
        return len(self._of(row, marked)) > 1

    def exceeds(self, row: int, marked: set[int]) -> bool:
        """Whether a row has several parts, and no amount that is less than one of theirs."""
        amounts = self._keys.amounts
        is_there = not amounts or any(each.numbers[row] for each in amounts)
        return is_there and self.has_parts(row, marked) and not self.denies(row, marked)

    def denies(self, row: int, marked: set[int]) -> bool:
        """Whether a row that is called a total has less than one of its parts, and no sum of them."""
        parts = self._of(row, marked)
        is_less = False
        for amounts in self._keys.amounts:
            whole, numbers = amounts.numbers[row], amounts.numbers
            known = [value for part in parts if (value := numbers[part]) is not None]
            if not whole or not known:
                continue
            if len(known) > 1 and isclose(whole, sum(known), rel_tol=_ROUNDED):
                return False
            is_less = is_less or (min(known) >= 0 and whole < max(known) * (1 - _ROUNDED))
        return is_less or not parts

    def _of(self, row: int, marked: set[int]) -> list[int]:
        kept = tuple(at for at in range(len(self._keys.labels)) if at not in marked)
        if kept not in self._groups:
            groups: dict[tuple[Cell, ...], list[int]] = defaultdict(list)
            for part in self._parts:
                groups[tuple(self._keys.labels[at][part] for at in kept)].append(part)
            self._groups[kept] = groups
        return self._groups[kept].get(tuple(self._keys.labels[at][row] for at in kept), [])


def _largest(keys: Keys) -> Iterator[int]:
    """Find the one row that is as large as all others together, whatever it is called."""
    if not keys.amounts or keys.rows <= _FEWEST_PARTS:
        return
    row = keys.largest(range(keys.rows))
    others = [other for other in range(keys.rows) if other != row]
    if keys.is_total(row, others) and keys.digits(row) >= _TELLING_DIGITS:
        yield row


def _largest_of_each(keys: Keys) -> Iterator[int]:
    """Find the label whose row is as large as all others together in each of several groups."""
    if not keys.amounts or not 1 < len(keys.labels) <= _MOST_KEYS:
        return
    for at, cells in enumerate(keys.labels):
        groups: dict[tuple[Cell, ...], list[int]] = defaultdict(list)
        for row in range(keys.rows):
            groups[tuple(other[row] for each, other in enumerate(keys.labels) if each != at)].append(row)
        found = [_total_among(keys, rows) for rows in groups.values() if len(rows) > _FEWEST_PARTS]
        if (
            len(found) > 1
            and None not in found
            and len({cells[row] for row in found if row is not None}) == 1
        ):
            yield from (row for row in found if row is not None)
            return


def _total_among(keys: Keys, rows: Sequence[int]) -> int | None:
    row = keys.largest(rows)
    return row if keys.is_total(row, [other for other in rows if other != row]) else None


def parts_of_whole(columns: Sequence[Amounts], no_parts: frozenset[int]) -> tuple[range, int | None]:
    """Return the neighbours among columns of amounts that another one adds up in every row, and that one."""
    if not 2 < len(columns) <= _MOST_COLUMNS or len(columns[0].cells) < 2:  # noqa: PLR2004 (parts and their sum)
        return range(0), None
    rows = list(zip(*([number or 0.0 for number in amounts.numbers] for amounts in columns), strict=True))
    spans = [
        range(first, last)
        for first in range(len(columns))
        for last in range(len(columns), first + 1, -1)
        if last - first < len(columns) and no_parts.isdisjoint(range(first, last))
    ]
    spans.sort(key=len, reverse=True)
    for span in spans:
        rounded = columns[span.start].rounded * (len(span) + 1)
        for whole in range(len(columns)):
            if whole not in span and _adds_up(rows, span, whole, rounded):
                return span, whole
    return range(0), None


def _adds_up(rows: Sequence[Sequence[float]], span: range, whole: int, rounded: float) -> bool:
    return (
        any(row[whole] for row in rows)
        and all(
            isclose(row[whole], sum(row[span.start : span.stop]), rel_tol=_ROUNDED, abs_tol=rounded)
            for row in rows
        )
        and sum(1 for at in span if any(row[at] for row in rows)) > 1
    )
