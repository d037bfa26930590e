"""Aggregates: what they make of the rows, and whether it adds up."""

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from render.sql.meaning import PARTS, ROWS, Meaning, mark, sources_of
from render.sql.model import Operation

Read = Callable[[exp.Expr], Meaning]

_DISTRIBUTION = (
    *(exp.Median, exp.Quantile, exp.ApproxQuantile, exp.PercentileCont, exp.PercentileDisc),
    *(exp.ApproxPercentileEstimate,),
)
_SPREAD = (exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop)
_EXTREMES: dict[type[exp.Expr], Operation] = {exp.Min: Operation.MIN, exp.Max: Operation.MAX}
_ONE_OF_THEM = (exp.AnyValue, exp.First, exp.Last, exp.FirstValue, exp.LastValue, exp.ArgMax, exp.ArgMin)
_LISTS = (exp.ArrayAgg, exp.ArrayUniqueAgg, exp.GroupConcat)
_NAMED = {
    "mean": exp.Avg,
    "try_avg": exp.Avg,
    "try_sum": exp.Sum,
    "percentile_cont": exp.Median,
    "approx_percentile": exp.Median,
    "std": exp.Stddev,
    "count_distinct": exp.ApproxDistinct,
}
"""Functions that sqlglot does not know."""
_SILENT = frozenset({"measure", "agg"})
"""What metric views measure: the query does not say how."""


def as_aggregate(node: exp.Expr) -> type[exp.Expr] | None:
    """Return which aggregate a node is, None for what is none."""
    if isinstance(node, exp.Anonymous):
        name = node.name.lower()
        return exp.AggFunc if name in _SILENT else _NAMED.get(name)
    return type(node) if isinstance(node, exp.AggFunc) else None


def read_aggregate(node: exp.Expr, read: Read) -> Meaning:
    """Return what an aggregate means; MEASURE and aggregates of others say nothing."""
    return aggregate_of(node, argument_of(node, read))


def argument_of(node: exp.Expr, read: Read) -> Meaning:
    """Return what an aggregate makes its value of."""
    argument = _argument(node)
    if isinstance(argument, exp.Distinct):
        found = [read(each) for each in argument.expressions]
        return replace(found[0], sources=sources_of(found), mark=mark(*(each.mark for each in found)))
    if argument is None or isinstance(argument, exp.Star):
        return Meaning(mark=mark("*"))
    return read(argument)


def _argument(node: exp.Expr) -> exp.Expr | None:
    if isinstance(node, exp.Anonymous):
        return node.expressions[0] if node.expressions else None
    return node.this if isinstance(node.this, exp.Expr) else None


def aggregate_of(node: exp.Expr, value: Meaning) -> Meaning:
    """Return what an aggregate makes of a value."""
    made = _made(
        as_aggregate(node) or exp.AggFunc, value, is_distinct=isinstance(_argument(node), exp.Distinct)
    )
    return replace(made, is_aggregate=True, is_conditional=value.is_conditional)


def _made(kind: type[exp.Expr], value: Meaning, *, is_distinct: bool) -> Meaning:
    if kind is exp.Sum:
        return _sum(value, is_distinct=is_distinct)
    if kind in {exp.Count, exp.CountIf, exp.ApproxDistinct}:
        distinct = is_distinct or kind is exp.ApproxDistinct
        operation = Operation.COUNT_DISTINCT if distinct else Operation.COUNT
        return Meaning(operation, value.sources, not distinct, mark=mark(operation, value.mark))
    if kind is exp.Avg:
        return _average(value)
    if issubclass(kind, _DISTRIBUTION):
        return _never(Operation.MEDIAN, value)
    if issubclass(kind, _SPREAD):
        return _never(Operation.SPREAD, value)
    if extreme := _EXTREMES.get(kind):
        return _extreme(extreme, value)
    if issubclass(kind, _ONE_OF_THEM):
        return value if _stays(value) else replace(value, adds=False, mark=mark("one", value.mark))
    if issubclass(kind, _LISTS):
        return Meaning(Operation.LIST, value.sources, mark=mark("list", value.mark))
    if issubclass(kind, exp.LogicalOr | exp.LogicalAnd):
        return Meaning(Operation.FLAG, value.sources, mark=mark(kind.key, value.mark))
    is_known = kind is not exp.AggFunc
    return Meaning(
        Operation.OTHER, value.sources, False if is_known else None, mark=mark(kind.key, value.mark)
    )


def _never(operation: Operation, value: Meaning) -> Meaning:
    return Meaning(
        operation,
        value.sources,
        adds=False,
        mark=mark(operation, value.mark),
        factor=value.factor,
        unit=value.unit,
        is_fraction=value.is_fraction,
    )


def _stays(value: Meaning) -> bool:
    """Return whether all rows have this value: any aggregate but a sum gives it again."""
    return value.operation is Operation.REPEATED


def _sum(value: Meaning, *, is_distinct: bool) -> Meaning:
    """Return a sum: of numbers that are parts it is true, of others it means nothing."""
    if value.operation in {Operation.FLAG, Operation.LITERAL} and not is_distinct:
        counted = mark(Operation.COUNT, value.mark)
        return Meaning(Operation.COUNT, value.sources, adds=True, mark=counted, factor=value.factor)
    if value.operation in PARTS and value.adds is not False and not is_distinct:
        return replace(value, adds=True)
    adds = value.operation in ROWS and value.adds is not False and not is_distinct
    return Meaning(
        Operation.SUM,
        value.sources,
        adds=adds,
        mark=mark(Operation.SUM, value.mark, is_distinct),
        factor=value.factor,
        unit=value.unit,
        is_fraction=value.is_fraction,
    )


def _average(value: Meaning) -> Meaning:
    if _stays(value):
        return value
    if value.operation is Operation.FLAG:
        return replace(_never(Operation.RATIO, value), factor=value.factor, is_fraction=True)
    return _never(Operation.AVERAGE, value)


def _extreme(operation: Operation, value: Meaning) -> Meaning:
    """Return the lowest or highest: a time stays a time."""
    if _stays(value):
        return value
    if value.operation is Operation.TIME:
        return replace(value, mark=mark(operation, value.mark), is_key=False)
    return _never(operation, value)


def read_within_group(node: exp.WithinGroup, read: Read) -> Meaning:
    """Return what an aggregate of ordered rows means: `percentile_cont(0.5) WITHIN GROUP (ORDER BY x)`."""
    ordered = node.expression.expressions[0].this if isinstance(node.expression, exp.Order) else None
    if ordered is None or not isinstance(node.this, _DISTRIBUTION):
        return read(node.this)
    value = read(ordered)
    share = mark(*(literal.name for literal in node.this.find_all(exp.Literal)))
    return replace(
        _never(Operation.MEDIAN, value),
        sources=sources_of([value]),
        mark=mark(share, value.mark),
        is_aggregate=True,
    )
