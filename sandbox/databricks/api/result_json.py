"""Statements to the JSON of the Statement Execution API.

https://docs.databricks.com/api/workspace/statementexecution
"""

from typing import Any

from sandbox.databricks.genie.store import Statement
from sandbox.databricks.warehouse.warehouse import Column, Result

Json = dict[str, Any]


def statement(state: Statement, chunk_rows: int) -> Any:
    """Give a statement as StatementResponse, with the first `chunk_rows` rows when there are any."""
    body = statement_head(state)
    if state.result is not None:
        body["manifest"] = _manifest(state.result, chunk_rows)
        body["result"] = chunk(state, 0, chunk_rows) if state.result.rows else {"row_count": 0}
    return state.turn.statement(body)


def statement_head(state: Statement) -> Json:
    """Give a statement without its rows."""
    body: Json = {"statement_id": state.statement_id, "status": {"state": state.state}}
    if state.state == "FAILED":
        body["status"]["error"] = {"error_code": "BAD_REQUEST", "message": state.error}
        body["status"]["sql_state"] = "42501" if "SQLSTATE: 42501" in state.error else "42000"
    return body


def chunk(state: Statement, index: int, chunk_rows: int) -> Json:
    """Give one chunk as ResultData; `index` must be one of those in the manifest."""
    rows = state.result.rows if state.result else ()
    offset = index * chunk_rows
    part = rows[offset : offset + chunk_rows]
    body: Json = {
        "chunk_index": index,
        "row_offset": offset,
        "row_count": len(part),
        "data_array": [list(row) for row in part],
    }
    following = offset + chunk_rows
    if following < len(rows):
        body |= next_chunk(state, index + 1, following)
    return body


def next_chunk(state: Statement, index: int, offset: int) -> Json:
    """Say where the next chunk is."""
    link = f"/api/2.0/sql/statements/{state.statement_id}/result/chunks/{index}?row_offset={offset}"
    return {"next_chunk_index": index, "next_chunk_internal_link": link}


def schema(result: Result) -> Json:
    """Give the columns of a result."""
    columns = [_column(position, column) for position, column in enumerate(result.columns)]
    return {"column_count": len(columns), "columns": columns}


def _manifest(result: Result, chunk_rows: int) -> Json:
    total = len(result.rows)
    chunks = [
        {"chunk_index": index, "row_offset": offset, "row_count": min(chunk_rows, total - offset)}
        for index, offset in enumerate(range(0, total, chunk_rows))
    ]
    manifest: Json = {
        "format": "JSON_ARRAY",
        "schema": schema(result),
        "total_chunk_count": len(chunks),
        "total_row_count": total,
        "truncated": result.truncated,
    }
    return manifest | ({"chunks": chunks} if chunks else {})


def _column(position: int, column: Column) -> Json:
    info: Json = {
        "name": column.name,
        "position": position,
        "type_name": column.type_name,
        "type_text": column.type_text,
    }
    if column.precision is not None:
        info |= {"type_precision": column.precision, "type_scale": column.scale}
    return info
