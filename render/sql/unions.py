"""UNION: what the columns of its branches mean together, and which branches are totals or other figures."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlglot import exp

from render.sql.meaning import ROWS, Meaning, mark, sources_of
from render.sql.model import Operation
from render.sql.relation import Column, Relation

_MOST_BRANCHES = 60
"""Which are compared with one another; among more no total is found, so nothing adds up over labels."""


def united(query: exp.SetOperation, found: Sequence[Relation]) -> Relation:
    """Return what the branches give together; nothing where their columns do not match."""
    first = found[0]
    if any(each.is_open or len(each.columns) != len(first.columns) for each in found):
        return Relation(limited=any(each.limited for each in found))
    return together(found) if isinstance(query, exp.Union) else replace(first, limit=None)


def stacked(node: exp.Stack, names: Sequence[str], read: Callable[[exp.Expr], Meaning]) -> Relation | None:
    """Return the rows of `stack(2, 'Revenue', SUM(x), 'Orders', COUNT(*))`; None where they are not known."""
    width = len(names)
    cells = [read(each) for each in node.expressions]
    if not width or len(cells) % width:
        return None
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    return together(
        [
            Relation(tuple(Column(name, cell.once_more()) for name, cell in zip(names, row, strict=True)))
            for row in rows
        ]
    )


def together(found: Sequence[Relation]) -> Relation:
    """Return the rows of several relations with the same columns."""
    first = found[0]
    totals = [len(found) <= _MOST_BRANCHES and _is_total(at, found) for at in range(len(found))]
    columns = tuple(
        Column(column.name, _together(at, found, totals)) for at, column in enumerate(first.columns)
    )
    return Relation(
        columns,
        limited=any(each.limited for each in found),
        reads=frozenset().union(*(each.reads for each in found)),
        filters=frozenset.intersection(*(each.filters for each in found)),
        is_metric_list=not any(totals) and is_metric_list(found),
    )


def _is_literal(meaning: Meaning) -> bool:
    return meaning.operation is Operation.LITERAL


def _is_total(at: int, found: Sequence[Relation]) -> bool:
    """Return whether a branch adds up the rows of another one."""
    branch = found[at]
    return any(_adds_up(branch, other) for number, other in enumerate(found) if number != at)


def _adds_up(branch: Relation, other: Relation) -> bool:
    """Return whether `branch` has the same values for fewer keys, and keeps to no other conditions."""
    if not branch.filters <= other.filters:
        return False
    fewer = False
    for mine, yours in zip(branch.columns, other.columns, strict=True):
        is_name = yours.meaning.is_key or (branch.keys == frozenset() and yours.meaning.operation in ROWS)
        if _is_literal(mine.meaning) and is_name and not _is_literal(yours.meaning):
            fewer = True
        elif not _is_literal(mine.meaning) and mine.meaning.mark not in _marks(yours.meaning):
            return False
    return fewer and any(not _is_literal(each.meaning) for each in branch.columns)


def _marks(value: Meaning) -> set[int]:
    """Return the marks of a value in a row and in a total: there it is the same, or added up."""
    return {value.mark, mark(Operation.SUM, value.mark, False)}  # noqa: FBT003


def _together(at: int, found: Sequence[Relation], totals: Sequence[bool]) -> Meaning:
    """Return what one column of all branches means."""
    meanings = [each.columns[at].meaning for each in found]
    labels = [
        meaning.text
        for meaning, total in zip(meanings, totals, strict=True)
        if total and _is_literal(meaning)
    ]
    values = [
        each for each, total in zip(meanings, totals, strict=True) if not _is_literal(each) and not total
    ] or [each for each in meanings if not _is_literal(each)]
    if not values:
        return _of_literals(meanings)
    first = values[0]
    if len({each.mark for each in values}) > 1:
        return _of_different(values)
    adds = first.adds
    names = any(each.text is not None for each in meanings if _is_literal(each)) and not first.is_key
    rows = [each for each, total in zip(found, totals, strict=True) if not total]
    if (names and not any(totals)) or _may_overlap(rows):
        adds = False if adds is not None else None
    if any(each.adds is not True for each in values) and adds:
        adds = False if any(each.adds is False for each in values) else None
    known = [*(first.totals or ()), *(label for label in labels if label)]
    rolled = bool(labels) or first.totals is not None
    monday = first.monday if all(each.monday == first.monday for each in values) else None
    return replace(first, adds=adds, monday=monday, totals=tuple(dict.fromkeys(known)) if rolled else None)


def _of_literals(meanings: Sequence[Meaning]) -> Meaning:
    texts = {each.text for each in meanings}
    if len(texts) == 1:
        return meanings[0]
    return Meaning(mark=mark("literals", *sorted(map(str, texts))), is_key=True)


def _of_different(values: Sequence[Meaning]) -> Meaning:
    """Return what different values mean in one column: they are no parts of one whole."""
    operations = {each.operation for each in values}
    same = len(operations) == 1
    grains = {each.grain for each in values}
    rows = operations <= {Operation.COLUMN, Operation.OTHER}
    return Meaning(
        values[0].operation if same else Operation.OTHER,
        sources_of(values),
        adds=None if rows and all(each.adds is None for each in values) else False,
        factor=values[0].factor if len({each.factor for each in values}) == 1 else 1,
        is_fraction=all(each.is_fraction for each in values),
        grain=grains.pop() if len(grains) == 1 else "",
        mark=mark("different", *(each.mark for each in values)),
        is_key=all(each.is_key for each in values),
    )


def _may_overlap(found: Sequence[Relation]) -> bool:
    """Return whether literals alone tell the branches apart, or they have periods of other lengths."""
    for at in range(len(found[0].columns)):
        meanings = [each.columns[at].meaning for each in found]
        if all(_is_literal(each) for each in meanings) and len({each.text for each in meanings}) > 1:
            return True
        keys = {each.mark for each in meanings if each.is_key and not _is_literal(each)}
        if len(keys) > 1:
            return True
    return False


def is_metric_list(found: Sequence[Relation]) -> bool:
    """Return whether each branch names another figure."""
    positions = range(len(found[0].columns))
    literals = [
        at
        for at in positions
        if all(_is_literal(each.columns[at].meaning) for each in found)
        and len({each.columns[at].meaning.text for each in found}) == len(found)
    ]
    if len(found) < 2 or not literals:  # noqa: PLR2004
        return False
    values = [[each.columns[at].meaning for each in found] for at in positions if at not in literals]
    steps = any(all((each.columns[at].meaning.text or "").isdigit() for each in found) for at in literals)
    for each in values:
        numbers = [meaning for meaning in each if not _is_literal(meaning)]
        different = len({meaning.mark for meaning in numbers}) > 1
        like = len({meaning.operation for meaning in numbers}) == 1
        if different and not (steps and like):
            return True
    return False
