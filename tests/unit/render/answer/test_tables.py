"""Rows as tables that fit the room they are given, in each of their forms."""

import json
import re

import pytest
from wcwidth import wcswidth

from genie.model import Column, Table
from render.answer import native_table, text_table
from render.answer.cells import Cells, Fitted, format_cells
from render.answer.text_table import FENCED, RICH, clip_columns
from render.columns.read import read_result

MONEY = Column("total_revenue", "DECIMAL", "DECIMAL(18,2)", 18, 2)


def made(rows: int, *columns: Column, cell: str = "12.5") -> Cells:
    columns = columns or (Column("region"), MONEY)
    values = tuple(
        tuple(f"Region {at}" if n == 0 else cell for n in range(len(columns))) for at in range(rows)
    )
    result = Table(columns, values)
    return format_cells(result, read_result(result))


def made_of(columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]) -> Cells:
    result = Table(columns, rows)
    return format_cells(result, read_result(result))


def code(fitted: Fitted) -> list[str]:
    blocks = [block["elements"][0]["elements"][0]["text"] for block in fitted.blocks]
    return "\n".join(blocks).split("\n")


def test_amounts_sort_as_numbers_and_read_as_people_write_them() -> None:
    """A data table's amounts carry the number and the text; everything else is text."""
    (block,) = native_table.data_table(made(2), 9000, "Revenue").blocks
    assert block["rows"] == [
        [{"type": "raw_text", "text": "Region"}, {"type": "raw_text", "text": "Total revenue"}],
        [{"type": "raw_text", "text": "Region 0"}, {"type": "raw_number", "value": 12.5, "text": "12.50"}],
        [{"type": "raw_text", "text": "Region 1"}, {"type": "raw_number", "value": 12.5, "text": "12.50"}],
    ]
    assert (block["caption"], block["page_size"]) == ("Revenue", 2)


def test_times_sort_by_when_they_are() -> None:
    """A month in words sorts as a date, since its letters would put April before January."""
    months = Table((Column("month", "DATE"), MONEY), (("2026-01-01", "2.5"), ("2026-04-01", "1.5")))
    (block,) = native_table.data_table(format_cells(months, read_result(months)), 9000, "Revenue").blocks
    cells = [row[0] for row in block["rows"][1:]]
    assert [cell["text"] for cell in cells] == ["January 2026", "April 2026"]
    assert 0 < cells[0]["value"] < cells[1]["value"]


def test_the_simple_table_aligns_amounts_to_the_right() -> None:
    """The older table knows no numbers, so they are aligned by column."""
    (block,) = native_table.simple_table(made(2), 9000).blocks
    assert [setting["align"] for setting in block["column_settings"]] == ["left", "right"]
    assert {cell["type"] for row in block["rows"] for cell in row} == {"raw_text"}


def test_rows_that_do_not_fit_are_left_out_and_counted() -> None:
    """The number of rows that a form reports is the number that is in its block."""
    for room in (900, 2000, 5000, 20_000):
        fitted = native_table.data_table(made(300), room, "c")
        assert len(json.dumps(fitted.blocks)) <= room
        assert fitted.rows == len(fitted.blocks[0]["rows"]) - 1 > 0
    assert native_table.data_table(made(300), 90_000, "c").rows == 100
    assert native_table.simple_table(made(300), 90_000).rows == 99


def test_a_table_keeps_to_the_characters_of_all_its_cells() -> None:
    """Slack counts the text of all cells together, whatever room the message has."""
    long = made(100, *[Column(name) for name in "abcd"], cell="some words " * 18)
    for fitted, most in (
        (native_table.simple_table(long, 900_000), 10_000),
        (native_table.data_table(long, 900_000, "c"), 20_000),
    ):
        assert 0 < sum(len(cell["text"]) for row in fitted.blocks[0]["rows"] for cell in row) <= most


def test_cells_are_shortened_before_rows_are_left_out() -> None:
    """Long texts give way first, and the form says so."""
    texts = made(5, Column("a"), Column("b"), Column("c"), cell="many words " * 15)
    assert native_table.data_table(texts, 9000, "c").shortened is False
    fitted = native_table.data_table(texts, 1200, "c")
    assert (fitted.rows >= 3, fitted.shortened) == (True, True)


def wide(rows: int, amounts: int = 20) -> Cells:
    """Make a result of more columns than people read: names, amounts, and an identifier at the end."""
    names = [Column(name) for name in ("region", "product", "customer", "channel", "city")]
    columns = (*[Column(f"m{n}", "LONG") for n in range(amounts)], *names, Column("order_id"))
    cells = (*["1234567"] * amounts, *[f"Some {column.name}" for column in names])
    return made_of(columns, tuple((*cells, str(100_000 + at)) for at in range(rows)))


def headers(fitted: Fitted) -> list[str]:
    return [cell["text"] for cell in fitted.blocks[0]["rows"][0]]


def test_the_telling_columns_stay_and_go_first() -> None:
    """What names a row and some amounts are read first where not all columns fit; the others are named."""
    fitted = native_table.data_table(wide(3), 20_000, "c")
    assert headers(fitted)[:8] == ["Region", "Product", "Customer", "Channel", "M0", "M1", "M2", "M3"]
    assert fitted.left_out == ("M15", "M16", "M17", "M18", "M19", "Order ID")
    columns = (Column("order_id"), Column("region"), *[Column(f"m{n}", "LONG") for n in range(20)])
    keyed = made_of(columns, tuple((str(100_000 + at), "EMEA", *["7"] * 20) for at in range(3)))
    assert headers(native_table.data_table(keyed, 20_000, "c"))[:3] == ["Order ID", "Region", "M0"]


def test_many_rows_of_the_telling_columns_are_worth_more_than_few_rows_of_all() -> None:
    """A very wide result shows eight columns, names as well as amounts, and twenty rows of them."""
    for fitted in (
        native_table.data_table(wide(50), 10_500, "c"),
        native_table.simple_table(wide(50), 9_500),
    ):
        assert headers(fitted) == ["Region", "Product", "Customer", "Channel", "M0", "M1", "M2", "M3"]
        assert fitted.rows >= 20
        assert len(fitted.left_out) == 18
    assert native_table.data_table(wide(50, amounts=5), 10_500, "c").left_out == ()


def test_narrow_lines_hold_names_and_amounts() -> None:
    """Where a line of text has no room for all that names a row, it still has an amount."""
    shown = re.split(r"\s{2,}", code(text_table.columns(wide(5), 9000, RICH))[0])
    assert shown == ["Region", "Product", "Customer", "M0"]


def test_a_row_is_named_by_its_most_telling_column() -> None:
    """A screen reader says the name of a row and not its amount, whichever comes first."""
    amounts_first = made_of((MONEY, Column("region")), (("1", "EMEA"), ("2", "APAC")))
    (block,) = native_table.data_table(amounts_first, 9000, "Revenue").blocks
    assert block["row_header_column_index"] == 1
    assert "row_header_column_index" not in native_table.data_table(made(2), 9000, "Revenue").blocks[0]


def test_no_room_shows_no_rows() -> None:
    """Without room for a single row there is no block rather than one that Slack refuses."""
    for fitted in (
        native_table.data_table(made(3), 60, "c"),
        native_table.simple_table(made(3), 60),
        text_table.columns(made(3), 60, RICH),
    ):
        assert (fitted.blocks, fitted.rows) == ((), 0)
    assert native_table.card(made(1), 10).left_out == ("Region", "Total revenue")


def test_text_columns_stay_aligned_for_every_script() -> None:
    """Wide characters and emoji, joined ones too, take two columns; what is right of them stays in place."""
    family, persian = "👨\u200d👩\u200d👧", "می\u200cخواهم"
    names = ("日本", "👍🏽 ok", family, "🏳\ufe0f\u200d🌈", persian, "abc")
    result = Table(
        (Column("name"), Column("units", "LONG")),
        tuple((name, str(at)) for at, name in enumerate(names, 328)),
    )
    lines = code(text_table.columns(format_cells(result, read_result(result)), 9000, RICH))
    assert len({wcswidth(line) for line in lines}) == 1
    assert [line.split("  ")[0] for line in lines[2:]] == list(names)
    assert lines[-1].endswith("333")


def test_numbers_in_text_are_never_reformatted() -> None:
    """Codes keep their zeros and amounts their digits in the text table."""
    result = Table((Column("code"), Column("v")), (("00123", "1e5"), ("00124", "123456789.123456")))
    lines = code(text_table.columns(format_cells(result, read_result(result)), 9000, RICH))
    assert lines[2].split() == ["00123", "1e5"]
    assert lines[3].split() == ["00124", "123456789.123456"]


@pytest.mark.parametrize("cell", ["some words here", "1", "漢字"])
def test_lines_never_wrap(cell: str) -> None:
    """Columns that would make a line wrap are left out and named; no column more than that."""
    wide = made(4, *[Column(f"column_{n}") for n in range(15)], cell=cell)
    fitted = text_table.columns(wide, 9000, RICH)
    assert 40 < max(map(wcswidth, code(fitted))) <= 60
    shown = re.split(r"\s{2,}", code(fitted)[0])
    assert [*shown, *fitted.left_out] == [f"Column {n}" for n in range(15)]


@pytest.mark.parametrize("how", [RICH, FENCED])
def test_text_keeps_to_its_room(how: text_table.Code) -> None:
    """However long the result, the blocks of a text table fit."""
    for cell in ("12.5", "<&>" * 10, "漢字" * 20, "```"):
        for room in (700, 3000, 9000):
            fitted = text_table.columns(made(100, Column("a"), Column("b"), cell=cell), room, how)
            assert len(json.dumps(fitted.blocks)) <= room


def test_one_row_is_a_card() -> None:
    """Labels and values stand side by side, the values as data that nothing can format."""
    (block,) = native_table.card(made(1, cell="*12.5* <!channel>"), 9000).blocks
    assert [field["text"] for field in block["fields"]] == [
        "*Region*",
        "Region 0",
        "*Total revenue*",
        "*12.5* <!channel>",
    ]
    assert [field["type"] for field in block["fields"]] == ["mrkdwn", "plain_text"] * 2
    assert code(text_table.card(made(1), 9000, RICH)) == ["Region         Region 0", "Total revenue  12.50"]


def test_a_card_shows_every_column_that_has_room() -> None:
    """One row is all there is to read: it keeps thirty columns, and without room the most telling ones."""
    assert native_table.card(wide(1, amounts=24), 9000).left_out == ()
    fitted = text_table.card(wide(1), 500, RICH)
    assert [line.split()[0] for line in code(fitted)][:5] == [
        "Region",
        "Product",
        "Customer",
        "Channel",
        "M0",
    ]
    assert {"M19", "Order ID"} < set(fitted.left_out)


def test_a_clipped_width_is_kept() -> None:
    """A cell is cut by what it takes on the screen."""
    assert clip_columns("abcdef", 4) == "abc…"
    assert clip_columns("日本語日本語", 6) == "日本…"
    assert clip_columns("abc", 4) == "abc"
