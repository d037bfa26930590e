"""One SELECT: where its columns come from, what each means, what tells its rows apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from render.sql.expression.read import read_expression
from render.sql.meaning import PARTS, Meaning, mark_of, silent
from render.sql.model import Operation
from render.sql.parsing import Deadline
from render.sql.relation import Column, Relation, table_column

DEEPEST = 60
"""Expressions within each other that are followed."""
_MADE = frozenset(
    set(Operation)
    - {
        Operation.COLUMN,
        Operation.OTHER,
        Operation.TIME,
        Operation.DATE_PART,
        Operation.FLAG,
        Operation.LIST,
        Operation.LITERAL,
        Operation.BUCKET,
    }
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a FROM or a JOIN reads; `times`: how often each of its rows is in what they give together."""

    name: str
    relation: Relation
    times: int | None = 1
    """1; 2 for more than once; None where that is not known."""

    def find(self, column: str) -> Meaning | None:
        """Return what a name means here; None when it has no such column."""
        found = self.relation.find(column)
        return None if found is None else self.seen(found)

    def seen(self, found: Meaning) -> Meaning:
        """Return what one of its columns means in what the query reads."""
        if self.times == 1 or found.operation not in _MADE:
            return found
        if self.times is None:
            return replace(found, adds=None if found.adds else found.adds)
        is_whole = found.operation in PARTS and found.adds is not False
        whole = found.whole if found.operation is Operation.REPEATED else found.mark if is_whole else None
        return replace(
            found,
            operation=Operation.REPEATED,
            aggregate=found.aggregate or found.operation,
            adds=False,
            whole=whole,
            is_parted=found.is_parted or self.relation.keys != frozenset(),
        )


@dataclass(slots=True)
class Scope:
    """The names that the expressions of one SELECT can use."""

    sources: Sequence[Source]
    deadline: Deadline
    subquery: "Mapping[int, Relation] | None" = None
    windows: Mapping[str, exp.Window] = field(default_factory=dict)
    multiplied: bool = False
    """Rows of a table can be there several times, as under each tag of a list."""
    unsure_counts: bool = False
    """Its rows are not what is counted in them: users by day, counted by month."""
    rolled: frozenset[int] = frozenset()
    """Marks of what is empty in total rows."""
    aliases: dict[str, Meaning] = field(default_factory=dict)
    depth: int = 0

    def read(self, node: exp.Expr) -> Meaning:
        """Return what an expression means."""
        self.deadline.check()
        if self.depth > DEEPEST:
            return Meaning(adds=False, mark=mark_of(node), is_aggregate=node.find(exp.AggFunc) is not None)
        self.depth += 1
        try:
            found = self._read(node)
        finally:
            self.depth -= 1
        return replace(found, totals=()) if found.mark in self.rolled and found.totals is None else found

    def _read(self, node: exp.Expr) -> Meaning:
        if isinstance(node, exp.Column):
            return self.column(node)
        if isinstance(node, exp.Identifier):
            return self.named(node.name, "")
        if isinstance(node, exp.Subquery | exp.Select):
            return self._scalar(node)
        if isinstance(node, exp.Window) and (named := self.windows.get(node.alias.lower())):
            node = _merged(node, named)
        found = read_expression(node, self.read)
        if isinstance(node, exp.AggFunc) and found.adds:
            if self.multiplied:
                return replace(found, adds=False)
            if self.unsure_counts and found.operation is Operation.COUNT:
                return replace(found, adds=None)
        return found

    def _scalar(self, node: exp.Expr) -> Meaning:
        relation = (self.subquery or {}).get(id(node))
        if relation is None or len(relation.columns) != 1:
            return silent(node)
        times = 2 if self.sources else 1
        found = Source("", relation, times if relation.keys == frozenset() else None)
        return found.find(relation.columns[0].name) or silent(node)

    def column(self, node: exp.Column) -> Meaning:
        """Return what a name means, that of a column or of what was selected before."""
        return self.named(node.name, node.table)

    def named(self, name: str, table: str) -> Meaning:
        """Return what `table.name` means; without `table` all that the query reads is searched."""
        for source in self.sources:
            if table and source.name == table.lower():
                return source.find(name) or table_column(name)
        if not table:
            for source in self.sources:
                if source.relation.has(name) and (found := source.find(name)):
                    return found
            if found := self.aliases.get(name.lower()):
                return found
        return table_column(name)

    def star(self, node: exp.Expr) -> list[Column] | None:
        """Return the columns that a `*` stands for; None when they are not known."""
        table = node.table.lower() if isinstance(node, exp.Column) else ""
        star = node.this if isinstance(node, exp.Column) else node
        left_out = {each.name.lower() for each in star.args.get("except_") or ()}
        read = [source for source in self.sources if not table or source.name == table]
        if not read or any(source.relation.is_open for source in read):
            return None
        found = []
        for source in read:
            for column in source.relation.columns:
                self.deadline.check()
                if column.name.lower() not in left_out:
                    found.append(Column(column.name, source.seen(column.meaning)))
        return found


def _merged(node: exp.Window, named: exp.Window) -> exp.Window:
    """Return a window with what the clause WINDOW says of it."""
    given = {key: named.args.get(key) for key in ("partition_by", "order", "spec") if named.args.get(key)}
    return exp.Window(**{**node.args, **given, "alias": None})


def projections(select: exp.Select, scope: Scope) -> list[Column] | None:
    """Return the columns that a SELECT gives; None when their number is not known."""
    found: list[Column] = []
    for node in select.expressions:
        if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
            columns = scope.star(node)
            if columns is None:
                return None
            found += columns
            continue
        if isinstance(node, exp.Aliases):
            return None
        meaning = scope.read(node)
        name = node.output_name
        found.append(Column(name, meaning))
        mentioned = (
            {column.name.lower() for column in node.find_all(exp.Column)}
            if isinstance(node, exp.Alias)
            else set()
        )
        if isinstance(node, exp.Alias) and name.lower() not in mentioned:
            scope.aliases[name.lower()] = meaning
    return found


@dataclass(frozen=True, slots=True)
class Grouping:
    """What GROUP BY says."""

    is_grouped: bool
    marks: frozenset[int] | None = None
    """Of what the rows are grouped by; None when that is not known."""
    rolled: frozenset[int] = frozenset()
    """Of what is empty in total rows."""


def grouping(select: exp.Select, scope: Scope) -> Grouping:
    """Read GROUP BY."""
    group = select.args.get("group")
    if group is None:
        return Grouping(is_grouped=False)
    if group.args.get("all"):
        return Grouping(is_grouped=True)
    plain: list[exp.Expr] = []
    rolled: list[exp.Expr] = []
    for each in group.expressions:
        is_rolled = isinstance(each, exp.Rollup | exp.Cube | exp.GroupingSets)
        (rolled if is_rolled else plain).extend(_flat(each))
    for kind in ("rollup", "cube", "grouping_sets"):
        for each in group.args.get(kind) or ():
            found = [*_flat(each)] if isinstance(each, exp.Expr) else []
            rolled += found or plain
    marks = [_grouped_by(each, select, scope) for each in (*plain, *rolled)]
    return Grouping(is_grouped=True, marks=frozenset(marks), rolled=frozenset(marks[len(plain) :]))


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


def with_keys(columns: Sequence[Column], group: Grouping) -> list[Column]:
    """Mark those columns by which the rows are grouped."""
    if not group.is_grouped:
        return [Column(each.name, each.meaning.once_more()) for each in columns]
    return [Column(each.name, _keyed(each.meaning, group)) for each in columns]


def _keyed(meaning: Meaning, group: Grouping) -> Meaning:
    is_value = meaning.is_aggregate or meaning.operation in {
        Operation.REPEATED,
        Operation.LITERAL,
        Operation.RANK,
    }
    if is_value and not (group.marks and meaning.mark in group.marks and not meaning.is_aggregate):
        return replace(meaning, is_aggregate=False, is_key=False)
    is_number = meaning.operation in _MADE and meaning.operation not in {
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
