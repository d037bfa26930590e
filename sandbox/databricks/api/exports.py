"""Whole results on their way out: cut into objects of cloud storage, and the JSON that links to them."""

import csv
import io
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sandbox.databricks.api import result_json
from sandbox.databricks.api.storage import Storage
from sandbox.databricks.genie.store import Statement
from sandbox.databricks.warehouse.warehouse import Result

_TYPES = {"CSV": "text/csv", "JSON_ARRAY": "application/json"}


@dataclass(frozen=True, slots=True)
class Exports:
    """How a workspace gives whole results: none of this is documented for Genie."""

    format: Literal["CSV", "JSON_ARRAY"] = "CSV"
    chunk_rows: int = 10_000
    all_links: bool = True
    """Every link at once; or the first alone, and each further one from where the one before points to."""
    link_lifetime: float = 900.0
    """In seconds."""


@dataclass(slots=True)
class Export:
    """One export: its id, what proves that it may be read, and the run of its query."""

    download_id: str
    signature: str
    attachment_id: str
    statement: Statement
    sizes: list[tuple[int, int]] = field(default_factory=list)
    """Rows and bytes of each chunk, once they lie in storage."""
    seen: bool = False

    def name(self, index: int) -> str:
        """Give the name of a chunk in storage."""
        return f"{self.statement.statement_id}/{index}"

    def store(self, storage: Storage, settings: Exports) -> None:
        """Put the result into storage, unless it is there."""
        result = self.statement.result
        if result is None or self.sizes:
            return
        sizes = []
        for index, start in enumerate(range(0, max(1, len(result.rows)), settings.chunk_rows)):
            rows = result.rows[start : start + settings.chunk_rows]
            body = _encoded(result, rows, settings.format, header=index == 0)
            storage.put(self.name(index), body, _TYPES[settings.format])
            sizes.append((len(rows), len(body)))
        self.sizes = sizes


def _encoded(result: Result, rows: tuple[tuple[str | None, ...], ...], form: str, *, header: bool) -> bytes:
    """Write rows as Databricks does: in CSV NULL is `null`, and only the first chunk names the columns."""
    if form == "JSON_ARRAY":
        return json.dumps([list(row) for row in rows], separators=(",", ":")).encode()
    text = io.StringIO()
    writer = csv.writer(text)
    if header:
        writer.writerow([column.name for column in result.columns])
    writer.writerows([["null" if cell is None else cell for cell in row] for row in rows])
    return text.getvalue().encode()


def response(export: Export, storage: Storage, settings: Exports) -> result_json.Json:
    """Give an export as StatementResponse, with links at its end; the first look is always too early."""
    statement = export.statement
    # It may have succeeded after the look into storage: then the next look finds its chunks.
    if statement.state == "SUCCEEDED" and not (export.seen and export.sizes):
        export.seen = True
        return {"statement_id": statement.statement_id, "status": {"state": "RUNNING"}}
    export.seen = True
    body = result_json.statement_head(statement)
    if statement.result is None:
        return body
    indexes = range(len(export.sizes)) if settings.all_links else range(1)
    links = [link(export, index, storage) for index in indexes]
    return body | {
        "manifest": _manifest(export, statement.result, settings),
        "result": {"external_links": links},
    }


def _manifest(export: Export, result: Result, settings: Exports) -> result_json.Json:
    chunks = [
        {"chunk_index": index, "row_offset": _offset(export, index), "row_count": rows, "byte_count": size}
        for index, (rows, size) in enumerate(export.sizes)
    ]
    return {
        "format": settings.format,
        "schema": result_json.schema(result),
        "total_chunk_count": len(chunks),
        "chunks": chunks,
        "total_row_count": len(result.rows),
        "total_byte_count": sum(size for _, size in export.sizes),
        "truncated": False,
    }


def link(export: Export, index: int, storage: Storage) -> result_json.Json:
    """Give a freshly signed ExternalLink of one chunk."""
    signed = storage.sign(export.name(index))
    rows, size = export.sizes[index]
    body: result_json.Json = {
        "external_link": signed.url,
        "expiration": datetime.fromtimestamp(signed.expires, UTC).isoformat(timespec="milliseconds")[:-6]
        + "Z",
        "http_headers": signed.headers,
        "chunk_index": index,
        "row_offset": _offset(export, index),
        "row_count": rows,
        "byte_count": size,
    }
    if index + 1 < len(export.sizes):
        body |= result_json.next_chunk(export.statement, index + 1, _offset(export, index + 1))
    return body


def _offset(export: Export, index: int) -> int:
    return sum(rows for rows, _ in export.sizes[:index])
