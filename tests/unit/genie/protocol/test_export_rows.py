"""The rows of an export, whatever its form and wherever its parts are cut."""

import io
import json
from collections.abc import Sequence

import pytest

from genie.errors import Malformed
from genie.model import Cell, Column
from genie.protocol import export_rows
from genie.protocol.export_rows import Row, read_rows

COLUMNS = (Column("region"), Column("units", "LONG"))


def rows(form: str, *parts: str | bytes, columns: Sequence[Column] = COLUMNS) -> list[Row]:
    streams = [io.BytesIO(part.encode() if isinstance(part, str) else part) for part in parts]
    return list(read_rows(form, columns, streams))


def test_only_the_first_part_of_csv_names_the_columns() -> None:
    """A row of a later part that reads like the names is a row."""
    parts = ("region,units\r\nEMEA,1\r\n", "region,units\r\n", "APAC,2\r\n")
    assert rows("CSV", *parts) == [("EMEA", "1"), ("region", "units"), ("APAC", "2")]


def test_csv_without_names_loses_no_row() -> None:
    """Its first row is told from names by what it says."""
    assert rows("CSV", "EMEA,1\r\n") == [("EMEA", "1")]


def test_null_in_csv_is_a_word() -> None:
    """Databricks writes it so; an empty text is another thing."""
    assert rows("CSV", 'null,"null"\r\n"",NULL\r\n') == [(None, None), ("", "NULL")]


def test_csv_may_hold_lines_quotes_and_long_cells() -> None:
    """Cells of any length and content come back as they were, also with what is no UTF-8."""
    long = "x" * 200_000
    assert rows("CSV", f'"a\r\nb ""c""",{long}\n') == [('a\r\nb "c"', long)]
    assert rows("CSV", b"\xff,1\n") == [("\ufffd", "1")]


def test_rows_are_as_wide_as_the_columns() -> None:
    """Short rows are filled, and long ones cut."""
    assert rows("JSON_ARRAY", '[["a"],["b","1","x"]]') == [("a", None), ("b", "1")]


@pytest.mark.parametrize("part", ["a\r\n", "b,1,x\r\n", "<html>\n", "EMEA,1\r\nAPAC"])
def test_csv_of_another_width_is_something_else(part: str) -> None:
    """A page of words, or half of a row, reads as CSV of some kind."""
    with pytest.raises(Malformed):
        rows("CSV", part)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
def test_json_is_read_wherever_it_is_cut(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of the pieces, the rows are those of the document."""
    monkeypatch.setattr(export_rows, "_PART", size)
    made: list[list[Cell]] = [["a]\n,[", None], ["\u00fc\U0001f600", "2"], ["", "3"]]
    for indent in (None, 2):
        assert rows("JSON_ARRAY", json.dumps(made, indent=indent)) == [tuple(row) for row in made]
    assert rows("JSON_ARRAY", "[ ] ", "[]") == []


@pytest.mark.parametrize("part", ["", "{}", "[1]", '[["a"', '[["a"],', '["a"]', "[[nope]]", "[" * 10_000])
def test_json_that_is_none_is_malformed(part: str) -> None:
    """No crash, and never half of a result for the whole."""
    with pytest.raises(Malformed):
        rows("JSON_ARRAY", part)
