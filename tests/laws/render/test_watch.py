"""Laws of what is kept of a watched result: what is a change, what is none, and how little is kept."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from genie.model import Cell, Column, Table
from render.columns.read import read_result
from render.sql.model import QueryReading
from render.watch.compare import baseline, compare
from render.watch.model import Baseline, Condition, When, differ
from tests.laws.render.answers import law, tables

pytestmark = [pytest.mark.property, pytest.mark.many]

KEY = b"k" * 32
CHANGED = Condition(When.CHANGED)
ORDERED = QueryReading(is_ordered=True)
BY_FIRST = QueryReading(is_ordered=True, order=((0, False),), is_order_shown=True)
VALUES: dict[str, st.SearchStrategy[str]] = {
    "STRING": st.text(max_size=5),
    "LONG": st.integers(-(10**12), 10**12).map(str),
    "DECIMAL": st.decimals(-(10**9), 10**9, places=2).map(str),
    "BOOLEAN": st.sampled_from(["true", "false"]),
    "DATE": st.dates().map(str),
}


@st.composite
def results(draw: st.DrawFn) -> Table:
    """Make a small result of the types of which each value has one text, some cells NULL."""
    types = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=4))
    row = st.tuples(*(st.one_of(st.none(), VALUES[each]) for each in types))
    columns = tuple(Column(f"c{at}", each) for at, each in enumerate(types))
    return Table(columns, tuple(draw(st.lists(row, max_size=6))))


def kept(table: Table, query: QueryReading = QueryReading()) -> Baseline:  # noqa: B008 (frozen)
    return baseline(table, read_result(table, query), KEY, query=query)


@law(100)
@given(results(), st.randoms())
def test_rows_in_another_order_are_no_change_unless_the_query_orders(table: Table, chance: object) -> None:
    """Without ORDER BY rows come as they like; with it their order is what was asked for."""
    rows = list(table.rows)
    chance.shuffle(rows)  # type: ignore[attr-defined]
    other = replace(table, rows=tuple(rows))
    assert not differ(kept(table), kept(other))
    assert compare(kept(table), kept(other), CHANGED) is None
    assert differ(kept(table, ORDERED), kept(other, ORDERED)) == (tuple(rows) != table.rows)
    # Rows that the order leaves side by side come as they like, too.
    tied = replace(table, rows=tuple(sorted(rows, key=lambda row: str(row[0]))))
    again = replace(table, rows=tuple(sorted(table.rows, key=lambda row: str(row[0]))))
    assert not differ(kept(tied, BY_FIRST), kept(again, BY_FIRST))


@law(200)
@given(results(), st.data())
def test_any_other_cell_is_a_change(table: Table, data: st.DataObject) -> None:
    """Also NULL for an empty text, and a text that only looks like another."""
    assume(table.rows)
    row = data.draw(st.integers(0, len(table.rows) - 1))
    at = data.draw(st.integers(0, len(table.columns) - 1))
    cell = data.draw(st.one_of(st.none(), VALUES[table.columns[at].type_name]))
    assume(value(table.columns[at], cell) != value(table.columns[at], table.rows[row][at]))
    rows = list(table.rows)
    rows[row] = (*rows[row][:at], cell, *rows[row][at + 1 :])
    other = replace(table, rows=tuple(rows))
    assert differ(kept(table), kept(other))


def value(column: Column, cell: Cell) -> object:
    return Decimal(cell) if cell is not None and column.type_name in {"LONG", "DECIMAL"} else cell


FORMS: list[Callable[[Decimal], str]] = [str, lambda n: f"{n:.4f}", lambda n: f"{n:E}", lambda n: f"{n:+f}"]


@law(100)
@given(
    st.lists(st.decimals(-(10**6), 10**6, places=2), min_size=1, max_size=5),
    st.lists(st.sampled_from(FORMS), min_size=5, max_size=5),
    st.sampled_from(["DECIMAL", "DOUBLE"]),
)
def test_another_text_of_the_same_number_is_no_change(
    numbers: list[Decimal], forms: list[Callable[[Decimal], str]], type_name: str
) -> None:
    """1.0 is 1.00 and 1E0; and a sum of doubles is the same in whichever order its parts arrived."""
    columns = (Column("x", type_name),)
    one = Table(columns, tuple((str(number),) for number in numbers))
    other = Table(columns, tuple((form(n),) for form, n in zip(forms, numbers, strict=False)))
    assert not differ(kept(one), kept(other))
    noisy = Table((Column("x", "DOUBLE"),), ((repr(sum(map(float, numbers))),),))
    sorted_sum = repr(sum(sorted(map(float, numbers), key=abs)))
    assume(abs(sum(map(float, numbers))) > 1)
    assert not differ(kept(noisy), kept(replace(noisy, rows=((sorted_sum,),))))


@law(60)
@given(tables())
def test_a_baseline_of_any_result_is_small_comes_back_and_holds_no_cell(table: Table) -> None:
    """At most 600 of the 2,048 bytes that a watch has in Redis; of texts nothing is in it."""
    before = kept(table)
    stored = before.to_json()
    assert Baseline.from_json(stored) == before
    assert len(stored.encode()) <= 600
    marked = replace(table, rows=tuple(("§secret§",) * len(table.columns) for _ in table.rows))
    assert "secret" not in kept(marked).to_json()


@law(30)
@given(results())
def test_who_has_no_key_cannot_recompute_a_fingerprint(table: Table) -> None:
    """The same rows under another key have other ones."""
    reading = read_result(table)
    assert baseline(table, reading, KEY).rows != baseline(table, reading, b"x" * 32).rows
