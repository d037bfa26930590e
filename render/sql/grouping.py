"""GROUP BY: by what the rows are grouped, which columns say it, and which are empty in total rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from render.sql.meaning import Meaning, mark_of
from render.sql.model import Operation
from render.sql.relation import Column
from render.sql.select import MADE, Scope


@dataclass(frozen=True, slots=True)
class Grouping:
    """What GROUP BY says."""

    is_grouped: bool
    marks: frozenset[int] | None = None
    """Of what the rows are grouped by; None when that is not known."""
    rolled: frozenset[int] = frozenset()
    """Of what is empty in total rows."""
    overlaps: bool = False
    """A row of a table is in several groups, of which none is the total of the others."""


def grouping(select: exp.Select, scope: Scope) -> Grouping:
    """Read GROUP BY."""
    group = select.args.get("group")
    if group is None:
        return Grouping(is_grouped=False)
    if group.args.get("all"):
        return Grouping(is_grouped=True)
    plain: list[exp.Expr] = []
    rolled: list[exp.Expr] = []
    overlaps = False
    for each in group.expressions:
        overlaps = overlaps or _overlaps(each)
        is_rolled = isinstance(each, exp.Rollup | exp.Cube | exp.GroupingSets)
        (rolled if is_rolled else plain).extend(_flat(each))
    for kind in ("rollup", "cube", "grouping_sets"):
        for each in group.args.get(kind) or ():
            found = [*_flat(each)] if isinstance(each, exp.Expr) else []
            rolled += found or plain
    marks = [_grouped_by(each, select, scope) for each in (*plain, *rolled)]
    return Grouping(
        is_grouped=True, marks=frozenset(marks), rolled=frozenset(marks[len(plain) :]), overlaps=overlaps
    )


def _overlaps(node: exp.Expr) -> bool:
    """Return whether no set of GROUPING SETS holds all the columns of the others."""
    if not isinstance(node, exp.GroupingSets):
        return False
    sets = [{mark_of(each) for each in _flat(inside)} for inside in node.expressions]
    return set().union(*sets) not in sets


def _flat(node: exp.Expr) -> Iterator[exp.Expr]:
    """Give what the brackets of ROLLUP and GROUPING SETS hold."""
    if isinstance(node, exp.Rollup | exp.Cube | exp.GroupingSets | exp.Tuple):
        for each in node.expressions:
            yield from _flat(each)
    elif isinstance(node, exp.Paren):
        yield from _flat(node.this)
    else:
        yield node


def _grouped_by(node: exp.Expr, select: exp.Select, scope: Scope) -> int:
    """Return the mark of what a part of GROUP BY names, by position, alias or expression."""
    selected = select.expressions
    if isinstance(node, exp.Literal) and node.name.isdigit() and 0 < int(node.name) <= len(selected):
        return scope.read(selected[int(node.name) - 1]).mark
    if isinstance(node, exp.Column) and not node.table:
        known = any(source.relation.has(node.name) for source in scope.sources)
        for each in selected:
            if not known and isinstance(each, exp.Alias) and each.alias.lower() == node.name.lower():
                return scope.read(each).mark
    return scope.read(node).mark


def with_keys(columns: Sequence[Column], group: Grouping, scope: Scope) -> list[Column]:
    """Mark those columns by which the rows are grouped."""
    if not group.is_grouped:
        return [Column(each.name, each.meaning.once_more()) for each in columns]
    beside = _attributes(group, scope)
    return [
        Column(each.name, replace(each.meaning, adds=False, is_aggregate=False))
        if each.meaning.mark in beside and each.meaning.operation in MADE and not each.meaning.is_aggregate
        else Column(each.name, _keyed(each.meaning, group))
        for each in columns
    ]


def _attributes(group: Grouping, scope: Scope) -> frozenset[int]:
    """Return the marks of what the keys settle: numbers of what the rows are grouped by."""
    return frozenset(
        column.meaning.mark
        for source in scope.sources
        if source.relation.keys
        and group.marks
        and {scope.named(key, source.name).mark for key in source.relation.keys} <= group.marks
        for column in source.relation.columns
        if column.name.lower() not in source.relation.keys
    )


def _keyed(meaning: Meaning, group: Grouping) -> Meaning:
    is_value = meaning.is_aggregate or meaning.operation in {
        Operation.REPEATED,
        Operation.LITERAL,
        Operation.RANK,
    }
    if is_value and not (group.marks and meaning.mark in group.marks and not meaning.is_aggregate):
        return replace(meaning, is_aggregate=False, is_key=False)
    is_number = meaning.operation in MADE and meaning.operation not in {
        Operation.RANK,
        Operation.REPEATED,
        Operation.MIN,
        Operation.MAX,
    }
    totals = meaning.totals if meaning.totals is not None else () if meaning.mark in group.rolled else None
    return replace(
        meaning,
        is_key=meaning.operation is not Operation.REPEATED,
        operation=Operation.BUCKET if is_number else meaning.operation,
        adds=None if meaning.adds is None else False,
        totals=totals,
        is_aggregate=False,
    )
