"""Results as queries give them, as generated examples: periods, groups, totals, currencies, holdings."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from genie.model import Cell, Column, Table
from render.sql.model import UNREAD, Operation, QueryColumn, QueryReading

TODAY = date(2026, 11, 28)
_MEASURES = (
    ("revenue_eur", Operation.SUM, True), ("orders", Operation.COUNT, True), ("sales", Operation.SUM, True),
    ("avg_order_value", Operation.AVERAGE, False), ("margin_pct", Operation.RATIO, False),
    ("headcount", Operation.COUNT_DISTINCT, None), ("stock_quantity", Operation.SUM, None),
    ("total_customers", Operation.COUNT_DISTINCT, False), ("amount", Operation.SUM, True),
    ("ytd_revenue", Operation.RUNNING, False), ("price_usd", Operation.MAX, False),
    ("value", Operation.OTHER, None), ("target_eur", Operation.OTHER, None),
    ("cost_eur", Operation.SUM, True), ("total_price_eur", Operation.AVERAGE, False),
    ("avg_cost_usd", Operation.SUM, True),
)  # fmt: skip
_GROUPS = {
    "region": ("EMEA", "APAC", "Other", "LATAM", "Nordics", "DACH", "Iberia", "Benelux"),
    "product": ("Others", *(f"Product {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")),
    "weekday": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "age_band": ("0-17", "18-24", "25-34", "35-44", "45-54", "55+"),
    "metric": ("Revenue", "Orders", "Conversion rate", "AOV"),
    "currency": ("USD", "EUR", "JPY", "GBP"),
    "store": tuple(map(str, range(1, 31))),
}
_TOTALS = ("Total", "Gesamt", "Grand Total", "合計", "All regions", None)
_LINES = (
    ("Revenue", 1), ("Cost of sales", -1), ("Gross profit", 0), ("Salaries", -1), ("Rent", -1),
    ("Operating profit", 0), ("Other income", 1), ("Taxes", -1), ("Net income", 0),
)  # fmt: skip
"""Lines of a statement: income, costs, and what is left of all before."""
_PERIODS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}


@dataclass(frozen=True)
class Result:
    """A result, and what its query says."""

    table: Table
    query: QueryReading


@st.composite
def results(draw: st.DrawFn) -> Result:
    """Any result of one to three columns that name rows, and one or two of amounts."""
    if draw(st.integers(0, 9)) == 9:
        return draw(_statements())
    keys = draw(_keys())
    measures = draw(
        st.lists(st.sampled_from(_MEASURES), min_size=1, max_size=2, unique_by=lambda each: each[0])
    )
    types = [draw(st.sampled_from(["LONG", "DECIMAL", "DOUBLE"])) for _ in measures]
    names = draw(_rows_of(keys))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - repeatable, and a draw of each takes long
    amounts = [[_amount(chance, type_name) for type_name in types] for _ in names]
    rows: list[tuple[Cell, ...]] = [
        (*name, *map(_cell, each)) for name, each in zip(names, amounts, strict=True)
    ]
    if draw(st.integers(0, 3)) == 0:
        place = draw(st.sampled_from([0, len(rows)]))
        rows.insert(place, draw(_total(keys, amounts, same=place == 0)))
    columns = (
        *(column for key in keys for column in key.columns),
        *(Column(name, type_name) for (name, *_), type_name in zip(measures, types, strict=True)),
    )
    table = Table(columns, tuple(rows), truncated=draw(st.integers(0, 9)) == 0)
    return Result(table, draw(_query(keys, measures, columns)))


@st.composite
def _statements(draw: st.DrawFn) -> Result:
    """Any statement of profit and loss, for all time or some periods; lines of it may be missing."""
    time = draw(_times()) if draw(st.booleans()) else _Key((), ((),), Operation.TIME)
    lines = [line for line in _LINES if draw(st.integers(0, 9))] or list(_LINES)
    line = _Key((Column("line", "STRING"),), tuple((name,) for name, _ in lines), Operation.OTHER)
    measures = draw(
        st.lists(
            st.sampled_from([("amount", Operation.SUM, True), ("budget", Operation.OTHER, None)]),
            min_size=1,
            unique=True,
        )
    )
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - repeatable, and a draw of each takes long
    is_signed = draw(st.booleans())
    rows: list[tuple[Cell, ...]] = []
    for period in time.items[:4]:
        amounts = [_statement(chance, lines, is_signed=is_signed) for _ in measures]
        rows += [(*period, *name, *each) for name, *each in zip(line.items, *amounts, strict=True)]
    columns = (*time.columns, *line.columns, *(Column(name, "DOUBLE") for name, *_ in measures))
    return Result(Table(columns, tuple(rows)), draw(_query([time, line], measures, columns)))


def _statement(chance: random.Random, lines: list[tuple[str, int]], *, is_signed: bool) -> list[Cell]:
    """Return the amount of each line, costs below zero if they have a sign."""
    left, cells = Decimal(0), []
    for _, sign in lines:
        amount = Decimal(chance.randrange(9_000_000)) / 100
        left += sign * amount
        cells.append(_cell((sign * amount if is_signed else amount) if sign else left))
    return cells


@dataclass(frozen=True)
class _Key:
    """What names rows: one column or, for months beside their year, two."""

    columns: tuple[Column, ...]
    items: tuple[tuple[Cell, ...], ...]
    operation: Operation


@st.composite
def _keys(draw: st.DrawFn) -> list[_Key]:
    shape = draw(st.sampled_from(["group", "time", "time group", "group time", "group group"]))
    keys: list[_Key] = []
    for part in shape.split():
        taken = {column.name for key in keys for column in key.columns}
        keys.append(draw(_times() if part == "time" else _groups(taken)))
    return keys


@st.composite
def _groups(draw: st.DrawFn, taken: set[str]) -> _Key:
    name = draw(st.sampled_from(sorted(_GROUPS.keys() - taken)))
    items = draw(st.lists(st.sampled_from(_GROUPS[name]), min_size=1, max_size=18, unique=True))
    column = Column(name, "INT" if name == "store" else "STRING")
    return _Key((column,), tuple((item,) for item in items), Operation.COLUMN)


@st.composite
def _times(draw: st.DrawFn) -> _Key:
    grain = draw(st.sampled_from(sorted(_PERIODS)))
    count, last = draw(st.integers(1, 14)), draw(st.integers(-2, 3))
    days = [TODAY + timedelta(days=_PERIODS[grain] * (last - at)) for at in reversed(range(count))]
    starts = list(dict.fromkeys(_begin(day, grain) for day in days))
    form = draw(st.sampled_from(["date", "text", "parts"]))
    if grain == "month" and form == "parts":
        columns = (Column("year", "INT"), Column("month", "INT"))
        return _Key(columns, tuple((str(day.year), str(day.month)) for day in starts), Operation.DATE_PART)
    texts = {"month": "%Y-%m", "day": "%Y-%m-%d", "week": "%G-W%V", "year": "%Y"}
    as_text = form == "text" and grain in texts
    items = tuple((day.strftime(texts[grain]) if as_text else day.isoformat(),) for day in starts)
    return _Key((Column(grain, "STRING" if as_text else "DATE"),), items, Operation.TIME)


def _begin(day: date, grain: str) -> date:
    return {
        "day": day,
        "week": day - timedelta(day.weekday()),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "year": day.replace(month=1, day=1),
    }[grain]


@st.composite
def _rows_of(draw: st.DrawFn, keys: list[_Key]) -> list[tuple[Cell, ...]]:
    """Name rows by the pairs of two keys, some of which may be missing, or by the items of one."""
    if len(keys) == 1:
        return list(keys[0].items)
    pairs = [(*first, *second) for first in keys[0].items for second in keys[1].items][:40]
    gaps = draw(st.sets(st.integers(0, len(pairs) - 1), max_size=2)) if len(pairs) > 3 else set()
    return [pair for at, pair in enumerate(pairs) if at not in gaps]


def _amount(chance: random.Random, type_name: str) -> Decimal | None:
    """Return an amount: mostly above zero, now and then below or none."""
    kind = chance.randrange(30)
    if kind == 0:
        return None
    if kind == 1:
        return Decimal(-chance.randrange(900))
    size = chance.choice([30, 3_000, 90_000])
    return (
        Decimal(chance.randrange(size))
        if type_name == "LONG"
        else Decimal(chance.randrange(100 * size)) / 100
    )


def _cell(value: Decimal | None) -> Cell:
    return None if value is None else f"{value:f}"


@st.composite
def _total(
    draw: st.DrawFn, keys: list[_Key], amounts: list[list[Decimal | None]], *, same: bool
) -> tuple[Cell, ...]:
    """Add a row that adds up all others, or that is only called so."""
    label = draw(st.sampled_from(_TOTALS))
    width = sum(len(key.columns) for key in keys)
    named = [label if key.columns[0].type_name == "STRING" else None for key in keys for _ in key.columns]
    factor = Decimal(1) if draw(st.integers(0, 3)) or same else Decimal(draw(st.integers(2, 5)))
    sums = [
        sum((value for value in column if value is not None), Decimal(0))
        for column in zip(*amounts, strict=True)
    ]
    return (*named[:width], *(_cell(each * factor) for each in sums))


@st.composite
def _query(
    draw: st.DrawFn,
    keys: list[_Key],
    measures: list[tuple[str, Operation, bool | None]],
    columns: tuple[Column, ...],
) -> QueryReading:
    """Tell what the query does, or nothing where it could not be read."""
    if draw(st.booleans()):
        return UNREAD
    naming = [QueryColumn(key.operation, is_key=True) for key in keys for _ in key.columns]
    amounts = [QueryColumn(operation, (name,), adds) for name, operation, adds in measures]
    order = draw(st.none() | st.tuples(st.integers(0, len(columns) - 1), st.booleans()))
    return QueryReading(
        columns=(*naming, *amounts),
        order=(order,) if order else (),
        is_ordered=order is not None,
        limited=draw(st.integers(0, 5)) == 0,
        rolled_up=tuple(range(len(naming))) if draw(st.integers(0, 5)) == 0 else (),
    )
