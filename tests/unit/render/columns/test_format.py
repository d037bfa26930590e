"""Cells as people read them."""

import pytest

from genie.model import Cell, Column
from render.columns.format import CELL_LIMIT, heading, is_number
from render.columns.kinds import Kind
from render.columns.numbers import amounts
from render.text.escape import clean_line
from tests.rendered import show

AMOUNT = Column("amount", "DECIMAL", precision=18, scale=2)

# type, scale, kind, cell, text
SHOWN: list[tuple[str, int | None, Kind, Cell, str]] = [
    ("LONG", None, Kind.MEASURE, "1234567", "1,234,567"),
    ("LONG", None, Kind.MEASURE, "9223372036854775807", "9,223,372,036,854,775,807"),
    ("LONG", None, Kind.MEASURE, "-5", "-5"),
    ("DECIMAL", 2, Kind.MEASURE, "1234567.5", "1,234,567.50"),
    (
        "DECIMAL",
        2,
        Kind.MEASURE,
        "12345678901234567890123456789012345.67",
        "12,345,678,901,234,567,890,123,456,789,012,345.67",
    ),
    ("DECIMAL", 0, Kind.MEASURE, "1200", "1,200"),
    ("DECIMAL", 6, Kind.MEASURE, "45.333333", "45.33"),
    ("DECIMAL", 6, Kind.MEASURE, "0.012345", "0.01234"),
    ("DECIMAL", 6, Kind.MEASURE, "45.000000", "45"),
    ("DOUBLE", None, Kind.MEASURE, "3.336E8", "333,600,000"),
    ("DOUBLE", None, Kind.MEASURE, "1234.5678", "1,234.57"),
    ("DOUBLE", None, Kind.MEASURE, "0.00012348", "0.0001235"),
    ("DOUBLE", None, Kind.MEASURE, "-0.0", "0"),
    ("DOUBLE", None, Kind.MEASURE, "NaN", "not a number"),
    ("DOUBLE", None, Kind.MEASURE, "1e300", "1 × 10³⁰⁰"),
    ("DECIMAL", 2, Kind.MEASURE, "1E+400000000", "1E+400000000"),
    ("LONG", None, Kind.MEASURE, "no number", "no number"),
    ("DOUBLE", None, Kind.RATIO, "0.4412", "44.1%"),
    ("DOUBLE", None, Kind.RATIO, "0.0004", "0.04%"),
    ("DOUBLE", None, Kind.RATIO, "0", "0%"),
    ("DECIMAL", 2, Kind.PERCENT, "12.50", "12.5%"),
    ("INT", None, Kind.YEAR, "2026", "2026"),
    ("INT", None, Kind.TIME, "11", "11"),
    ("DATE", None, Kind.TIME, "2026-10-01", "1 Oct 2026"),
    ("DATE", None, Kind.MONTH, "2026-10-01", "October 2026"),
    ("DATE", None, Kind.MONTH, "2026-10-02", "2 Oct 2026"),
    ("DATE", None, Kind.QUARTER, "2026-10-01", "Q4 2026"),
    ("DATE", None, Kind.YEAR, "2026-01-01", "2026"),
    ("STRING", None, Kind.MONTH, "2026-03", "March 2026"),
    ("STRING", None, Kind.QUARTER, "Q1 2026", "Q1 2026"),
    ("STRING", None, Kind.QUARTER, "2026-Q3", "Q3 2026"),
    ("TIMESTAMP", None, Kind.TIME, "2026-10-01T09:05:00.000Z", "1 Oct 2026, 09:05 UTC"),
    ("TIMESTAMP", None, Kind.TIME, "2026-10-01 09:05:07.123", "1 Oct 2026, 09:05:07"),
    ("TIMESTAMP", None, Kind.TIME, "2026-10-01T09:05:00+02:00", "1 Oct 2026, 09:05 UTC+02:00"),
    ("TIMESTAMP", None, Kind.TIME, "2026-10-01T00:00:00.000Z", "1 Oct 2026"),
    ("DATE", None, Kind.TIME, "+12026-01-01", "+12026-01-01"),
    ("BOOLEAN", None, Kind.BOOLEAN, "true", "Yes"),
    ("BOOLEAN", None, Kind.BOOLEAN, "FALSE", "No"),
    ("BOOLEAN", None, Kind.BOOLEAN, "maybe", "maybe"),
    ("LONG", None, Kind.IDENTIFIER, "00123", "00123"),
    ("LONG", None, Kind.IDENTIFIER, "1234567", "1234567"),
    ("STRUCT", None, Kind.TEXT, '{ "a b": 1.10,\n "c": [1, 2] }', "a b: 1.10, c: [1, 2]"),
    ("STRING", None, Kind.CATEGORY, "two\r\nlines", "two lines"),
    ("STRING", None, Kind.CATEGORY, "a\u202eb\u200bc\x00d\ud800e", "abcde"),
    ("STRING", None, Kind.CATEGORY, "東京", "東京"),
    ("STRING", None, Kind.CATEGORY, "", ""),
    ("STRING", None, Kind.CATEGORY, None, "–"),
    ("LONG", None, Kind.MEASURE, None, "–"),
]


@pytest.mark.parametrize(("type_name", "scale", "kind", "cell", "text"), SHOWN)
def test_a_cell_is_shown_by_its_type_and_kind(
    type_name: str, scale: int | None, kind: Kind, cell: Cell, text: str
) -> None:
    """Each row of the table above is one cell and how people read it."""
    assert show(cell, Column("x", type_name, scale=scale), kind) == text


def test_long_text_is_clipped_and_says_so() -> None:
    """Text beyond the limit ends with an ellipsis, also when it is megabytes of invisible characters."""
    shown = show("x" * 100_000, Column("x"), Kind.TEXT)
    assert len(shown) == CELL_LIMIT
    assert shown.endswith("x…")
    assert clean_line("\u200b" * 1_000_000 + "end", CELL_LIMIT) == "…"
    assert clean_line("x" * CELL_LIMIT, CELL_LIMIT) == "x" * CELL_LIMIT


@pytest.mark.parametrize(
    ("cell", "type_name", "value"),
    [
        ("3.336E8", "DOUBLE", 333_600_000.0),
        ("1.5", "DECIMAL", 1.5),
        (None, "DOUBLE", None),
        ("NaN", "DOUBLE", None),
        ("Infinity", "DOUBLE", None),
        ("-1.7976931348623157e+308", "DOUBLE", None),
        ("x", "LONG", None),
        ("5", "STRING", None),
    ],
)
def test_a_number_for_drawing_is_finite_or_nothing(cell: Cell, type_name: str, value: float | None) -> None:
    """Only a number column's finite values can be drawn."""
    assert amounts([cell], Column("x", type_name)) == [value]


def test_amounts_are_numbers_and_names_are_not() -> None:
    """Measures and ratios are right-aligned and drawable; identifiers and years are not."""
    assert [kind for kind in Kind if is_number(kind)] == [Kind.MEASURE, Kind.RATIO, Kind.PERCENT]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("total_revenue", "Total revenue"),
        ("revenue", "Revenue"),
        ("Revenue (EUR)", "Revenue (EUR)"),
        ("customer_ID", "Customer ID"),
        ("", "Unnamed"),
        ("_", "Unnamed"),
        ("a\u202eb\nc", "Ab c"),
    ],
)
def test_a_column_name_becomes_a_heading(name: str, text: str) -> None:
    """Names from SQL read like words; names written for people stay as they are."""
    assert heading(name) == text
