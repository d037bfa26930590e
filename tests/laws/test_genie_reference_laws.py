"""Any JSON that satisfies the types of Genie's reference decodes, and what is promised comes out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from genie import decoding, results
from genie.choosing import choose
from genie.model import Attachment, Message, MessageRef, Query, Suggestions, Text, Visualization
from genie.refusals import refusal
from genie.wire import Reply
from tests.laws.genie_replies import REPLIES
from tests.laws.genie_shapes import Json

pytestmark = pytest.mark.property

REF = MessageRef("s", "c", "m")


def number(value: Any) -> int | None:
    """Return a 64-bit integer of the JSON, whichever way it is spelled."""
    return None if value is None else int(value)


def started(reply: Json) -> None:
    """Check that a first question's place is read."""
    assert decoding.started(reply, "s") == MessageRef("s", reply["conversation_id"], reply["message_id"])


def message(reply: Json, read: Message | None = None) -> None:
    """Check a message's every field."""
    assert decoding.followed_up(reply, "s", "c") == MessageRef("s", "c", reply["message_id"])
    read = read or decoding.message(reply, REF)
    assert read.status == (reply.get("status") or "")
    assert read.content == reply["content"]
    error = reply.get("error") or {}
    said = (error.get("type") or "", error.get("error") or "")
    assert (read.error.type, read.error.detail) == said if read.error else not any(said)
    assert read.created_at is None or 0 < read.created_at <= 1e11
    kept = [each for each in reply.get("attachments") or [] if holds_something(each)]
    for got, given_ in zip(read.attachments, kept, strict=True):
        attachment(got, given_)
    answer = choose(read)
    offered = [each.questions for each in read.attachments if isinstance(each, Suggestions)]
    assert set(answer.suggestions) == {text.strip() for some in offered for text in some}


def holds_something(given_: Json) -> bool:
    """Whether there is anything in an attachment that could be shown."""
    text, offered = given_.get("text") or {}, given_.get("suggested_questions") or {}
    return bool(
        given_.get("query")
        or (text.get("content") or "").strip()
        or any(each.strip() for each in offered.get("questions") or [])
        or ("viz" in given_ and given_.get("attachment_id"))
    )


def attachment(got: Attachment, given_: Json) -> None:
    """Check one attachment."""
    attachment_id = given_.get("attachment_id") or None
    match got:
        case Query():
            assert got.attachment_id == attachment_id
            query(got, given_["query"])
        case Text():
            text = given_["text"]
            assert (got.content, got.attachment_id) == (text["content"], attachment_id)
            assert got.purpose == text.get("purpose")
        case Visualization():
            viz = given_["viz"]
            assert got.attachment_id == attachment_id
            assert (got.title, got.query_attachment_id) == (
                viz.get("title") or "",
                viz.get("query_attachment_id"),
            )
        case Suggestions():
            questions = given_["suggested_questions"]["questions"]
            assert got.questions == tuple(each for each in questions if each.strip())


def query(got: Query, given_: Json) -> None:
    """Check the SQL and what explains it; the numbers may come from the message where they lack here."""
    assert (got.title, got.description, got.sql) == tuple(
        given_.get(name) or "" for name in ("title", "description", "query")
    )
    numbers = given_.get("query_result_metadata") or {}
    if (rows := number(numbers.get("row_count"))) is not None:
        assert got.row_count == rows
    if given_.get("statement_id"):
        assert got.statement_id == given_["statement_id"]
    assert got.truncated or not numbers.get("is_truncated")
    assert [(each.keyword, each.sql_type, each.value) for each in got.parameters] == [
        tuple(each.get(name) or "" for name in ("keyword", "sql_type", "value"))
        for each in given_.get("parameters") or []
        if each
    ]
    assert [(each.kind, each.content) for each in got.thoughts] == [
        (each.get("thought_type") or "", each["content"])
        for each in given_.get("thoughts") or []
        if each.get("content")
    ]


def messages(reply: Json) -> None:
    """Check a page of messages, in their order."""
    read, following = decoding.messages(reply, "s", "c")
    assert following == (reply.get("next_page_token") or "")
    for got, given_ in zip(read, reply.get("messages") or [], strict=True):
        assert got.ref == MessageRef("s", "c", given_["message_id"])
        message(given_, got)


def conversations(reply: Json) -> None:
    """Check a page of conversations, in their order."""
    read, following = decoding.conversations(reply)
    assert following == (reply.get("next_page_token") or "")
    assert [(each.conversation_id, each.title) for each in read] == [
        (each["conversation_id"], each.get("title") or "") for each in reply.get("conversations") or []
    ]


def space(reply: Json) -> None:
    """Check a space."""
    read = decoding.space(reply, reply["space_id"])
    assert (read.space_id, read.title, read.description, read.warehouse_id) == (
        reply["space_id"],
        reply["title"],
        reply.get("description") or "",
        reply.get("warehouse_id"),
    )


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


def error(reply: Json) -> None:
    """Check a refusal: its code and its words, which no log shows."""
    read = refusal(Reply(400, {"content-type": "application/json"}, json.dumps(reply).encode()), once=False)
    assert read is not None
    code = reply.get("error_code")
    assert read.code == (None if code is None else str(code))
    said = reply.get("message") or reply.get("detail") or ""
    assert read.detail == said
    assert len(said) < 20 or said not in f"{read}{read!r}"


CHECKS: dict[str, Callable[[Json], None]] = {
    "started": started,
    "message": message,
    "messages": messages,
    "conversations": conversations,
    "space": space,
    "statement": statement,
    "chunk": chunk,
    "error": error,
}


@pytest.mark.many
@given(st.one_of(*(st.tuples(st.just(kind), REPLIES[kind]) for kind in CHECKS)))
def test_what_the_reference_allows_decodes_and_is_whole(said: tuple[str, Json]) -> None:
    """Ids, statuses, texts, orders and every cell come out as they went in, whatever is left out."""
    kind, reply = said
    event(kind)
    CHECKS[kind](json.loads(json.dumps(reply)))
