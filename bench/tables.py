"""Tables: milliseconds for the reply to 5,000 x 20 cells, its files and its figures, beside the plain ways.

Run with `python -m bench.tables`.
The plain ways are those that most programs take: tabulate, the csv module and pandas.
"""

import csv
import gc
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
from tabulate import tabulate

from genie.model import Answer, Column, MessageRef, Table
from render.answer.cells import format_cells
from render.answer.compose import compose
from render.answer.context import AnswerContext
from render.answer.layouts import LAYOUTS
from render.answer.result import read
from render.columns.read import read_result
from render.files.csv_file import csv_file
from render.files.xlsx_file import write_xlsx
from render.stats.compute import compute
from render.stats.sentences import paragraphs
from render.text.limits import MESSAGE_WIRE

ROWS, ROUNDS = 5_000, 15
TODAY = date(2026, 11, 28)
TYPES = {
    "day": "DATE",
    "order_id": "LONG",
    "created_at": "TIMESTAMP",
    "region": "STRING",
    "product": "STRING",
    "comment": "STRING",
    "is_new": "BOOLEAN",
    "margin_pct": "DOUBLE",
    **{f"amount_{at}_usd": "DECIMAL" for at in range(4)},
    **{f"units_{at}": "LONG" for at in range(4)},
    **{f"score_{at}": "DOUBLE" for at in range(4)},
}


def cell(name: str, at: int) -> str | None:
    """Return the cell of a row as Genie sends it."""
    if at % 50 == 7:  # noqa: PLR2004
        return None
    day = date(2020, 1, 1) + timedelta(at % 2_000)
    known = {
        "day": str(day),
        "order_id": str(1_000_000 + at),
        "created_at": f"{day}T{at % 24:02}:05:{at % 60:02}.000Z",
        "region": ("EMEA", "Americas", "APAC", "LATAM")[at % 4],
        "product": f"Größe {at % 300}, ein Produkt",
        "comment": "Somebody wrote something about this order. " * (1 + at % 3),
        "is_new": ("true", "false")[at % 2],
        "margin_pct": f"{at % 97 + 0.25}",
    }
    number = (at * 7_919) % 1_000_003
    by_type = {"DECIMAL": f"{number}.{at % 100:02}", "LONG": str(number), "DOUBLE": repr(number / 7)}
    return known.get(name) or by_type[TYPES[name]]


def result() -> Table:
    """Return a large result with columns of every kind."""
    columns = tuple(
        Column(name, type_name, scale=2 if type_name == "DECIMAL" else None)
        for name, type_name in TYPES.items()
    )
    return Table(columns, tuple(tuple(cell(name, at) for name in TYPES) for at in range(ROWS)), ROWS)


def timestamps() -> Table:
    """Return a result of nothing but moments, all of them different."""
    begin = datetime(2020, 1, 1)  # noqa: DTZ001 (as a query writes them)
    columns = tuple(Column(f"at_{at}", "TIMESTAMP") for at in range(len(TYPES)))
    moments = [
        tuple(str(begin + timedelta(minutes=7 * row, seconds=at)) for at in range(len(columns)))
        for row in range(ROWS)
    ]
    return Table(columns, tuple(moments), ROWS)


def table_reply(table: Table) -> object:
    """Choose the kinds, the chart and the rows that fit, and show them in every layout."""
    read_once = read(table, "orders")
    return read_once and [read_once.fit(layout, MESSAGE_WIRE) for layout in LAYOUTS]


def plain_tabulate(table: Table) -> object:
    """Draw every row the usual way, and cut what does not fit."""
    return tabulate(table.rows, headers=[column.name for column in table.columns])[:12_000]


def plain_csv(table: Table) -> object:
    """Write every row the usual way: nothing stops a spreadsheet from running a cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in table.columns])
    writer.writerows(table.rows)
    return text.getvalue().encode("utf-8-sig")


def pandas_csv(table: Table) -> object:
    """Write every row by way of a data frame."""
    frame = pd.DataFrame(table.rows, columns=[column.name for column in table.columns])
    return frame.to_csv(index=False).encode("utf-8-sig")


def workbook(table: Table) -> object:
    """Write every row as what it is, which Excel then shows as such."""
    with tempfile.TemporaryDirectory() as folder:
        return write_xlsx(Path(folder) / "orders.xlsx", table.columns, table.rows, whole=True)


def pandas_workbook(table: Table) -> object:
    """Write every row as text by way of a data frame."""
    frame = pd.DataFrame(table.rows, columns=[column.name for column in table.columns])
    with tempfile.TemporaryDirectory() as folder:
        return frame.to_excel(Path(folder) / "orders.xlsx", index=False, engine="xlsxwriter")


def figures(table: Table) -> object:
    """Compute what "Stats" shows: exact sums, shares, trend, changes and outliers of four columns."""
    found = compute(table, read_result(table))
    return found and paragraphs(found)


def pandas_figures(table: Table) -> object:
    """Compute mean, deviation and quartiles of the same columns by way of a data frame."""
    frame = pd.DataFrame(table.rows, columns=[column.name for column in table.columns])
    return frame[["margin_pct", *(f"amount_{at}_usd" for at in range(3))]].apply(pd.to_numeric).describe()


def median_ms(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of warm runs in milliseconds of CPU, which others on the machine do not lengthen."""
    work()
    times = []
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    gc.enable()
    return statistics.median(times) * 1000


def main() -> None:
    """Measure and print."""
    table, moments = result(), timestamps()
    answer = Answer(MessageRef("space", "conversation", "message"), ("Orders in full.",), table=table)
    reading = read_result(table)
    lines: dict[str, tuple[Callable[[], object], int]] = {
        "reading": (lambda: read_result(table), ROUNDS),
        "reading, all times": (lambda: read_result(moments, today=TODAY), ROUNDS),
        "cells as text": (lambda: format_cells(table, reading), ROUNDS),
        "table reply": (lambda: table_reply(table), ROUNDS),
        "answer with CSV": (lambda: compose(AnswerContext(answer, question_id="question")), ROUNDS),
        "plain tabulate": (lambda: plain_tabulate(table), 3),
        "CSV": (lambda: csv_file(table, "orders"), ROUNDS),
        "plain CSV": (lambda: plain_csv(table), ROUNDS),
        "CSV by pandas": (lambda: pandas_csv(table), ROUNDS),
        "Excel": (lambda: workbook(table), 3),
        "Excel by pandas": (lambda: pandas_workbook(table), 3),
        "figures": (lambda: figures(table), ROUNDS),
        "figures by pandas": (lambda: pandas_figures(table), ROUNDS),
    }
    print(f"{ROWS:,} rows of {len(TYPES)} columns, median once warm")
    for name, (work, rounds) in lines.items():
        print(f"{name:19}{median_ms(work, rounds):9.1f} ms")


if __name__ == "__main__":
    main()
