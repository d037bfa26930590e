"""What comes out of the rows of Genie's reference: every cell as it went in, in its place."""

from typing import Any

from genie.calls import exports
from genie.protocol import results
from tests.laws.genie.shapes import Json


def number(value: Any) -> int | None:
    """Return a 64-bit integer of the JSON, whichever way it is spelled."""
    return None if value is None else int(value)


def cells(result: Json | None) -> list[list[str | None]]:
    """Return the rows of a ResultData of today or of the preview."""
    result = result or {}
    typed = [[cell["str"] for cell in row["values"]] for row in result.get("data_typed_array") or []]
    return result.get("data_array") or typed


def statement(reply: Json) -> None:
    """Check a statement: its state, its columns in place, and each cell as it came."""
    body = reply["statement_response"]
    read = results.statement(reply)
    assert (read.statement_id, read.state) == (body["statement_id"], body["status"]["state"])
    assert (read.failure is not None) == (read.state in {"FAILED", "CANCELED", "CLOSED"})
    manifest, result = body.get("manifest") or {}, body.get("result") or {}
    assert read.total_rows == number(manifest.get("total_row_count"))
    table = results.table(read, read.first.rows, truncated=False)
    assert table.truncated or not manifest.get("truncated")
    wanted = cells(result)
    assert [list(row) for row in table.rows] == wanted
    columns = (manifest.get("schema") or {}).get("columns") or []
    columns = sorted(columns, key=lambda column: column["position"])
    if manifest:
        assert [(each.name, each.type_name) for each in table.columns] == [
            (each["name"], each["type_name"]) for each in columns
        ]
        assert [each.scale for each in table.columns] == [each.get("type_scale") for each in columns]
    assert all(len(row) == len(table.columns) for row in table.rows)


def chunk(reply: Json) -> None:
    """Check a later chunk: its rows, and the way to the next."""
    read = results.chunk(reply)
    assert [list(row) for row in read.rows] == cells(reply)
    assert read.next_index == reply.get("next_chunk_index")
    assert read.next_link == (reply.get("next_chunk_internal_link") or "")


def export(reply: Json) -> None:
    """Check an export: its state, and each of its links with what goes along."""
    read, body = results.statement(reply), reply["statement_response"]
    assert read.state == body["status"]["state"]
    wanted = (body.get("result") or {}).get("external_links") or []
    assert [(each.url, dict(each.headers), each.row_count) for each in read.first.links] == [
        (each["external_link"], each.get("http_headers") or {}, number(each.get("row_count")))
        for each in wanted
    ]
    assert "secret" not in repr(read)


def download(reply: Json) -> None:
    """Check what collects an export."""
    read = exports.ticket(reply)
    signature = reply.get("download_id_signature") or ""
    assert (read.download_id, read.signature) == (reply["download_id"], signature)
    assert not signature or signature not in repr(read)
