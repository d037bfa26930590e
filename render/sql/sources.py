"""What FROM and JOIN read, and how often each of its rows is in what they give together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlglot import exp

from render.sql.expression.read import read_expression
from render.sql.meaning import Meaning, mark, mark_of
from render.sql.relation import TABLE, Column, Relation, Relations, table_column
from render.sql.select import Source

_MOST = 40
"""Sources of one SELECT of which the joins are read."""
_WIDEST = 50
"""Columns of VALUES that are read."""

Follow = Callable[[exp.Expr, Relations], Relation]
"""Reads a query inside another."""

_CHECKS = frozenset({"SEMI", "ANTI"})
"""Joins that only leave rows out."""
_SAME_VALUE = (
    exp.Paren,
    exp.Cast,
    exp.TryCast,
    exp.Coalesce,
    exp.TsOrDsToDate,
    exp.AddMonths,
    exp.TsOrDsAdd,
    exp.Add,
    exp.Sub,
    exp.DateAdd,
    exp.DateSub,
    exp.TimestampAdd,
)
"""What gives another value for each value."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a SELECT reads."""

    items: tuple[Source, ...]
    multiplied: bool = False


def sources_of_select(select: exp.Select, known: Relations, follow: Follow) -> Sources:
    """Read FROM, JOIN and LATERAL VIEW."""
    start = select.args.get("from_")
    if start is None:
        return Sources(())
    joins = [each for each in select.args.get("joins") or () if each.args.get("kind") not in _CHECKS]
    nodes = [start.this, *(join.this for join in joins), *(select.args.get("laterals") or ())]
    read = [Source(_name(node), _relation(node, known, follow)) for node in nodes]
    if len(read) > _MOST:
        return Sources(tuple(replace(source, times=2) for source in read), multiplied=True)
    where = select.args.get("where")
    conditions = [*(join.args.get("on") for join in joins), where.this if where else None]
    equal = [*_equalities(conditions, read), *_using(joins, read)]
    loose = [source for at, source in enumerate(read) if _is_loose(source, equal, is_first=not at)]
    items = tuple(replace(source, times=_times(source, read, equal)) for source in read)
    tables = {_name(node): mark_of(node.this) for node in nodes if isinstance(node, exp.Table)}
    return Sources(items, multiplied=bool(loose) or _joins_others(conditions, tables))


def _name(node: exp.Expr) -> str:
    return str(node.alias_or_name).lower()


def _relation(node: exp.Expr, known: Relations, follow: Follow) -> Relation:
    """Return what is read in one place of FROM."""
    found = TABLE
    if isinstance(node, exp.Table):
        is_named = isinstance(node.this, exp.Identifier) and not node.args.get("db")
        table = replace(TABLE, reads=frozenset({node.name.lower()}))
        found = known.get(node.name.lower(), table) if is_named else table
    elif isinstance(node, exp.Subquery):
        found = follow(node.this, known)
    elif isinstance(node, exp.Values):
        found = _values(node)
    elif isinstance(node, exp.Lateral | exp.Unnest):
        names = [each.name for each in node.args["alias"].columns] if node.args.get("alias") else []
        columns = tuple(Column(name, table_column(name)) for name in names)
        found = Relation(columns, is_open=not names, multiplies=True)
    alias = node.args.get("alias")
    for pivot in node.args.get("pivots") or ():
        found = _pivoted(found, pivot)
    names = [each.name for each in alias.columns] if isinstance(alias, exp.TableAlias) else []
    return found.renamed(names)


def _values(node: exp.Values) -> Relation:
    rows = [each.expressions if isinstance(each, exp.Tuple) else [each] for each in node.expressions]
    names = [each.name for each in node.args["alias"].columns] if node.args.get("alias") else []
    width, whole = len(rows[0]) if rows else 0, mark_of(node)
    columns = (
        tuple(
            Column(names[at] if at < len(names) else "col" + str(at + 1), Meaning(mark=mark(whole, at)))
            for at in range(width)
        )
        if width <= _WIDEST
        else ()
    )
    return Relation(columns, keys=frozenset({columns[0].name.lower()}) if columns else None)


def _pivoted(relation: Relation, pivot: exp.Pivot) -> Relation:
    """Return the rows of a PIVOT: an aggregate for each value, and what is left as keys."""
    if pivot.args.get("unpivot") or not pivot.args.get("columns"):
        return TABLE
    aggregates = [each.this if isinstance(each, exp.Alias) else each for each in pivot.expressions]
    used = {column.name.lower() for column in pivot.find_all(exp.Column)}

    def read(node: exp.Expr) -> Meaning:
        if isinstance(node, exp.Column):
            return relation.find(node.name) or table_column(node.name)
        return read_expression(node, read)

    meanings = [replace(read(node), is_aggregate=False) for node in aggregates]
    kept = [
        Column(each.name, replace(each.meaning, is_key=True))
        for each in relation.columns
        if each.name.lower() not in used
    ]
    made = [
        Column(name.name, replace(meaning, mark=mark(meaning.mark, name.name)))
        for at, name in enumerate(pivot.args["columns"])
        for meaning in [meanings[at % len(meanings)]]
    ]
    keys = None if relation.is_open else frozenset(each.name.lower() for each in kept)
    return Relation(
        (*kept, *made), is_open=relation.is_open, keys=keys, filters=relation.filters, reads=relation.reads
    )


@dataclass(frozen=True, slots=True)
class _Equal:
    """A column that is equal to something of other sources, or of none."""

    source: str
    column: str
    others: frozenset[str]


def conjuncts(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """Give the conditions that AND joins."""
    left = [condition] if condition is not None else []
    while left:
        node = left.pop()
        if isinstance(node, exp.Paren):
            left.append(node.this)
        elif isinstance(node, exp.And):
            left += [node.expression, node.this]
        else:
            yield node


def _equalities(conditions: Iterable[exp.Expr | None], read: Sequence[Source]) -> Iterator[_Equal]:
    for condition in conditions:
        for each in conjuncts(condition):
            if not isinstance(each, exp.EQ | exp.NullSafeEQ):
                continue
            for side, other in ((each.this, each.expression), (each.expression, each.this)):
                if (column := _column(side)) is not None and (source := _owner(column, read)):
                    others = frozenset(_owner(found, read) for found in other.find_all(exp.Column))
                    yield _Equal(source, column.name.lower(), others)


def _joins_others(conditions: Iterable[exp.Expr | None], tables: Mapping[str, int]) -> bool:
    """Return whether a table meets others of its rows, those before each: `b.day <= a.day`."""
    for condition in conditions:
        for each in conjuncts(condition):
            if isinstance(each, exp.LT | exp.LTE | exp.GT | exp.GTE | exp.Between):
                names = {column.table.lower() for column in each.find_all(exp.Column)} & tables.keys()
                if len({tables[name] for name in names}) < len(names):
                    return True
    return False


def _column(node: exp.Expr) -> exp.Column | None:
    """Return the one column that gives this value."""
    while isinstance(node, _SAME_VALUE):
        node = node.this
    return node if isinstance(node, exp.Column) else None


def _owner(column: exp.Column, read: Sequence[Source]) -> str:
    if column.table:
        return str(column.table.lower())
    having = [source.name for source in read if source.relation.has(column.name)]
    tables = [source.name for source in read if source.relation.is_open]
    return (having or tables or [""])[0]


def _using(joins: Sequence[exp.Join], read: Sequence[Source]) -> Iterator[_Equal]:
    for at, join in enumerate(joins, 1):
        before = [source.name for source in read[:at]]
        for name in join.args.get("using") or ():
            yield _Equal(read[at].name, name.name.lower(), frozenset(before[:1]))
            for other in before:
                yield _Equal(other, name.name.lower(), frozenset({read[at].name}))


def _is_loose(source: Source, equal: Sequence[_Equal], *, is_first: bool) -> bool:
    """Return whether no equality ties a source to the others, so that its rows multiply theirs."""
    if source.relation.multiplies:
        return True
    if is_first or source.relation.keys == frozenset():
        return False
    return not any(
        (each.source == source.name and each.others - {source.name}) or source.name in each.others
        for each in equal
    )


def _times(source: Source, read: Sequence[Source], equal: Sequence[_Equal]) -> int | None:
    """Return how often each row of a source is in the result: once when it settles all others."""
    settled = {source.name}
    waiting = [other for other in read if other.name != source.name]
    while True:
        found = [other for other in waiting if _is_settled(other, settled, equal)]
        if not found:
            break
        settled |= {other.name for other in found}
        waiting = [other for other in waiting if other not in found]
    if waiting and source.relation.keys == frozenset():
        return 2
    if any(other.relation.keys is not None or other.relation.multiplies for other in waiting):
        return 2
    return None if waiting else 1


def _is_settled(source: Source, by: set[str], equal: Sequence[_Equal]) -> bool:
    keys = source.relation.keys
    if keys is None:
        return False
    covered = {each.column for each in equal if each.source == source.name and each.others <= by}
    return keys <= covered


def filters_of(select: exp.Select) -> frozenset[int]:
    """Return the marks of all conditions that a SELECT puts on its rows."""
    clauses = [select.args.get(name) for name in ("where", "qualify")]
    found = [clause.this for clause in clauses if clause is not None]
    found += [join.args["on"] for join in select.args.get("joins") or () if join.args.get("on")]
    return frozenset(mark_of(each) for clause in found for each in conjuncts(clause))
