"""One SELECT: where its columns come from, what each means, what tells its rows apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlglot import exp

from render.sql.expression.read import read_expression
from render.sql.meaning import PARTS, Meaning, mark, mark_of, silent
from render.sql.model import Operation
from render.sql.parsing import Deadline
from render.sql.relation import Column, Relation, table_column
from render.sql.unions import stacked

DEEPEST = 60
"""Expressions within each other that are followed."""
MADE = frozenset(
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
        if self.times == 1 or found.operation not in MADE:
            return replace(found, adds=False) if self.times == 2 else found  # noqa: PLR2004
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
    is_metric_list: bool = False
    """What is selected is one figure for each row."""
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
        if isinstance(node, exp.Count | exp.CountIf):
            tables = frozenset().union(*(source.relation.reads for source in self.sources))
            found = replace(found, mark=mark(found.mark, tables))
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
        meaning = found.find(relation.columns[0].name) or silent(node)
        return replace(meaning, is_parted=True) if self._is_correlated(node) else meaning

    def _is_correlated(self, node: exp.Expr) -> bool:
        """Return whether a query inside is another one for each row of this."""
        own = {table.alias_or_name.lower() for table in node.find_all(exp.Table, exp.Subquery)}
        around = {source.name for source in self.sources} - own
        return any(column.table.lower() in around for column in node.find_all(exp.Column))

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
            names = [each.name for each in node.expressions]
            rows = stacked(node.this, names, scope.read) if isinstance(node.this, exp.Stack) else None
            if rows is None:
                return None
            scope.is_metric_list = scope.is_metric_list or rows.is_metric_list
            found += rows.columns
            continue
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
