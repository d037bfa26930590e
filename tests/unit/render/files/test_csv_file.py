"""The rows as a file for spreadsheets."""

import csv
import io

import pytest
import time_machine

from genie.model import Cell, Column, Table
from render.files.csv_file import csv_file, file_name
from render.text.alike import column_names


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def table(*rows: tuple[Cell, ...], total: int | None = None, names: str = "ab") -> Table:
    return Table(tuple(Column(name) for name in names), rows, total)


def test_every_value_comes_as_genie_gave_it() -> None:
    """Nothing is formatted, clipped or rounded; NULL is an empty cell."""
    cells = ("00123", "1234567.891011", "x" * 5000, None, 'a "b",\nc', "日本")
    assert read(csv_file(table(cells, names="abcdef"), "q").content)[1] == [cell or "" for cell in cells]


def test_excel_recognises_the_encoding() -> None:
    """The file begins with the mark by which Excel knows UTF-8, and its lines end as RFC 4180 says."""
    content = csv_file(table(("é", "1")), "q").content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\xc3\xa9,1\r\n")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t1", "\r1", "\n1", " =1", "\uff1d1", "+49 30 123"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    """Whatever a spreadsheet would calculate is marked as text, in the header too."""
    found = read(csv_file(Table((Column(f"={cell}"), Column("b")), ((cell, "x"),)), "q").content)
    assert [row[0] for row in found] == [f"'={cell}", f"'{cell}"]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a; \u200b@x", "a;' \u200b@x"),
        ("a\tb;-2+3+cmd|' /C calc'!A0", "a\tb;'-2+3+cmd|' /C calc'!A0"),
        ("a\r\n=1\n+A1()", "a\r\n'=1\n'+A1()"),
        ("\t=1", "'\t'=1"),
        ("=a;=b", "'=a;'=b"),
        ("1;-2;+3.5", "1;-2;+3.5"),
        ("a; b = c\n", "a; b = c\n"),
        ("To do\n=====\n- a\n- b", "To do\n=====\n- a\n- b"),
    ],
)
def test_no_part_of_a_cell_is_a_formula(cell: str, safe: str) -> None:
    """Where semicolons or tabs separate cells, quotes do not hold one together."""
    assert read(csv_file(table((cell, "x")), "q").content)[1][0] == safe


@pytest.mark.parametrize("cell", ["-12", "-1.5", "+3", "-3.3E8", "1e5"])
def test_numbers_stay_numbers(cell: str) -> None:
    """A negative amount is not a formula."""
    assert read(csv_file(table((cell, "x")), "q").content)[1][0] == cell


def test_columns_have_names_that_differ() -> None:
    """Empty names are numbered and repeated ones told apart."""
    assert column_names(["a", "", "a", "a (2)", " "]) == ["a", "column_2", "a (2)", "a (2) (2)", "column_5"]


def test_no_two_columns_of_a_file_are_alike_once_it_is_written() -> None:
    """Marks and signs that have no UTF-8 can make two names one."""
    names = ("\t=1", "'=1", "\ud800", "?")
    head, _ = read(csv_file(Table(tuple(map(Column, names)), (("1", "2", "3", "4"),)), "q").content)
    assert head == ["'=1", "'=1 (2)", "?", "? (2)"]


def test_lone_surrogates_do_not_break_the_file() -> None:
    """What no encoding can write becomes a question mark."""
    assert read(csv_file(table(("\ud800", "x")), "q").content)[1] == ["?", "x"]


@time_machine.travel("2026-11-22T23:30:00Z", tick=False)
@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("Revenue by region, Q3 2026", "revenue-by-region-q3-2026-2026-11-22.csv"),
        ("../../etc/passwd", "etc-passwd-2026-11-22.csv"),
        ("???", "genie-2026-11-22.csv"),
        ("Umsätze 売上", "umsätze-売上-2026-11-22.csv"),
        ("a" * 300, "a" * 60 + "-2026-11-22.csv"),
        ("Umsa\u0308tze", "umsätze-2026-11-22.csv"),
        ("क्षेत्र के अनुसार राजस्व", "क्षेत्र-के-अनुसार-राजस्व-2026-11-22.csv"),
        ("a\u202eb\ud800_c", "ab-c-2026-11-22.csv"),
        ("\U00020000" * 300, "\U00020000" * 50 + "-2026-11-22.csv"),
    ],
)
def test_a_file_is_named_by_question_and_day(about: str, name: str) -> None:
    """Names are short and hold nothing that a file system minds."""
    assert file_name(about, "csv") == name


def test_the_title_says_whether_all_rows_are_there() -> None:
    """A file of a result that is cut says so."""
    assert csv_file(table(("1", "2")), "q").title == "All 1 row, 2 columns as CSV"
    assert csv_file(table(("1", "2"), ("3", "4"), total=9), "q").title == "The first 2 rows, 2 columns as CSV"
