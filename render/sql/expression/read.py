"""What an expression means, by its kind."""

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from render.sql.expression.aggregates import as_aggregate, read_aggregate, read_within_group
from render.sql.expression.arithmetic import read_product, read_quotient, read_sum
from render.sql.expression.cases import read_case
from render.sql.expression.times import joined_text, read_time, time_of, unit_of_span
from render.sql.expression.windows import read_window
from render.sql.meaning import ROWS, Meaning, mark, mark_of, silent
from render.sql.model import Operation

Read = Callable[[exp.Expr], Meaning]

_SAME = (
    *(exp.Paren, exp.Alias, exp.Round, exp.Nullif, exp.Ordered, exp.Pad),
    *(exp.IgnoreNulls, exp.RespectNulls, exp.Upper, exp.Lower, exp.Initcap, exp.Trim, exp.Collate),
)
"""What changes a value so little that it means the same."""
_SAME_CALLS = frozenset({"bround", "zeroifnull", "nullifzero", "try_to_number", "decimal", "printf"})
_TRUTHS = (
    *(exp.Predicate, exp.Not, exp.Connector, exp.Boolean, exp.Exists, exp.In, exp.Between, exp.Grouping),
    *(exp.RegexpLike, exp.StartsWith, exp.EndsWith, exp.Contains),
)
_DATES = frozenset({exp.DataType.Type.DATE, exp.DataType.Type.DATE32})
_MOMENTS = frozenset(
    {exp.DataType.Type.TIMESTAMP, exp.DataType.Type.TIMESTAMPTZ, exp.DataType.Type.TIMESTAMPNTZ}
    | {exp.DataType.Type.TIMESTAMPLTZ, exp.DataType.Type.DATETIME}
)
_SLICES = {4: "year", 7: "month", 10: "day", 13: "hour"}
"""How many characters of an ISO date name which period."""


def read_expression(node: exp.Expr, read: Read) -> Meaning:
    """Return what an expression means that is no column; `read` reads what is inside."""
    if isinstance(node, _SAME):
        return read(node.this)
    for kinds, reader in _READERS:
        if isinstance(node, kinds):
            return reader(node, read)
    if as_aggregate(node) is not None:
        return read_aggregate(node, read)
    found = read_time(node, read)
    return found or _other(node, read)


def _cast(node: exp.Expr, read: Read) -> Meaning:
    value = read(node.this)
    kind = node.args["to"].this
    if kind not in _DATES | _MOMENTS:
        return value
    if value.operation is Operation.LITERAL:
        return Meaning(Operation.LITERAL, mark=value.mark, text=value.text)
    return time_of(value, "day" if kind in _DATES else "")


def _coalesce(node: exp.Expr, read: Read) -> Meaning:
    """Return what the first of several values means: a text for a missing key names total rows."""
    value = read(node.this)
    others = node.expressions
    if value.totals is not None:
        labels = [each.name for each in others if isinstance(each, exp.Literal) and each.is_string]
        return replace(value, totals=(*value.totals, *labels))
    found = [read(each) for each in others]
    differ = any(
        each.operation is not Operation.LITERAL
        and (each.operation, each.sources) != (value.operation, value.sources)
        for each in found
    )
    if not differ or value.operation in {Operation.TIME, Operation.DATE_PART, Operation.COLUMN}:
        return value
    return replace(value, adds=None if value.operation in ROWS else False)


def _filtered(node: exp.Expr, read: Read) -> Meaning:
    value = read(node.this)
    own = mark(value.mark, mark_of(node.expression))
    return replace(value, mark=own, is_conditional=True)


def _whole(node: exp.Expr, read: Read) -> Meaning:
    """Return a number cut to a whole one: a column that was divided before gives bands."""
    value = read(node.this)
    is_time = round(1 / value.factor) % 60 == 0 if 0 < value.factor < 1 else False
    if value.operation in {Operation.COLUMN, Operation.OTHER} and value.factor != 1 and not is_time:
        return replace(value, operation=Operation.BUCKET, factor=1, mark=mark_of(node))
    return value


def _negative(node: exp.Expr, read: Read) -> Meaning:
    value = read(node.this)
    return replace(value, factor=-value.factor) if value.factor else value


def _band(node: exp.Expr, read: Read) -> Meaning:
    return replace(read(node.this), operation=Operation.BUCKET, mark=mark_of(node))


def _absolute(node: exp.Expr, read: Read) -> Meaning:
    """Return a value without its sign: with it goes what made its sum true."""
    value = read(node.this)
    return value if value.operation in ROWS else replace(value, adds=False)


def _text_of_parts(node: exp.Expr, read: Read) -> Meaning:
    parts = [read(each) for each in _pieces(node)]
    if found := joined_text(parts):
        return found
    values = [part for part in parts if part.text is None]
    if values and all(part.operation is Operation.BUCKET for part in values):
        return replace(values[0], mark=mark_of(node))
    if len(values) == 1 and values[0].operation is not Operation.COLUMN:
        return replace(values[0], adds=None, mark=mark_of(node))
    return silent(node, parts)


def _pieces(node: exp.Expr) -> list[exp.Expr]:
    """Return the parts of a text in their order, however many `||` there are."""
    if not isinstance(node, exp.DPipe):
        template = [node.this] if isinstance(node, exp.Format) else []
        return [*template, *node.expressions]
    found: list[exp.Expr] = []
    while isinstance(node, exp.DPipe):
        found.append(node.expression)
        node = node.this
    return [node, *reversed(found)]


def _slice(node: exp.Expr, read: Read) -> Meaning:
    """Return a part of a text: the first seven characters of a date are its month."""
    value = read(node.this)
    length = node.args.get("length") if isinstance(node, exp.Substring) else node.expression
    start = node.args.get("start") if isinstance(node, exp.Substring) else None
    begins = start is None or start.name in {"0", "1"}
    grain = (
        _SLICES.get(int(length.name)) if isinstance(length, exp.Literal) and length.name.isdigit() else None
    )
    if value.operation is Operation.TIME and begins and grain:
        return time_of(value, grain)
    return silent(node, [value])


def _literal(node: exp.Expr, read: Read) -> Meaning:  # noqa: ARG001
    text = node.name if isinstance(node, exp.Literal) else None
    return Meaning(Operation.LITERAL, mark=mark("literal", text), text=text)


def _truth(node: exp.Expr, read: Read) -> Meaning:  # noqa: ARG001
    is_aggregate = node.find(exp.AggFunc) is not None
    return Meaning(Operation.FLAG, mark=mark_of(node), is_conditional=True, is_aggregate=is_aggregate)


def _list(node: exp.Expr, read: Read) -> Meaning:
    inside = node.this if isinstance(node, exp.ArrayToString) else None
    found = [read(inside)] if inside is not None else []
    return replace(silent(node, found), operation=Operation.LIST)


def _other(node: exp.Expr, read: Read) -> Meaning:
    """Return what an unknown function means: nothing but the columns that go into it."""
    if isinstance(node, exp.Anonymous) and node.name.lower() == "format_number" and node.expressions:
        return replace(read(node.expressions[0]), adds=None)
    if isinstance(node, exp.Anonymous) and node.name.lower() in _SAME_CALLS and node.expressions:
        return read(node.expressions[0])
    if isinstance(node, exp.Greatest | exp.Least):
        parts = [read(node.this), *(read(each) for each in node.expressions)]
        values = [part for part in parts if part.operation is not Operation.LITERAL]
        return values[0] if len(values) == 1 else silent(node, parts)
    inside = [
        each for each in node.iter_expressions() if isinstance(each, exp.Func | exp.Column | exp.Binary)
    ]
    parts = [read(each) for each in inside]
    found = replace(silent(node, parts), unit=unit_of_span(node))
    is_row = all(part.operation in ROWS | {Operation.TIME, Operation.DATE_PART} for part in parts)
    return found if is_row or isinstance(node, exp.Anonymous) else replace(found, adds=False)


_READERS: tuple[tuple[type | tuple[type, ...], Callable[..., Meaning]], ...] = (
    ((exp.Cast, exp.TryCast), _cast),
    (exp.Coalesce, _coalesce),
    ((exp.Literal, exp.Null), _literal),
    ((exp.Floor, exp.Ceil), _whole),
    (exp.WidthBucket, _band),
    (exp.Filter, _filtered),
    (exp.Neg, _negative),
    (exp.Abs, _absolute),
    (exp.Window, read_window),
    (exp.WithinGroup, read_within_group),
    ((exp.Case, exp.If), read_case),
    (exp.Mul, read_product),
    ((exp.Div, exp.IntDiv, exp.SafeDivide), read_quotient),
    ((exp.Add, exp.Sub, exp.SafeAdd, exp.SafeSubtract), read_sum),
    ((exp.Concat, exp.ConcatWs, exp.DPipe, exp.Format), _text_of_parts),
    ((exp.Substring, exp.Left), _slice),
    (_TRUTHS, _truth),
    ((exp.Array, exp.ArrayToString), _list),
)
