"""Times however they are written: dates, weeks, names of months, fiscal labels, numbers, two columns."""

from dataclasses import dataclass
from datetime import date

import pytest

from genie.model import Cell, Column, Table
from render.columns.periods import Grain
from render.columns.read import read_result
from render.columns.reading import Role

TODAY = date(2026, 11, 28)


@dataclass(frozen=True)
class Row:
    """A column of times, its grain, and when the first two of its periods begin; None for no calendar."""

    name: str
    type_name: str
    cells: list[Cell]
    grain: Grain | None
    begins: tuple[str, str] | None


ROWS = (
    Row("year_week", "STRING", ["2026-01", "2026-10"], Grain.WEEK, ("2025-12-29", "2026-03-02")),
    Row("woche", "STRING", ["2026-01", "2026-10"], Grain.WEEK, ("2025-12-29", "2026-03-02")),
    Row("year_week", "LONG", ["202601", "202610"], Grain.WEEK, ("2025-12-29", "2026-03-02")),
    Row("week", "STRING", ["2026-W01", "2026-W40"], Grain.WEEK, ("2025-12-29", "2026-09-28")),
    Row("semaine", "STRING", ["2026-S01", "2026-S40"], Grain.WEEK, ("2025-12-29", "2026-09-28")),
    Row("kw", "STRING", ["KW 01/2026", "KW 40/2026"], Grain.WEEK, ("2025-12-29", "2026-09-28")),
    Row("year_month", "STRING", ["2026-01", "2026-10"], Grain.MONTH, ("2026-01-01", "2026-10-01")),
    Row("period", "STRING", ["2026-01", "2026-10"], Grain.MONTH, ("2026-01-01", "2026-10-01")),
    Row("month", "LONG", ["202601", "202610"], Grain.MONTH, ("2026-01-01", "2026-10-01")),
    Row("month", "STRING", ["Nov 2025", "Jan 2026"], Grain.MONTH, ("2025-11-01", "2026-01-01")),
    Row("mois", "STRING", ["février 2026", "août 2026"], Grain.MONTH, ("2026-02-01", "2026-08-01")),
    Row("mes", "STRING", ["enero de 2026", "dic 2025"], Grain.MONTH, ("2026-01-01", "2025-12-01")),
    Row("monat", "STRING", ["März 2026", "Okt. 2026"], Grain.MONTH, ("2026-03-01", "2026-10-01")),
    Row("対象月", "STRING", ["2026年1月", "2026年10月"], Grain.MONTH, ("2026-01-01", "2026-10-01")),
    Row("quarter", "STRING", ["Q1 2025", "Q4 2026"], Grain.QUARTER, ("2025-01-01", "2026-10-01")),
    Row("trimestre", "STRING", ["2025-T1", "2026-T4"], Grain.QUARTER, ("2025-01-01", "2026-10-01")),
    Row("month_end", "DATE", ["2026-01-31", "2026-02-28"], Grain.MONTH, ("2026-01-31", "2026-02-28")),
    Row("day", "STRING", ["31.12.2025", "01.02.2026"], Grain.DAY, ("2025-12-31", "2026-02-01")),
    Row("day", "STRING", ["12/31/2025", "02/01/2026"], Grain.DAY, ("2025-12-31", "2026-02-01")),
    Row("day", "STRING", ["01/02/2026", "02/03/2026"], Grain.DAY, None),
    Row("event_time", "LONG", ["1764300000", "1764303600"], None, ("2025-11-28", "2025-11-28")),
    Row("ts", "LONG", ["1764300000000", "1764403600000"], None, ("2025-11-28", "2025-11-29")),
    Row("period", "STRING", ["Q1 FY26", "Q2 FY26"], Grain.QUARTER, None),
    Row("fiscal_quarter", "STRING", ["FY26-Q1", "FY26-Q2"], Grain.QUARTER, None),
    Row("fiscal_year", "INT", ["2026", "2027"], Grain.YEAR, None),
    Row("fiscal_period", "STRING", ["P01", "P02"], Grain.MONTH, None),
    Row("geschäftsjahr", "STRING", ["GJ 2025/26", "GJ 2026/27"], Grain.YEAR, None),
)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row.name} {row.cells[0]}" for row in ROWS])
def test_a_period_begins_when_the_calendar_says(row: Row) -> None:
    """Each row of the table above is one way to write times; fiscal and doubtful ones are no calendar's."""
    rows = tuple((cell, f"{340 + at}.5") for at, cell in enumerate(row.cells))
    column = read_result(
        Table((Column(row.name, row.type_name), Column("revenue", "DECIMAL")), rows)
    ).columns[0]
    begins = tuple(moment.date().isoformat() for moment in column.moments if moment)
    assert (column.role, begins) == (Role.TIME, row.begins or ())
    if row.begins is None or row.grain is not None:
        assert column.grain is row.grain


def two_columns(first: Column, second: Column, cells: list[tuple[str, str]]) -> Table:
    """Return a result whose time stands in two columns."""
    rows = tuple((*pair, f"{340 + at}.5") for at, pair in enumerate(cells))
    return Table((first, second, Column("revenue", "DECIMAL")), rows)


@pytest.mark.parametrize(
    ("names", "cells", "begins", "grain"),
    [
        (("year", "month"), [("2025", "12"), ("2026", "1")], ["2025-12-01", "2026-01-01"], Grain.MONTH),
        (
            ("jahr", "monat"),
            [("2025", "Dezember"), ("2026", "Jan")],
            ["2025-12-01", "2026-01-01"],
            Grain.MONTH,
        ),
        (("year", "quarter"), [("2025", "Q4"), ("2026", "Q1")], ["2025-10-01", "2026-01-01"], Grain.QUARTER),
        (("year", "week"), [("2025", "52"), ("2026", "2")], ["2025-12-22", "2026-01-05"], Grain.WEEK),
    ],
)
def test_a_year_beside_its_part_is_one_time(
    names: tuple[str, str], cells: list[tuple[str, str]], begins: list[str], grain: Grain
) -> None:
    """The months, quarters and weeks of years are moments, and the year is not a time of its own (B16)."""
    types = [
        ("INT" if all(cell.isdecimal() for cell in each) else "STRING") for each in zip(*cells, strict=True)
    ]
    first, second = (Column(name, kind) for name, kind in zip(names, types, strict=True))
    part = read_result(two_columns(first, second, cells)).columns[1]
    assert [moment.date().isoformat() for moment in part.moments if moment] == begins
    assert (part.role, part.grain, part.year) == (Role.TIME, grain, 0)


def test_a_fiscal_year_beside_its_periods_is_none_of_the_calendar() -> None:
    """Period 01 of 2027 is where the company's year begins."""
    cells = [("2027", "P01"), ("2027", "P02")]
    reading = read_result(two_columns(Column("fiscal_year", "INT"), Column("period"), cells), today=TODAY)
    assert [(column.role, column.is_fiscal, column.moments) for column in reading.columns[:2]] == [
        (Role.TIME, True, ()),
        (Role.TIME, True, ()),
    ]
    assert not reading.unfinished


HOURS = [f"2026-10-25T0{hour}:00:00.000+0{zone}:00" for hour, zone in ((1, 2), (2, 2), (2, 1), (3, 1))]


def test_hours_across_the_end_of_summer_time_are_moments() -> None:
    """Two o'clock comes twice that night, an hour apart (B17)."""
    rows = tuple((hour, str(at)) for at, hour in enumerate(HOURS))
    column = read_result(Table((Column("hour", "TIMESTAMP"), Column("errors", "LONG")), rows)).columns[0]
    assert [moment.hour for moment in column.moments if moment] == [1, 2, 3, 4]
    assert column.grain is Grain.HOUR


def test_months_keep_their_first_days_across_summer_time() -> None:
    """Midnight is midnight on both sides of a change of clocks."""
    months = (
        "2026-03-01T00:00:00.000+01:00",
        "2026-04-01T00:00:00.000+02:00",
        "2026-05-01T00:00:00.000+02:00",
    )
    rows = tuple((month, "7") for month in months)
    column = read_result(Table((Column("month", "TIMESTAMP"), Column("errors", "LONG")), rows)).columns[0]
    assert [str(moment) for moment in column.moments] == [f"2026-0{month}-01 00:00:00" for month in (3, 4, 5)]


UNFINISHED = [
    ("month", "DATE", ["2026-10-01", "2026-11-01"], {1}),
    ("week", "DATE", ["2026-11-16", "2026-11-23"], {1}),
    ("week", "STRING", ["2026-W47", "2026-W48"], {1}),
    ("kalenderwoche", "STRING", ["2026-47", "2026-48"], {1}),
    ("quarter", "STRING", ["2026-Q3", "2026-Q4"], {1}),
    ("year", "INT", ["2025", "2026"], {1}),
    ("day", "DATE", ["2026-11-27", "2026-11-28"], {1}),
    ("month", "STRING", ["Nov 2026", "Oct 2026"], {0}),
    ("month_end", "DATE", ["2026-10-31", "2026-11-30"], {1}),
    ("month", "DATE", ["2026-10-01", "2026-11-01", "2026-12-01"], {1, 2}),
    ("month", "DATE", ["2026-12-01", "2027-01-01"], set()),
    ("due_month", "DATE", ["2026-11-01", "2026-12-01"], {0}),
    ("month", "DATE", ["2026-09-01", "2026-10-01"], set()),
    ("fiscal_year", "INT", ["2025", "2026"], set()),
    ("week_ending", "DATE", ["2026-11-15", "2026-11-22", "2026-11-29"], {2}),
    ("week_ending", "DATE", ["2026-11-12", "2026-11-19", "2026-11-26"], set()),
]


@pytest.mark.parametrize(("name", "type_name", "cells", "rows"), UNFINISHED)
def test_a_period_that_is_not_over_is_told(
    name: str, type_name: str, cells: list[str], rows: set[int]
) -> None:
    """It is judged by the reader's day; what is still to come is only told beside what is over (B3)."""
    table = Table(
        (Column(name, type_name), Column("revenue", "DECIMAL")),
        tuple((cell, f"{at}.5") for at, cell in enumerate(cells)),
    )
    assert read_result(table, today=TODAY).unfinished == rows


@pytest.mark.parametrize(("day", "rows"), [(date(2026, 12, 1), {1}), (date(2026, 12, 2), set())])
def test_a_month_has_a_day_of_grace(day: date, rows: set[int]) -> None:
    """Figures of a month are often complete only on the day after the first of the next."""
    table = Table(
        (Column("month", "DATE"), Column("revenue", "DECIMAL")), (("2026-10-01", "1"), ("2026-11-01", "2"))
    )
    assert read_result(table, today=day).unfinished == rows


def test_a_record_of_today_is_no_period() -> None:
    """An order of today is as finished as one of last year."""
    rows = tuple((f"100{at}", f"2026-11-2{at}", "7.50") for at in range(5, 9))
    columns = (Column("order_id", "LONG"), Column("order_date", "DATE"), Column("amount", "DECIMAL"))
    assert not read_result(Table(columns, rows), today=TODAY).unfinished
    models = tuple((f"A-{at:04}", str(at), "7.50") for at in (2024, 2025, 2026))
    columns = (Column("article_id"), Column("model_year", "INT"), Column("price", "DECIMAL"))
    assert not read_result(Table(columns, models), today=TODAY).unfinished


def test_rows_that_a_forecast_foresees_are_meant_to_be_there() -> None:
    """Beside a forecast the months to come are no unfinished ones, only the running one is."""
    rows = tuple((f"2026-{month}-01", "7.50", "8.00") for month in (10, 11, 12))
    columns = (Column("month", "DATE"), Column("actual", "DECIMAL"), Column("forecast", "DECIMAL"))
    assert read_result(Table(columns, rows), today=TODAY).unfinished == {1}


EXTREMES = [
    "9999-12-31",
    "0001-01-01",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:00:00-12:00",
    "2026-W60",
    "x",
]


@pytest.mark.parametrize("name", ["week_ending", "month_end", "period", "valid_until", "hour"])
@pytest.mark.parametrize("type_name", ["DATE", "TIMESTAMP", "STRING", "INT"])
def test_the_first_and_last_days_that_there_are_can_be_read(name: str, type_name: str) -> None:
    """An open end is often written as the last day of the calendar; nothing fails on it."""
    for first in EXTREMES:
        for second in EXTREMES:
            table = Table(
                (Column(name, type_name), Column("orders", "LONG")),
                ((first, "1"), (second, "2"), (None, "3")),
            )
            assert len(read_result(table, today=TODAY).columns) == 2


def test_rows_are_dated_by_the_first_times_of_a_result() -> None:
    """What so many other times stand before is shown, but nothing is drawn along it."""
    names = ("opened", "due", "shipped", "paid", "closed", "archived")
    columns = tuple(Column(f"{name}_at", "TIMESTAMP") for name in names)
    rows = tuple(tuple(f"2026-0{month}-03 10:00:00" for _ in names) for month in (1, 2, 3))
    reading = read_result(Table(columns, rows), today=TODAY)
    assert [column.role for column in reading.columns] == [Role.TIME] * len(names)
    assert [len(column.moments) for column in reading.columns] == [3, 3, 3, 3, 0, 0]
    assert {column.grain for column in reading.columns} == {Grain.HOUR}
