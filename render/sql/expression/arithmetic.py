"""Arithmetic: what adds up after it, and what is a ratio, a share or a change."""

from collections.abc import Callable
from dataclasses import replace
from math import log10

from sqlglot import exp

from render.sql.expression.times import moved, numbered, unit_of_span
from render.sql.meaning import FRACTIONS, PARTS, ROWS, Meaning, mark, mark_of, sources_of
from render.sql.model import Operation

Read = Callable[[exp.Expr], Meaning]

_UNITS = frozenset({1024.0, 1024.0**2, 1024.0**3, 1024.0**4, 24.0, 60.0, 1440.0, 3600.0, 86_400.0})
"""What turns bytes into megabytes, and seconds into hours and days."""
_CALENDAR = frozenset({Operation.TIME, Operation.DATE_PART})
_PLACES = frozenset({Operation.RANK, Operation.BUCKET, Operation.LIST, *_CALENDAR})
"""Numbers that count nothing."""


def constant(node: exp.Expr | None) -> float | None:
    """Return the number that an expression of literals gives, None for others."""
    if isinstance(node, exp.Paren | exp.Cast | exp.TryCast):
        return constant(node.this)
    if isinstance(node, exp.Neg):
        value = constant(node.this)
        return None if value is None else -value
    if isinstance(node, exp.Mul):
        left, right = constant(node.this), constant(node.expression)
        return None if left is None or right is None else left * right
    if not isinstance(node, exp.Literal) or node.is_string:
        return None
    try:
        return float(node.name)
    except ValueError:
        return None


def read_product(node: exp.Expr, read: Read) -> Meaning:
    """Return what `a * b` means: with a literal it stays what it is."""
    for number, other in ((node.this, node.expression), (node.expression, node.this)):
        factor = constant(number)
        if factor is not None:
            return scaled(read(other), factor)
    left, right = read(node.this), read(node.expression)
    return _mixed(node, left, right)


def scaled(value: Meaning, factor: float) -> Meaning:
    """Return a value in another unit."""
    if value.operation is Operation.BUCKET or abs(factor) == 1:
        return value
    if value.operation in _PLACES and not (value.operation is Operation.TIME and value.grain == "year"):
        return Meaning(sources=value.sources, mark=mark(value.mark, factor), is_aggregate=value.is_aggregate)
    return replace(value, factor=value.factor * factor) if factor else value


def _mixed(node: exp.Expr, *parts: Meaning) -> Meaning:
    """Return what is known of a calculation of several values: with aggregates in doubt it never adds up."""
    is_row = all(part.operation in ROWS and part.adds is None for part in parts)
    return Meaning(
        Operation.OTHER,
        sources_of(parts),
        adds=None if is_row else False,
        mark=mark(node.key, *(part.mark for part in parts)),
        is_conditional=any(part.is_conditional for part in parts),
        is_aggregate=any(part.is_aggregate for part in parts),
    )


def read_quotient(node: exp.Expr, read: Read) -> Meaning:
    """Return what `a / b` means: a ratio, unless `b` is a literal or the whole of `a`."""
    divisor = constant(node.expression)
    top = read(node.this)
    if divisor is not None:
        return scaled(top, 1 / divisor) if _is_unit(divisor) else _per(top)
    bottom = read(node.expression)
    operation, adds = _quotient(top, bottom)
    is_change = operation is Operation.CHANGE
    return Meaning(
        operation,
        sources_of([top, bottom]) if operation is Operation.RATIO else top.sources,
        adds=adds,
        mark=mark("ratio", top.mark, bottom.mark),
        factor=top.factor / (bottom.factor or 1),
        is_fraction=True,
        of=top.of if is_change else top.mark,
        base=top.base if is_change else bottom.mark,
        is_aggregate=top.is_aggregate or bottom.is_aggregate,
    )


def _is_unit(number: float) -> bool:
    """Return whether a divisor changes a unit, or a currency: cents, minutes, kilobytes, a rate of tax."""
    power = round(log10(number)) if number > 0 else None
    return power is not None and (number in _UNITS or number == 10.0**power or 1 < number < 2)  # noqa: PLR2004


def _per(value: Meaning) -> Meaning:
    """Return what a number is that was divided by another one: per head, per day, of a capacity."""
    if value.operation not in PARTS:
        return scaled(value, 0.5)  # by an unknown number
    return replace(
        value, operation=Operation.RATIO, adds=False, mark=mark("per", value.mark), is_fraction=True
    )


def _quotient(top: Meaning, bottom: Meaning) -> tuple[Operation, bool]:
    if top.base is not None and top.base == bottom.mark:
        return Operation.CHANGE, False
    if bottom.operation is Operation.REPEATED and bottom.whole is not None:
        if top.operation is Operation.RUNNING:
            return Operation.RUNNING, False
        if bottom.whole == top.mark:
            adds = top.operation in PARTS | ROWS and top.adds is not False
            return Operation.SHARE, adds and not bottom.is_parted
    return Operation.RATIO, False


def read_sum(node: exp.Expr, read: Read) -> Meaning:
    """Return what `a + b` or `a - b` means."""
    is_minus = isinstance(node, exp.Sub | exp.SafeSubtract)
    if isinstance(node.expression, exp.Interval):
        return moved(read(node.this), Meaning(mark=mark_of(node.expression)))
    left, right = read(node.this), read(node.expression)
    if found := numbered(left, right):
        return found
    for number, value in ((constant(node.expression), left), (constant(node.this), right)):
        if number is not None:
            return _shifted(node, value, number, is_minus=is_minus)
    if left.operation in _CALENDAR or right.operation in _CALENDAR:
        return _of_times(node, left, right)
    found = _difference(left, right) if is_minus else _together(node, left, right)
    unit = left.unit if left.unit == right.unit else ""
    return replace(found, unit=unit_of_span(node) or unit)


def _of_times(node: exp.Expr, left: Meaning, right: Meaning) -> Meaning:
    if left.operation is Operation.TIME and right.operation is not Operation.TIME:
        return moved(left, right)
    return replace(_mixed(node, left, right), adds=None, unit=unit_of_span(node))


def _shifted(node: exp.Expr, value: Meaning, number: float, *, is_minus: bool) -> Meaning:
    """Return a value with a literal added: a ratio less one is a change, one less a ratio is a ratio."""
    if not number:
        return value
    if value.operation is Operation.RATIO and is_minus and number == value.factor:
        if constant(node.expression) is not None and value.of is not None:
            return replace(value, operation=Operation.CHANGE, mark=mark("change", value.mark))
        return replace(value, mark=mark("rest", value.mark), of=None, base=None)
    if value.operation is Operation.TIME:
        return moved(value, Meaning(mark=mark(number)))
    adds = None if value.operation in ROWS and value.adds is None else False
    keeps = value.operation not in {*PARTS, *FRACTIONS}
    operation = value.operation if keeps else Operation.OTHER
    is_told = value.monday is not None and constant(node.expression) is not None and number.is_integer()
    monday = (value.monday or 0) + round(-number if is_minus else number) if is_told else None
    return replace(
        value, operation=operation, adds=adds, monday=monday, mark=mark("shifted", value.mark, number)
    )


def _together(node: exp.Expr, left: Meaning, right: Meaning) -> Meaning:
    parts = (left, right)
    if any(part.operation in ROWS for part in parts):
        return _mixed(node, *parts)
    adds = all(part.operation in PARTS and part.adds is not False for part in parts)
    unsure = any(part.adds is None for part in parts)
    return Meaning(
        Operation.SUM if adds else Operation.OTHER,
        sources_of(parts),
        adds=(None if unsure else True) if adds else False,
        mark=mark("together", *(part.mark for part in parts)),
        factor=left.factor,
        is_aggregate=any(part.is_aggregate for part in parts),
    )


def _difference(left: Meaning, right: Meaning) -> Meaning:
    """Return `a - b`: with the same thing of other rows it compares, else it is a sum with a sign."""
    is_compared = (
        right.operation in {Operation.PREVIOUS, Operation.REPEATED, Operation.MOVING}
        or left.mark == right.mark
        or (left.operation == right.operation and left.sources == right.sources != ())
        or (left.operation == right.operation and left.operation not in PARTS | ROWS)
    )
    adds = all(part.operation in PARTS and part.adds is not False for part in (left, right))
    unsure = any(part.adds is None for part in (left, right))
    if adds and not (left.sources or right.sources):  # what was counted in each is not known
        is_compared, unsure = False, unsure or left.mark == right.mark
    is_row = all(part.operation in ROWS for part in (left, right))
    if is_row:
        operation = Operation.OTHER
    elif is_compared:
        operation = Operation.DIFFERENCE
    else:
        operation = Operation.SUM if adds else Operation.OTHER
    in_parts = adds and (left.mark != right.mark or not is_compared)
    return Meaning(
        operation,
        sources_of([left, right]),
        adds=(None if unsure else True) if in_parts else None if is_row else False,
        mark=mark("difference", left.mark, right.mark),
        factor=left.factor,
        is_fraction=left.is_fraction,
        of=left.mark,
        base=right.mark,
        is_aggregate=left.is_aggregate or right.is_aggregate,
    )
