"""The rows as an Excel workbook: each value as what it is, within Excel's limits, and nothing that runs."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from genie.model import Cell, Column
from render.files import xlsx_file
from render.files.written import Written, left_out, title
from render.files.xlsx_file import write_xlsx
from render.text.locales import ANYWHERE, locale_of
from render.words.export import SHEET_FULL

AMOUNT = Column("amount", "DECIMAL", "", 38, 18)
SHEET = "xl/worksheets/sheet1.xml"
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Stored(NamedTuple):
    """A cell as the file has it: `inlineStr`, `b`, or `` for numbers, with its text."""

    kind: str
    text: str


def stored(path: Path) -> list[list[Stored]]:
    """Read the cells of a workbook without a library."""
    content = zipfile.ZipFile(path).read(SHEET)
    sheet = ET.fromstring(content)  # noqa: S314 - ours
    assert not list(sheet.iter(f"{NS}f")), "there is a formula"
    assert not list(sheet.iter(f"{NS}hyperlink")), "there is a link"
    return [
        [Stored(cell.get("t", ""), "".join(cell.itertext())) for cell in row]
        for row in sheet.iter(f"{NS}row")
    ]


def written(
    tmp_path: Path, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]
) -> tuple[list[list[Stored]], Written]:
    path = tmp_path / "a.xlsx"
    done = write_xlsx(path, columns, rows, whole=True)
    return stored(path), done


@pytest.mark.parametrize(
    ("column", "cell", "kind", "text"),
    [
        (Column("units", "LONG"), "42", "", "42"),
        (Column("units", "LONG"), "-3", "", "-3"),
        (Column("units", "LONG"), "123456789012345", "", "123456789012345"),
        (Column("units", "LONG"), "1234567890123456", "inlineStr", "1234567890123456"),
        (Column("units", "LONG"), "1e400", "inlineStr", "1e400"),
        (Column("units", "LONG"), "\u0663", "inlineStr", "\u0663"),
        (AMOUNT, "1.500000000000000000", "", "1.5"),
        (
            Column("amount", "DECIMAL", "", 38, 18),
            "1.000000000000000001",
            "inlineStr",
            "1.000000000000000001",
        ),
        (Column("share", "DOUBLE"), "3.336E8", "", "333600000"),
        (Column("share", "DOUBLE"), "0.1234567890123456", "", "0.1234567890123456"),
        (Column("share", "DOUBLE"), "NaN", "inlineStr", "NaN"),
        (Column("share", "DOUBLE"), "Infinity", "inlineStr", "Infinity"),
        (Column("share", "DOUBLE"), "1e999", "inlineStr", "1e999"),
        (Column("day", "DATE"), "2026-01-02", "", "46024"),
        (Column("day", "DATE"), "1899-12-31", "inlineStr", "1899-12-31"),
        (Column("day", "DATE"), "2026-02-30", "inlineStr", "2026-02-30"),
        (Column("at", "TIMESTAMP"), "2026-01-02T12:00:00.000Z", "", "46024.5"),
        (Column("at", "TIMESTAMP"), "2026-01-02T12:00:00+02:00", "inlineStr", "2026-01-02T12:00:00+02:00"),
        (Column("is", "BOOLEAN"), "true", "b", "1"),
        (Column("is", "BOOLEAN"), "maybe", "inlineStr", "maybe"),
        (Column("code"), "00123", "inlineStr", "00123"),
        (Column("customer_id", "LONG"), "12345", "inlineStr", "12345"),
        (Column("text"), "=1+1", "inlineStr", "=1+1"),
        (Column("text"), "{=1+1}", "inlineStr", "{=1+1}"),
        (Column("text"), "https://evil.example", "inlineStr", "https://evil.example"),
        (Column("text"), "_x0041_", "inlineStr", "_x005F_x0041_"),
        (Column("text"), "a\x01\ud800\uffffb", "inlineStr", "a_x0001_\ufffd\ufffdb"),
    ],
)
def test_a_value_is_what_its_column_says(
    column: Column, cell: str, kind: str, text: str, tmp_path: Path
) -> None:
    """Numbers that Excel can hold are numbers, dates are dates; whatever it would change stays text."""
    rows, done = written(tmp_path, (column, Column("other")), ((cell, None),))
    assert rows[1] == [Stored(kind, text)]
    assert done == Written(1, 2, whole=True)


@pytest.mark.parametrize(
    ("column", "cell", "number"),
    [
        (Column("units", "LONG"), "123456789012", "0"),
        (Column("units", "DECIMAL", "", 20, 0), "123456789012", "0"),
        (Column("amount", "DECIMAL", "", 10, 2), "1.50", "0.00"),
        (AMOUNT, "1.500000000000000000", "General"),
        (Column("share", "DOUBLE"), "0.25", "General"),
    ],
)
def test_a_number_shows_its_digits(column: Column, cell: str, number: str, tmp_path: Path) -> None:
    """Long whole ones too, which Excel would shorten, and no decimals that only the type has."""
    written(tmp_path, (column,), ((cell,),))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        sheet, styles = (ET.fromstring(book.read(name)) for name in (SHEET, "xl/styles.xml"))  # noqa: S314
    style = int(list(sheet.iter(f"{NS}c"))[-1].get("s", "0"))
    form = next(styles.iter(f"{NS}cellXfs"))[style].get("numFmtId", "")
    named = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{NS}numFmt")}
    assert named.get(form, {"0": "General", "1": "0", "2": "0.00"}.get(form)) == number


def test_the_header_stays_filters_and_tells_the_zone(tmp_path: Path) -> None:
    """Names differ, the first row is frozen, each column has a filter, and times say that they are in UTC."""
    rows, _ = written(
        tmp_path,
        (Column("at", "TIMESTAMP"), Column("at"), Column("")),
        (("2026-01-02T12:00:00.000Z", "x", None),) * 2,
    )
    assert [cell.text for cell in rows[0]] == ["at (UTC)", "at (2)", "column_3"]
    sheet = zipfile.ZipFile(tmp_path / "a.xlsx").read(SHEET).decode()
    assert '<autoFilter ref="A1:C3"/>' in sheet
    assert 'state="frozen"' in sheet
    assert 'numberStoredAsText="1"' in sheet


@pytest.mark.parametrize("character", ["x", "\U0001f600"])
def test_a_value_too_long_for_a_cell_is_cut_and_counted(character: str, tmp_path: Path) -> None:
    """Excel takes 32,767 characters as UTF-16 counts them, and would not open a file with more."""
    rows, done = written(tmp_path, (Column("a"),), ((character * 32_768,), ("short",)))
    assert len(rows[1][0].text.encode("utf-16-le")) // 2 in {32_766, 32_767}
    assert done.shortened == 1
    assert title(done, "xlsx", ANYWHERE) == (
        "All 2 rows, 1 column as Excel; 1 long value is cut, the CSV has them whole"
    )


def test_more_than_a_sheet_holds_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows and columns beyond Excel's limits are in the CSV; the title does not say "all"."""
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 3)
    monkeypatch.setattr(xlsx_file, "MOST_COLUMNS", 2)
    rows, done = written(tmp_path, [Column(name) for name in "abc"], [("1", "2", "3")] * 3)
    assert [len(row) for row in rows] == [2, 2, 2]
    assert done == Written(2, 2, whole=False, full=True)
    assert left_out(done) == SHEET_FULL
    assert title(done, "xlsx", ANYWHERE) == "The first 2 rows, 2 columns as Excel"


def test_a_title_counts_as_whoever_asked_does() -> None:
    """It stands in the thread beside the answer, which says 5.000 for a German."""
    all_of_it = Written(5_000, 2, whole=True)
    assert title(all_of_it, "csv", locale_of("de-DE")) == "All 5.000 rows, 2 columns as CSV"
