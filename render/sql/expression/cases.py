"""CASE and IF: bands, flags, labels of totals, or one of several values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sqlglot import exp

from render.sql.meaning import PARTS, ROWS, Meaning, mark, mark_of, sources_of
from render.sql.model import Operation

Read = Callable[[exp.Expr], Meaning]

_COMPARED = (exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Between)


def read_case(node: exp.Expr, read: Read) -> Meaning:
    """Return what the values of a CASE or an IF mean."""
    branches = [*_branches(node)]
    results = [result for _, result in branches if not isinstance(result, exp.Null)]
    if _is_flag(results):
        return _flag(node, results, read)
    if results and all(_is_text(result) for result in results):
        return _of_texts(node, read)
    if (total := _of_total(branches, read)) is not None:
        return total
    return _one_of(node, [read(result) for result in results])


def _branches(node: exp.Expr) -> Iterator[tuple[exp.Expr | None, exp.Expr]]:
    """Give each condition with its result; None for that of ELSE."""
    if isinstance(node, exp.If):
        yield node.this, node.args["true"]
        if otherwise := node.args.get("false"):
            yield None, otherwise
        return
    for each in node.args.get("ifs") or ():
        yield each.this, each.args["true"]
    if otherwise := node.args.get("default"):
        yield None, otherwise


def _is_text(node: exp.Expr) -> bool:
    return isinstance(node, exp.Literal) and bool(node.is_string)


def _number(node: exp.Expr) -> float | None:
    if isinstance(node, exp.Boolean):
        return float(bool(node.this))
    return float(node.name) if isinstance(node, exp.Literal) and not node.is_string else None


def _is_flag(results: Sequence[exp.Expr]) -> bool:
    """Return whether the only values are zero and one other: one, or a hundred for percentages."""
    found = {_number(result) for result in results}
    return bool(found) and None not in found and found - {0.0} in ({1.0}, {100.0}, set())


def _flag(node: exp.Expr, results: Sequence[exp.Expr], read: Read) -> Meaning:
    operand = [read(node.this)] if isinstance(node, exp.Case) and node.this else []
    factor = max(_number(result) or 0 for result in results) or 1
    is_aggregate = any(isinstance(each, exp.AggFunc) for each in node.find_all(exp.AggFunc))
    return Meaning(
        Operation.FLAG,
        sources_of(operand),
        mark=mark_of(node),
        factor=factor,
        is_conditional=True,
        is_aggregate=is_aggregate,
    )


def _of_texts(node: exp.Expr, read: Read) -> Meaning:
    """Return what names mean that stand for values: bands of a number, parts of a calendar, or just names."""
    operand = node.this if isinstance(node, exp.Case) else None
    conditions = [condition for condition, _ in _branches(node) if condition is not None]
    compared = [operand] if operand is not None else [*_compared(conditions)]
    found = [read(each) for each in compared if each is not None]
    first = found[0] if found else Meaning()
    same = bool(found) and all(each.mark == first.mark for each in found)
    is_aggregate = any(each.is_aggregate for each in found)
    made = Meaning(sources=sources_of(found), mark=mark_of(node), is_aggregate=is_aggregate)
    if operand is not None and first.totals is not None:
        otherwise = node.args.get("default")
        return replace(made, totals=(otherwise.name,) if otherwise is not None else ())
    if same and first.operation is Operation.DATE_PART:
        return replace(made, operation=Operation.DATE_PART, grain=first.grain)
    is_band = same and operand is None and all(_is_band(condition) for condition in conditions)
    return replace(made, operation=Operation.BUCKET) if is_band else made


def _compared(conditions: Sequence[exp.Expr]) -> Iterator[exp.Expr]:
    """Give what is compared with constants."""
    for condition in conditions:
        for each in condition.find_all(exp.Binary, exp.Between, exp.In):
            if isinstance(each, exp.Connector):
                continue
            if isinstance(each.this, exp.Literal) and isinstance(each, exp.Binary):
                yield each.expression
            elif isinstance(each, (*_COMPARED, exp.EQ, exp.NEQ, exp.In)):
                yield each.this


def _is_band(condition: exp.Expr) -> bool:
    """Return whether a condition bounds a number: `age < 30 AND age >= 20`."""
    if isinstance(condition, exp.Paren):
        return _is_band(condition.this)
    if isinstance(condition, exp.Connector):
        return _is_band(condition.this) and _is_band(condition.expression)
    if isinstance(condition, exp.Between):
        return _is_number(condition.args["low"]) and _is_number(condition.args["high"])
    if isinstance(condition, exp.Is):
        return isinstance(condition.expression, exp.Null)
    bounds = isinstance(condition, (*_COMPARED, exp.EQ)) and isinstance(condition, exp.Binary)
    return bounds and (_is_number(condition.this) or _is_number(condition.expression))


def _is_number(node: exp.Expr) -> bool:
    return _number(node) is not None or (isinstance(node, exp.Neg) and _is_number(node.this))


def _of_total(branches: Sequence[tuple[exp.Expr | None, exp.Expr]], read: Read) -> Meaning | None:
    """Return what `CASE WHEN GROUPING(x) = 1 THEN 'Total' ELSE x END` means."""
    labels = [
        result.name
        for condition, result in branches
        if condition is not None and _is_text(result) and _asks_for_total(condition, read)
    ]
    others = [result for _, result in branches if not _is_text(result)]
    if not labels or len(others) != 1:
        return None
    return replace(read(others[0]), totals=tuple(labels))


def _asks_for_total(condition: exp.Expr, read: Read) -> bool:
    if condition.find(exp.Grouping, exp.GroupingId):
        return True
    is_null = isinstance(condition, exp.Is) and isinstance(condition.expression, exp.Null)
    return is_null and read(condition.this).totals is not None


def _one_of(node: exp.Expr, found: Sequence[Meaning]) -> Meaning:
    """Return what one of several values means: where only one is none of the literals, that one."""
    values = [each for each in found if each.operation is not Operation.LITERAL]
    is_aggregate = any(each.is_aggregate for each in found)
    if not values:
        return Meaning(mark=mark_of(node), is_aggregate=is_aggregate)
    first = values[0]
    is_text = any(each.text is not None and not _numeric(each.text) for each in found)
    if len({each.mark for each in values}) == 1:
        own = mark(mark_of(node), first.mark)
        kept = replace(first, mark=own, monday=None, is_conditional=True, is_aggregate=is_aggregate)
        return kept if not is_text or first.operation in ROWS else replace(kept, adds=False)
    is_row = all(each.operation in ROWS and each.adds is None for each in values)
    same = len({each.operation for each in values}) == 1 and first.operation not in PARTS
    return Meaning(
        first.operation if same else Operation.OTHER,
        sources_of(values),
        adds=None if is_row else False,
        mark=mark_of(node),
        is_aggregate=is_aggregate,
    )


def _numeric(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
