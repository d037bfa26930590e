"""A query with its CTEs and subqueries: what each of its columns means, and which rows it gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from render.sql.grouping import Grouping, grouping, with_keys
from render.sql.meaning import ROWS, Meaning
from render.sql.model import Operation
from render.sql.parsing import Deadline
from render.sql.relation import TABLE, Column, Relation, Relations
from render.sql.select import Scope, projections
from render.sql.sources import Sources, conjuncts, filters_of, sources_of_select
from render.sql.unions import united

DEEPEST = 30
"""Queries within each other that are followed."""


@dataclass(slots=True)
class Follower:
    """Follows one query; `scope` is that of the outermost SELECT, when it has only one."""

    deadline: Deadline
    depth: int = 0
    scope: Scope | None = None

    def follow(self, query: exp.Expr, known: Relations) -> Relation:
        """Return what a query gives."""
        if self.depth >= DEEPEST:
            return Relation()
        self.depth += 1
        try:
            return self._follow(query, known)
        finally:
            self.depth -= 1

    def _follow(self, query: exp.Expr, known: Relations) -> Relation:
        known = self._with(query, known)
        if isinstance(query, exp.Subquery):
            found = self.follow(query.this, known)
        elif isinstance(query, exp.SetOperation):
            found = united(query, [self.follow(each, known) for each in branches(query)])
            self.scope = None
        elif isinstance(query, exp.Select):
            found = self._select(query, known)
        else:
            found = Relation()
        return _limited(query, found)

    def _with(self, query: exp.Expr, known: Relations) -> Relations:
        """Read the CTEs of a query, each of which sees those before it."""
        clause = query.args.get("with_")
        if clause is None:
            return known
        found = dict(known)
        for cte in clause.expressions:
            alias = cte.args["alias"]
            name = alias.name.lower()
            found.pop(name, None)
            found[name] = self.follow(cte.this, found).renamed(each.name for each in alias.columns)
        return found

    def _select(self, select: exp.Select, known: Relations) -> Relation:
        sources = sources_of_select(select, known, self.follow)
        scope = Scope(
            sources.items,
            self.deadline,
            self._subqueries(select, known),
            {each.name.lower(): each for each in select.args.get("windows") or ()},
            multiplied=sources.multiplied,
        )
        group = grouping(select, scope)
        scope.rolled = group.rolled
        scope.multiplied = scope.multiplied or group.overlaps
        scope.unsure_counts = _counts_other_things(sources, group, scope)
        columns = projections(select, scope)
        self.scope = scope
        if columns is None:
            return _only(sources, select)
        made = tuple(with_keys(columns, group, scope))
        is_aggregate = any(each.meaning.is_aggregate for each in columns)
        return Relation(
            made,
            keys=_keys(select, sources, group, columns, made, is_aggregate=is_aggregate),
            limited=_ranked(select, scope) or any(each.relation.limited for each in sources.items),
            limit=_limit(select, sources),
            filters=_filters(select, sources),
            reads=_reads(sources),
            multiplies=not group.is_grouped and _multiplies(select, sources),
            is_metric_list=scope.is_metric_list or _reads_metrics(select, sources),
        )

    def _subqueries(self, select: exp.Select, known: Relations) -> dict[int, Relation]:
        """Read the queries that stand for a value in what is selected."""
        return {
            id(found): self.follow(found.this, known)
            for node in select.expressions
            for found in _scalars(node)
        }


def _scalars(node: exp.Expr) -> Iterator[exp.Subquery]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, exp.Subquery):
            yield each
        else:
            waiting += each.iter_expressions()


def branches(query: exp.Expr) -> Iterator[exp.Expr]:
    """Give the queries of a UNION in their order, however many there are."""
    right: list[exp.Expr] = []
    while isinstance(query, exp.SetOperation) and not (right and query.args.get("with_")):
        right.append(query.expression)
        query = query.this
    yield query
    yield from reversed(right)


def _only(sources: Sources, select: exp.Select) -> Relation:
    """Return what is known of `SELECT *` of a table."""
    limited = any(each.relation.limited for each in sources.items)
    return replace(TABLE, limited=limited, filters=_filters(select, sources), reads=_reads(sources))


def _reads(sources: Sources) -> frozenset[str]:
    return frozenset().union(*(each.relation.reads for each in sources.items))


def _multiplies(select: exp.Select, sources: Sources) -> bool:
    """Return whether a row of a table gives several ones: one for each item of a list."""
    explodes = any(each.find(exp.Explode, exp.Inline, exp.Stack) for each in select.expressions)
    return explodes or any(each.relation.multiplies for each in sources.items)


def _filters(select: exp.Select, sources: Sources) -> frozenset[int]:
    return filters_of(select).union(*(each.relation.filters for each in sources.items))


def _limit(select: exp.Select, sources: Sources) -> int | None:
    """Return the LIMIT of the only thing that is read, where no row of it is left out."""
    keeps_all = not any(select.args.get(name) for name in ("where", "qualify", "group", "distinct"))
    return sources.items[0].relation.limit if keeps_all and len(sources.items) == 1 else None


def _reads_metrics(select: exp.Select, sources: Sources) -> bool:
    return not select.args.get("group") and any(each.relation.is_metric_list for each in sources.items)


def _limited(query: exp.Expr, found: Relation) -> Relation:
    """Apply LIMIT."""
    limit = query.args.get("limit")
    if limit is None:
        return found
    size = limit.args.get("count") if isinstance(limit, exp.Fetch) else limit.expression
    if not isinstance(size, exp.Literal):
        return found if isinstance(size, exp.Var) else replace(found, limited=True)
    number = int(size.name) if size.name.isdigit() else None
    only = number if not found.limited and not query.args.get("offset") else None
    return replace(found, limited=True, limit=only, keys=frozenset() if number == 1 else found.keys)


def _ranked(select: exp.Select, scope: Scope) -> bool:
    """Return whether rows are left out by rank; those of `ROW_NUMBER() … = 1` may be duplicates."""
    clauses = [select.args.get(name) for name in ("where", "qualify")]
    conditions = [each for clause in clauses if clause is not None for each in conjuncts(clause.this)]
    return any(_is_rank_filter(each, scope) for each in conditions)


def _is_rank_filter(condition: exp.Expr, scope: Scope) -> bool:
    if not isinstance(condition, exp.EQ | exp.LT | exp.LTE | exp.Between | exp.In):
        return False
    found = scope.read(condition.this)
    if found.operation is not Operation.RANK:
        return False
    is_latest = found.aggregate in ROWS | {Operation.TIME}
    return not (found.is_parted and isinstance(condition, exp.EQ) and is_latest)


def _counts_other_things(sources: Sources, group: Grouping, scope: Scope) -> bool:
    """Return whether a row of what is read is not what its key names: users by day, counted by month."""
    if not group.is_grouped:
        return False
    for source in sources.items:
        keys = source.relation.keys
        if keys is None or len(keys) <= 1:
            continue
        marks = {scope.named(key, source.name).mark for key in keys}
        if group.marks is None or not marks <= group.marks:
            return True
    return False


def _keys(
    select: exp.Select,
    sources: Sources,
    group: Grouping,
    columns: Sequence[Column],
    made: Sequence[Column],
    *,
    is_aggregate: bool,
) -> frozenset[str] | None:
    """Return the columns that tell the rows of a SELECT apart."""
    if group.is_grouped:
        keys = [each for each in made if each.meaning.is_key]
        marks = {each.meaning.mark for each in columns}
        is_whole = group.marks is None or group.marks <= marks
        return frozenset(each.name.lower() for each in keys) if is_whole else None
    if is_aggregate:
        return frozenset()
    if _multiplies(select, sources):
        return None
    if not sources.items:
        return frozenset()
    if select.args.get("distinct"):
        return frozenset(each.name.lower() for each in columns)
    fixed = frozenset(_fixed(select))
    by_mark = {each.meaning.mark: each.name.lower() for each in reversed(columns)}
    for source in sources.items:
        keys_read = source.relation.keys
        if source.times == 1 and keys_read is not None:
            varied = keys_read - fixed
            found = [by_mark.get(_mark(source.relation.find(key))) for key in varied]
            if None not in found:
                return frozenset(name for name in found if name is not None)
    return None


def _fixed(select: exp.Select) -> Iterator[str]:
    """Give the columns that have one value in all rows: `WHERE variant = 'control'`."""
    where = select.args.get("where")
    for each in conjuncts(where.this if where else None):
        is_fixed = isinstance(each, exp.EQ) and isinstance(each.expression, exp.Literal)
        if is_fixed and isinstance(each.this, exp.Column):
            yield each.this.name.lower()


def _mark(meaning: Meaning | None) -> int:
    return meaning.mark if meaning else 0
