"""A small real SQL warehouse: Databricks SQL in, rows as the Statement Execution API sends them out.

sqlglot translates to DuckDB, which runs in memory, locked away from files and the network.
Vendor's page: https://docs.databricks.com/api/workspace/statementexecution
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from sandbox.databricks.identities import ALL_RIGHTS, Rights
from sandbox.databricks.warehouse import sample_data
from sandbox.databricks.warehouse.more_tables import more_statements
from sandbox.databricks.warehouse.row_security import secured
from sandbox.databricks.warehouse.statement_error import StatementError

Cell = str | None

_TYPES = {
    "VARCHAR": ("STRING", "STRING"),
    "BIGINT": ("LONG", "BIGINT"),
    "HUGEINT": ("LONG", "BIGINT"),
    "INTEGER": ("INT", "INT"),
    "DOUBLE": ("DOUBLE", "DOUBLE"),
    "DATE": ("DATE", "DATE"),
    "TIMESTAMP": ("TIMESTAMP", "TIMESTAMP"),
    "BOOLEAN": ("BOOLEAN", "BOOLEAN"),
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result, in the words of Databricks' ColumnInfo."""

    name: str
    type_name: str
    type_text: str
    precision: int | None = None
    scale: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a statement: text or None, whatever the column's type; `truncated` when there were more."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool = False


@lru_cache(maxsize=8)
def sample_database(today: date) -> duckdb.DuckDBPyConnection:
    """Build the tables up to `today`, once per process: nobody can change them."""
    database = duckdb.connect(":memory:")
    for statement in (*sample_data.statements(today), *more_statements(today)):
        database.execute(statement)
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


class Warehouse:
    """All orders up to `today`; at most `max_rows` rows to a result, as Genie caps it."""

    def __init__(self, today: date, max_rows: int = 5000) -> None:
        self._max_rows = max_rows
        self._database = sample_database(today).cursor()

    def move_to(self, today: date) -> None:
        """Have the orders of the days up to another one: what was sold before stays as it was."""
        before, self._database = self._database, sample_database(today).cursor()
        before.close()

    async def run(self, sql: str, rights: Rights = ALL_RIGHTS, *, whole: bool = False) -> Result:
        """Run one SELECT in a thread over what the rights let see, without the cap when `whole`.

        Cancelling interrupts it.

        Raises `StatementError`.
        """
        cursor = self._database.cursor()
        work = asyncio.ensure_future(asyncio.to_thread(self._run, cursor, sql, rights, whole=whole))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            cursor.interrupt()
            await asyncio.gather(work, return_exceptions=True)
            raise

    def close(self) -> None:
        """Close the connection to the orders."""
        self._database.close()

    def _run(self, cursor: duckdb.DuckDBPyConnection, sql: str, rights: Rights, *, whole: bool) -> Result:
        try:
            cursor.execute(_translated(sql, rights))
            columns = tuple(_column(name, str(kind)) for name, kind, *_ in cursor.description or ())
            rows = cursor.fetchall() if whole else cursor.fetchmany(self._max_rows + 1)
        except duckdb.Error as error:
            raise StatementError(str(error)) from error
        truncated = not whole and len(rows) > self._max_rows
        kept = rows[: self._max_rows] if truncated else rows
        return Result(columns, tuple(tuple(_cell(value) for value in row) for row in kept), truncated)


def _translated(sql: str, rights: Rights) -> str:
    try:
        parsed = sqlglot.parse(sql, read="databricks")
    except SqlglotError as error:
        raise StatementError("[PARSE_SYNTAX_ERROR] Syntax error. SQLSTATE: 42601") from error
    if len(parsed) != 1 or not isinstance(parsed[0], exp.Query):
        raise StatementError("[INSUFFICIENT_PERMISSIONS] Only one SELECT is allowed. SQLSTATE: 42501")
    return secured(parsed[0], rights).sql(dialect="duckdb")


def _column(name: str, kind: str) -> Column:
    decimal = _DECIMAL.fullmatch(kind)
    if decimal:
        precision, scale = int(decimal[1]), int(decimal[2])
        return Column(name, "DECIMAL", f"DECIMAL({precision},{scale})", precision, scale)
    return Column(name, *_TYPES.get(kind, ("STRING", "STRING")))


def _cell(value: Any) -> Cell:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case float():
            return _double(value)
        case datetime():
            return value.isoformat(timespec="milliseconds") + "Z"
        case _:
            return str(value)


def _double(value: float) -> str:
    """Write a DOUBLE as Java and so Databricks does: 3.336E8 above ten million, 1.0E-4 below a thousandth."""
    if value == 0 or 1e-3 <= abs(value) < 1e7:  # noqa: PLR2004 - where Double.toString changes its form
        return repr(value)
    shortest = next(text for n in range(1, 18) if float(text := f"{value:.{n}e}") == value)
    digits, exponent = shortest.split("e")
    return f"{digits}E{int(exponent)}"
