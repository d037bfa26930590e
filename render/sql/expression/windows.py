"""Windows: ranks, running totals, values of other rows."""

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from render.sql.expression.aggregates import aggregate_of, argument_of, as_aggregate
from render.sql.meaning import Meaning, mark, silent, sources_of
from render.sql.model import Operation

Read = Callable[[exp.Expr], Meaning]

_RANKS = (exp.RowNumber, exp.Rank, exp.DenseRank)
_NEIGHBOURS = (exp.Lag, exp.Lead)
_REPEATED = (exp.FirstValue, exp.LastValue, exp.NthValue, exp.First, exp.Last, exp.AnyValue)
_NULLS = (exp.IgnoreNulls, exp.RespectNulls)


def read_window(node: exp.Window, read: Read) -> Meaning:
    """Return what a function over other rows means; none of them adds up."""
    function = node.this
    while isinstance(function, (*_NULLS, exp.Filter)):
        function = function.this
    groups = [read(each) for each in node.args.get("partition_by") or ()]
    order = [read(each.this) for each in node.args["order"].expressions] if node.args.get("order") else []
    place = mark(*(part.mark for part in groups), "by", *(part.mark for part in order))
    found = _function(function, read, node, is_parted=bool(groups))
    if found is None:
        return silent(node, [read(function)])
    is_rank = found.operation in {Operation.RANK, Operation.BUCKET}
    return replace(
        found,
        sources=sources_of(order) if is_rank else found.sources,
        adds=False,
        aggregate=order[0].operation if is_rank and order else found.aggregate,
        mark=mark("window", found.operation, found.mark, place),
        is_aggregate=found.is_aggregate or any(part.is_aggregate for part in order),
    )


def _function(function: exp.Expr, read: Read, node: exp.Window, *, is_parted: bool) -> Meaning | None:
    if isinstance(function, _RANKS):
        return Meaning(Operation.RANK, is_parted=is_parted)
    if isinstance(function, exp.Ntile):
        return Meaning(Operation.BUCKET)
    if isinstance(function, exp.PercentRank | exp.CumeDist):
        return Meaning(Operation.RATIO, mark=mark(function.key), is_fraction=True)
    if isinstance(function, exp.Anonymous) and function.name.lower() == "ratio_to_report":
        value = read(function.expressions[0])
        return replace(value, operation=Operation.SHARE, is_fraction=True, is_key=False)
    if isinstance(function, _NEIGHBOURS):
        value = read(function.this)
        return replace(value, operation=Operation.PREVIOUS, of=value.mark, is_key=False)
    if isinstance(function, _REPEATED):
        value = read(function.this)
        return replace(value, operation=Operation.REPEATED, is_parted=is_parted, is_key=False)
    if as_aggregate(function) is None:
        return None
    return _aggregate(function, read, node, is_parted=is_parted)


def _aggregate(function: exp.Expr, read: Read, node: exp.Window, *, is_parted: bool) -> Meaning:
    """Return an aggregate over a window: of all rows, of those before, or of some beside."""
    value = argument_of(function, read)
    made = aggregate_of(function, value)
    frame = _frame(node)
    is_sum = made.operation in {Operation.SUM, Operation.COUNT}
    return replace(
        made,
        operation=frame,
        aggregate=made.operation,
        whole=value.mark if frame is Operation.REPEATED and is_sum else None,
        is_parted=is_parted,
        is_aggregate=value.is_aggregate,
        of=None,
        base=None,
    )


def _frame(node: exp.Window) -> Operation:
    """Return what the rows of a window make of an aggregate."""
    spec = node.args.get("spec")
    if spec is None:
        return Operation.RUNNING if node.args.get("order") else Operation.REPEATED
    start, end = str(spec.args.get("start")), str(spec.args.get("end"))
    if start == end == "UNBOUNDED":
        return Operation.REPEATED
    return Operation.RUNNING if "UNBOUNDED" in {start, end} else Operation.MOVING
