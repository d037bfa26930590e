"""Make of a result what is kept of it, and tell from two of them what there is to say."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator, Sequence
from decimal import Context, Decimal
from hashlib import sha256
from itertools import groupby

from genie.model import Cell, Column, Table
from render.columns.kinds import NUMBER_TYPES
from render.columns.numbers import read_decimal, read_float
from render.columns.reading import Adds, Reading
from render.columns.times import parse_time
from render.sql.model import UNREAD, QueryReading
from render.watch.model import ALWAYS, Baseline, Change, Condition, Crossing, Sum, When, differ

MOST_SUMS = 8
"""Columns of which a sum is kept."""
_DOUBLES = frozenset({"DOUBLE", "FLOAT"})
_DIGITS = 10
"""Of a DOUBLE that count: beyond them two runs of one sum differ, as its parts arrive in another order."""
_TO_DIGITS = Context(prec=_DIGITS)
_PRINT_BYTES, _MARK_BYTES = 16, 6
_LONGEST_SUM = 40
"""Digits of a DECIMAL; a sum with more is none that people read."""
_TIMES = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_NTZ"})

Normal = Callable[[str], str]


def baseline(
    table: Table,
    reading: Reading,
    key: bytes,
    *,
    query: QueryReading = UNREAD,
    condition: Condition = ALWAYS,
    at: int = 0,
) -> Baseline:
    """Return what is kept of a result; `at` is when it was read, in milliseconds since 1970."""
    prints = _row_prints(table, key)
    names = _joined([column.name for column in table.columns])
    return Baseline(
        rows=_print(key, names, *sorted(prints)),
        order=_print(key, *_in_order(table, query, prints)) if query.is_ordered else "",
        count=table.total_rows if table.total_rows is not None else len(table.rows),
        cut=table.incomplete,
        sums=tuple(_sums(table, reading)),
        met=_is_met(table, condition),
        at=at,
    )


def compare(before: Baseline | None, now: Baseline, condition: Condition) -> Change | None:
    """Return what is to be told after a run; None where there is nothing to say.

    `before` is what was kept of the last one, None at the first look.
    """
    if condition.when is When.CROSSES:
        crossing = _crossing(before, now)
        return Change(before=before, now=now, crossing=crossing) if crossing else None
    if condition.when is When.CHANGED and (before is None or not differ(before, now)):
        return None
    return Change(before=before, now=now)


def mark_of(column: Column) -> str:
    """Return what tells a column from others in a baseline."""
    return _text_of(sha256(column.name.encode(errors="surrogatepass")).digest()[:_MARK_BYTES])


def added(table: Table, reading: Reading, at: int) -> Decimal | None:
    """Return what a column adds up to, or its value in a single row; None where that says nothing."""
    column, count = reading.columns[at], len(table.rows)
    if not column.is_amount or (count > 1 and not _adds_up(table, reading, at)):
        return None
    rows = (row for place, row in enumerate(table.rows) if count == 1 or place not in reading.totals)
    known = [number for row in rows if (number := read_decimal(row[at])) is not None]
    total = sum(known, Decimal(0))
    if column.column.type_name.upper() in _DOUBLES:
        total = _TO_DIGITS.plus(total)
    return total if known and len(f"{total:f}") <= _LONGEST_SUM else None


def _adds_up(table: Table, reading: Reading, at: int) -> bool:
    """Whether the rows of a column may be added up, as the one rule for that says."""
    column = reading.columns[at]
    if reading.is_metric_list or reading.lines is not None or column.adds is Adds.NEVER:
        return False
    if column.adds is Adds.EVERYWHERE or reading.time is None:
        return True
    return len({row[reading.time] for row in table.rows}) == 1


def _sums(table: Table, reading: Reading) -> Iterator[Sum]:
    known: set[str] = set()
    for at, column in enumerate(reading.columns):
        total = added(table, reading, at)
        mark = mark_of(column.column)
        if total is not None and mark not in known and len(known) < MOST_SUMS:
            known.add(mark)
            yield Sum(mark, _plain(total))


def _crossing(before: Baseline | None, now: Baseline) -> Crossing:
    """Tell whether a value was crossed since the last run, or cannot be any more; each is told once."""
    if now.met is None:
        is_known = before is not None and before.met is None
        return Crossing.NONE if is_known else Crossing.COLUMN_GONE
    return Crossing.CROSSED if now.met and not (before and before.met) else Crossing.NONE


def _is_met(table: Table, condition: Condition) -> bool | None:
    if condition.when is not When.CROSSES:
        return None
    at = crossing_column(table, condition)
    if at is None:
        return None if table.rows else False
    return bool(crossing_rows(table, condition))


def crossing_column(table: Table, condition: Condition) -> int | None:
    """Return the position of the column of numbers that a condition is about."""
    for at, column in enumerate(table.columns):
        if column.name == condition.column and column.type_name.upper() in NUMBER_TYPES:
            return at
    return None


def crossing_rows(table: Table, condition: Condition) -> list[int]:
    """Return the rows in which the column of a condition is beyond its value."""
    at, value = crossing_column(table, condition), read_decimal(condition.value)
    if at is None or value is None:
        return []
    numbers = ((row, measured(cells[at])) for row, cells in enumerate(table.rows))
    return [
        row
        for row, number in numbers
        if number is not None and (number > value if condition.above else number < value)
    ]


def measured(cell: Cell) -> Decimal | None:
    """Return the number that a limit is compared with, which may be infinite; None for NULL and NaN."""
    is_infinite = cell is not None and cell.lower().lstrip("-") == "infinity"
    return Decimal(cell or 0) if is_infinite else read_decimal(cell)


def _in_order(table: Table, query: QueryReading, prints: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the rows in their order; rows that the query's order leaves side by side come in any."""
    if not query.is_order_shown:
        yield from prints
        return
    by = [at for at, _ in query.order]
    normal = _normals(table)
    keys = [tuple(_normal(normal[at], row[at]) for at in by) for row in table.rows]
    for _, group in groupby(range(len(prints)), key=keys.__getitem__):
        yield from sorted(prints[at] for at in group)


def _row_prints(table: Table, key: bytes) -> list[bytes]:
    normal = _normals(table)
    joined = (_joined([_normal(*cell) for cell in zip(normal, row, strict=True)]) for row in table.rows)
    return [hmac.digest(key, row, "sha256")[:_PRINT_BYTES] for row in joined]


def _normals(table: Table) -> list[Normal]:
    return [_normal_form(column.type_name.upper()) for column in table.columns]


def _normal(normal: Normal, cell: Cell) -> str | None:
    return None if cell is None else normal(cell)


def _normal_form(type_name: str) -> Normal:
    """Return what writes a cell of a type in the one way that all texts of its value share."""
    if type_name in _DOUBLES:
        return _double
    if type_name in NUMBER_TYPES:
        return _exact
    if type_name in _TIMES:
        return _time
    return str.lower if type_name == "BOOLEAN" else str


def _exact(cell: str) -> str:
    number = read_decimal(cell)
    return cell if number is None else _plain(number)


def _plain(number: Decimal) -> str:
    """Write a number in one way: 1.50 is 1.5, and there is no -0."""
    return f"{number.normalize():f}" if number else "0"


def _double(cell: str) -> str:
    number = read_float(cell)
    return cell if number is None else f"{number or 0.0:.{_DIGITS}g}"


def _time(cell: str) -> str:
    moment = parse_time(cell)
    return moment.isoformat() if moment else cell


def _joined(parts: Sequence[str | None]) -> bytes:
    """Put texts together so that no others give the same."""
    written = ("-" if part is None else f"{len(part)}:{part}" for part in parts)
    return ",".join(written).encode(errors="surrogatepass")


def _print(key: bytes, *parts: bytes) -> str:
    return _text_of(hmac.digest(key, b"".join(parts), "sha256")[:_PRINT_BYTES])


def _text_of(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
