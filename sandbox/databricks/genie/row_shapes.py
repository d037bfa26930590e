"""Other shapes of rows, as edits for `Turn(statement=...)`; `shapes.both` and `shapes.first` combine them."""

from collections.abc import Iterable
from typing import Any

from sandbox.databricks.genie.edits import Edit
from sandbox.databricks.genie.message_shapes import both

Json = dict[str, Any]
NO_ROWS: dict[str, Any] = {
    "null": None,
    "empty": {},
    "row count": {"row_count": 0},
    "empty array": {"row_count": 0, "data_array": []},
}
"""What the `result` of a query without rows was seen to be; it can be missing as well."""


def cut(statement: Json) -> Json:
    """Say in a statement's manifest, and only there, that rows were cut."""
    return (
        statement | {"manifest": statement["manifest"] | {"truncated": True}}
        if "manifest" in statement
        else statement
    )


def typed_array(statement: Json) -> Json:
    """Give the rows as the private preview did: `data_typed_array` of values with `str`."""
    result = statement.get("result") or {}
    if "data_array" not in result:
        return statement
    rows = [
        {"values": [{} if cell is None else {"str": cell} for cell in row]} for row in result["data_array"]
    ]
    rest = {key: value for key, value in result.items() if key != "data_array"}
    return statement | {"result": rest | {"data_typed_array": rows}}


def retyped(column: int, type_name: str, type_text: str = "") -> Edit:
    """Give a column another type: VARIANT, TIMESTAMP_NTZ, INTERVAL, or one that nobody has parsed of."""
    return _column(column, {"type_name": type_name, "type_text": type_text or type_name})


def renamed(*names: str) -> Edit:
    """Give the columns, from the first on, other names: empty ones and the same one twice are possible."""
    return both(*(_column(position, {"name": name}) for position, name in enumerate(names)))


def cells(rows: Iterable[Iterable[str | None]]) -> Edit:
    """Give these rows instead of a statement's own, under its own columns."""
    data = [list(row) for row in rows]

    def edit(statement: Json) -> Json:
        if "manifest" not in statement:
            return statement
        result = {"chunk_index": 0, "row_offset": 0, "row_count": len(data), "data_array": data}
        whole = {"total_chunk_count": 1, "total_row_count": len(data)}
        return statement | {"result": result, "manifest": statement["manifest"] | whole}

    return edit


def no_rows(form: str) -> Edit:
    """Give a succeeded statement no rows, in a form of `NO_ROWS` or, for `missing`, without a result."""

    def edit(statement: Json) -> Json:
        if "manifest" not in statement:
            return statement
        rest = {key: value for key, value in statement.items() if key != "result"}
        none = {key: value for key, value in rest["manifest"].items() if key != "chunks"}
        rest["manifest"] = none | {"total_chunk_count": 0, "total_row_count": 0}
        return rest if form == "missing" else rest | {"result": NO_ROWS[form]}

    return edit


def in_state(state: str, sql_state: str = "", message: str = "") -> Edit:
    """Let a statement be in another state: RUNNING, CLOSED, CANCELED, or FAILED with its SQLSTATE."""
    status: Json = {"state": state}
    if message:
        status["error"] = {"error_code": "BAD_REQUEST", "message": message}
    if sql_state:
        status["sql_state"] = sql_state
    return lambda statement: {"statement_id": statement["statement_id"], "status": status}


def _column(position: int, changes: Json) -> Edit:
    def edit(statement: Json) -> Json:
        if "manifest" in statement:
            statement["manifest"]["schema"]["columns"][position] |= changes
        return statement

    return edit
