"""Rows that are not like the others stand out in a table: totals, and periods that are not over."""

from dataclasses import replace

import pytest

from genie.model import Answer, Column, MessageRef, Query, Table
from render.answer import native_table, text_table
from render.answer.actions import answer_actions
from render.answer.cells import Cells, format_cells
from render.answer.context import AnswerContext
from render.answer.result import Result, read
from render.answer.text_table import FENCED, RICH
from render.columns.read import read_result
from render.columns.reading import Role
from sandbox.slack.blocks.check import BlockRules, check_message

REGION, REVENUE = Column("region"), Column("revenue", "LONG")
PARTS = (("EMEA", "500"), ("APAC", "300"))


def cells(rows: tuple[tuple[str | None, ...], ...], *totals: int, columns: tuple[Column, ...] = ()) -> Cells:
    """Return a result of which some rows are totals, as text."""
    table = Table(columns or (REGION, REVENUE), rows)
    return format_cells(table, replace(read_result(table), totals=frozenset(totals)))


@pytest.mark.parametrize("label", ["Total", "Gesamt", "Ensemble", "合計"])
def test_totals_are_bold_in_tables(label: str) -> None:
    """The name of the row is, and in the older table its amounts are, too; the others are plain."""
    made = cells((*PARTS, (label, "800")), 2)
    (block,) = native_table.data_table(made, 9000, "c").blocks
    name, value = block["rows"][3]
    assert name["elements"][0]["elements"] == [{"type": "text", "text": label, "style": {"bold": True}}]
    assert value == {"type": "raw_number", "value": 800, "text": "800"}
    assert {cell["type"] for row in block["rows"][:3] for cell in row} == {"raw_text", "raw_number"}
    check_message([block], None, BlockRules())
    (simple,) = native_table.simple_table(made, 9000).blocks
    assert [cell["type"] for row in simple["rows"] for cell in row] == ["raw_text"] * 6 + ["rich_text"] * 2
    check_message([simple], None, BlockRules())


@pytest.mark.parametrize("code", [RICH, FENCED], ids=["rich", "fenced"])
@pytest.mark.parametrize(
    ("rows", "totals", "ruled"),
    [
        ((*PARTS, ("Total", "800")), (2,), [1, 4]),
        ((("Total", "800"), *PARTS), (0,), [1, 3]),
        ((*PARTS, ("EMEA", "1"), ("Sum", "801"), ("Total", "801")), (3, 4), [1, 5]),
        (PARTS, (), [1]),
    ],
)
def test_totals_are_set_apart_by_a_rule_in_text(
    code: text_table.Code, rows: tuple[tuple[str, ...], ...], totals: tuple[int, ...], ruled: list[int]
) -> None:
    """As below the header; rows are still counted right, and a cut leaves no rule at the end."""
    made = cells(rows, *totals)
    fitted = text_table.columns(made, 9000, code)
    lines = str(fitted.blocks).replace("```", "").split("\\n")
    rules = [at for at, line in enumerate(lines) if "------" in line]
    assert [at - rules[0] + 1 for at in rules] == ruled
    assert fitted.rows == len(rows)
    for room in range(250, 700, 10):
        cut = text_table.columns(made, room, code)
        assert not cut.blocks or not str(cut.blocks).split("\\n")[-1 if code is RICH else -2].startswith("--")


ROLLUP: tuple[tuple[str | None, ...], ...] = (
    ("EMEA", "Bags", "1"), ("EMEA", "Belts", "2"), ("EMEA", None, "3"),
    ("APAC", "Bags", "4"), ("APAC", None, "4"), (None, None, "7"),
)  # fmt: skip


def test_totals_without_a_name_get_one() -> None:
    """What ROLLUP leaves empty is no missing value."""
    made = cells(ROLLUP, 2, 4, 5, columns=(REGION, Column("product"), REVENUE))
    assert [row[:2] for row in made.rows] == [
        ("EMEA", "Bags"),
        ("EMEA", "Belts"),
        ("EMEA", "Total"),
        ("APAC", "Bags"),
        ("APAC", "Total"),
        ("Total", "–"),
    ]
    assert cells((*PARTS, ("Total", "800")), 2).rows[2] == ("Total", "800")


@pytest.mark.parametrize(
    ("column", "periods", "shown"),
    [
        (Column("month", "DATE"), ("2026-10-01", "2026-11-01"), ("October 2026", "November 2026 (so far)")),
        (Column("year", "INT"), ("2025", "2026"), ("2025", "2026 (so far)")),
        (Column("quarter"), ("2026-Q3", "2026-Q4"), ("Q3 2026", "Q4 2026 (so far)")),
        (Column("day", "DATE"), ("2026-11-27", "2026-11-28"), ("27 Nov 2026", "28 Nov 2026 (so far)")),
    ],
)
def test_a_period_that_is_not_over_says_so(
    column: Column, periods: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    """In its own cell, wherever the row stands after sorting; its order is that of the time."""
    table = Table((column, REVENUE), tuple((period, "5") for period in periods))
    made = format_cells(table, replace(read_result(table), unfinished=frozenset({1})))
    assert tuple(row[0] for row in made.rows) == shown
    assert made.sorts[0] < made.sorts[1]


def test_a_row_beyond_those_that_are_shown_needs_no_mark() -> None:
    """A result has more rows than a table."""
    table = Table(
        (Column("day", "DATE"), REVENUE), tuple((f"2026-11-{1 + at % 28:02}", "1") for at in range(300))
    )
    reading = replace(read_result(table), unfinished=frozenset({299}), totals=frozenset({298}))
    assert "so far" not in str(format_cells(table, reading).rows)


CURRENCIES = Table(
    (Column("currency"), Column("amount", "LONG")),
    (("USD", "1200000"), ("EUR", "800000"), ("JPY", "90000000")),
)


def result(table: Table, **facts: object) -> Result:
    """Return a result that was read with these facts, without a chart."""
    found = read(table, "t")
    assert found
    return replace(found, reading=replace(found.reading, **facts), chart=None)  # type: ignore[arg-type]


def test_several_currencies_are_named_below_the_rows() -> None:
    """Once, and not where the chart says it already."""
    shown = result(CURRENCIES, currencies=0)
    caveat = "Several currencies (USD, EUR, JPY): amounts are not added up."
    fitted = native_table.data_table(shown.cells, 9000, "c")
    assert shown.line(fitted) == f"3 rows. {caveat}"
    chart = read(Table((REGION, REVENUE), PARTS), "t")
    assert chart
    assert chart.chart
    told = replace(shown, chart=replace(chart.chart, note=f"A note. {caveat}"))
    assert told.line(fitted) == "3 rows."
    assert result(CURRENCIES, currencies=None).line(fitted) == "3 rows."


def test_what_a_total_leaves_empty_needs_no_explanation() -> None:
    """The dash is explained where a value is missing."""
    table = Table((REGION, Column("product"), REVENUE), ROLLUP)
    shown = result(table, totals=frozenset({2, 4, 5}))
    fitted = native_table.data_table(shown.cells, 9000, "c")
    assert "no value" not in shown.line(fitted)
    assert "no value" in result(table).line(fitted)


def buttons(shown: Result) -> str:
    """Return the actions below an answer."""
    answer = Answer(MessageRef("s", "c", "m"), query=Query("a", "Q"), table=shown.table)
    return str(answer_actions(AnswerContext(answer, question_id="q"), shown))


def test_stats_are_offered_where_amounts_go_together() -> None:
    """Not for a list of metrics, and not for ranks alone."""
    assert "insights" in buttons(result(CURRENCIES))
    assert "insights" not in buttons(result(CURRENCIES, is_metric_list=True))
    ranks = tuple(replace(column, role=Role.RANK) for column in result(CURRENCIES).reading.columns)
    assert "insights" not in buttons(result(CURRENCIES, columns=ranks))


@pytest.mark.parametrize(
    ("names", "headers"),
    [
        (("region", "revenue", "revenue"), ("Region", "Revenue", "Revenue (2)")),
        (("a", "a", "a"), ("A", "A (2)", "A (3)")),
        (("order_id", "Order ID"), ("Order ID", "Order ID (2)")),
        (("revenue", "revenue (2)", "revenue"), ("Revenue", "Revenue (2)", "Revenue (3)")),
    ],
)
def test_columns_of_one_name_are_numbered(names: tuple[str, ...], headers: tuple[str, ...]) -> None:
    """As in the CSV, so that two columns can be told apart."""
    made = cells((("1",) * len(names), ("2",) * len(names)), columns=tuple(map(Column, names)))
    assert made.headers == headers
