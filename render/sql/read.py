"""What a query says about its result. Loads sqlglot, so it belongs into the executor's process."""

from collections.abc import Sequence
from functools import lru_cache

from sqlglot import exp

from render.sql.follow import Follower
from render.sql.meaning import FRACTIONS, Meaning
from render.sql.model import UNREAD, Operation, QueryColumn, QueryReading
from render.sql.origin import order_names, origin_of
from render.sql.parsing import Deadline, TooSlowError, parse
from render.sql.relation import Column, Relation
from render.sql.select import Scope

SECONDS = 0.09
"""Of CPU to follow the columns, once the query is a tree."""
_COMPARING = frozenset({Operation.DIFFERENCE, Operation.CHANGE, Operation.PREVIOUS})
_CALENDAR = frozenset({Operation.TIME, Operation.DATE_PART})


@lru_cache(maxsize=32)
def read_query(sql: str) -> QueryReading:
    """Return what `sql` says about its result; UNREAD where it cannot be read, or not soon enough."""
    query = parse(sql)
    if query is None:
        return UNREAD
    follower = Follower(Deadline(SECONDS))
    try:
        found = follower.follow(query, {})
        return _reading(query, found, follower.scope)
    except (
        TooSlowError,
        RecursionError,
        ArithmeticError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ):
        return UNREAD


def _reading(query: exp.Query, found: Relation, scope: Scope | None) -> QueryReading:
    columns = () if found.is_open else found.columns
    rolled = [at for at, each in enumerate(columns) if each.meaning.totals is not None]
    labels = [label for at in rolled for label in columns[at].meaning.totals or ()]
    order = _order_of(query)
    ordered_by = tuple(_order(order, columns, scope)) if order else ()
    nested = _is_recursive(query)
    return QueryReading(
        columns=tuple(_column(each, columns, nested=nested) for each in columns),
        order=ordered_by,
        is_ordered=order is not None,
        is_order_shown=order is not None and len(ordered_by) == len(order.expressions),
        limited=found.limited,
        limit=found.limit,
        rolled_up=tuple(rolled),
        total_labels=tuple(dict.fromkeys(labels)),
        order_names=() if columns else order_names(query),
        origin=origin_of(query),
        is_metric_list=found.is_metric_list,
    )


def _is_recursive(query: exp.Expr) -> bool:
    """Return whether rows may contain one another, as the parts of a part do."""
    return any(each.args.get("recursive") for each in query.find_all(exp.With))


def _column(column: Column, columns: Sequence[Column], *, nested: bool) -> QueryColumn:
    meaning = column.meaning
    compared = (
        [at for at, each in enumerate(columns) if each is not column and each.meaning.mark == meaning.of]
        if meaning.operation in _COMPARING
        else []
    )
    has_scale = meaning.is_fraction or meaning.operation in FRACTIONS
    return QueryColumn(
        meaning.operation,
        meaning.sources,
        adds=False if nested else meaning.adds,
        grain=meaning.grain if meaning.operation in _CALENDAR else "",
        monday=meaning.monday if meaning.operation is Operation.DATE_PART else None,
        compared_with=compared[0] if compared else None,
        is_key=meaning.is_key,
        scale=abs(meaning.factor) if has_scale else None,
        aggregate=None if meaning.operation is Operation.RANK else meaning.aggregate,
        unit=meaning.unit,
        factor=meaning.factor,
        is_conditional=meaning.is_conditional,
        name=column.name,
    )


def _order_of(query: exp.Expr) -> exp.Order | None:
    while isinstance(query, exp.Subquery) and not query.args.get("order"):
        query = query.this
    order = query.args.get("order")
    return order if isinstance(order, exp.Order) else None


def _order(order: exp.Order, columns: Sequence[Column], scope: Scope | None) -> list[tuple[int, bool]]:
    """Return the columns that ORDER BY names, up to the first thing that is none of them."""
    found: list[tuple[int, bool]] = []
    for each in order.expressions:
        at = _ordered_by(each.this, columns, scope)
        if at is None:
            break
        found.append((at, bool(each.args.get("desc"))))
    return found


def _ordered_by(node: exp.Expr, columns: Sequence[Column], scope: Scope | None) -> int | None:
    if isinstance(node, exp.Literal) and node.name.isdigit():
        return int(node.name) - 1 if 0 < int(node.name) <= len(columns) else None
    if isinstance(node, exp.Column):
        for at, column in enumerate(columns):
            if column.name.lower() == node.name.lower():
                return at
    if scope is None or node.find(exp.Abs, exp.Neg):
        return None
    wanted = scope.read(node)
    for at, column in enumerate(columns):
        if column.meaning.mark == wanted.mark:
            return at
    for at, column in enumerate(columns):
        if _same_order(column.meaning, wanted):
            return at
    return None


def _same_order(shown: Meaning, wanted: Meaning) -> bool:
    """Return whether rows in the order of one are in the order of the other: `Nov 2025` by its first day."""
    if shown.operation not in _CALENDAR or shown.sources != wanted.sources:
        return False
    if shown.operation is Operation.DATE_PART:
        return wanted.operation is Operation.DATE_PART and shown.grain == wanted.grain
    return wanted.operation in {Operation.TIME, Operation.MIN, Operation.MAX, Operation.COLUMN}
