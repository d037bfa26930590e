"""Any JSON that satisfies the types of Genie's reference decodes, and what is promised comes out."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from genie.model import Attachment, Message, MessageRef, Query, Space, Suggestions, Text, Visualization
from genie.protocol import messages as decoding
from genie.protocol.answer import select_answer
from genie.protocol.error_mapping import error_for_reply
from genie.protocol.reply import Reply
from tests.laws.genie.replies import MANY, REPLIES
from tests.laws.genie.row_promises import chunk, download, export, number, statement
from tests.laws.genie.shapes import RATINGS, Json

pytestmark = pytest.mark.property

REF = MessageRef("s", "c", "m")


def text_of(value: Any) -> str:
    """Return a number of the JSON as text, whichever way it is spelled."""
    return "" if value is None else str(value)


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
    assert read.user_id == text_of(reply.get("user_id"))
    rated = reply.get("feedback") or {}
    assert (read.feedback is not None) == (rated.get("rating") in RATINGS)
    assert read.feedback is None or read.feedback.comment == (rated.get("comment") or "")
    kept = [each for each in reply.get("attachments") or [] if holds_something(each)]
    for got, given_ in zip(read.attachments, kept, strict=True):
        attachment(got, given_)
    answer = select_answer(read)
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


def space(reply: Json, read: Space | None = None) -> None:
    """Check a space."""
    read = read or decoding.space(reply, reply["space_id"])
    assert (read.space_id, read.warehouse_id) == (reply["space_id"], reply.get("warehouse_id"))
    names = ("title", "description", "parent_path", "create_time", "update_time")
    assert [getattr(read, name) for name in names] == [reply.get(name) or "" for name in names]


def spaces(reply: Json) -> None:
    """Check a page of spaces, in their order."""
    read, following = decoding.spaces(reply)
    assert following == (reply.get("next_page_token") or "")
    for got, given_ in zip(read, reply.get("spaces") or [], strict=True):
        space(given_, got)


def comments(reply: Json) -> None:
    """Check a page of comments, in their order."""
    read, following = decoding.comments(reply, "s", "c")
    assert following == (reply.get("next_page_token") or "")
    assert [(each.ref.message_id, each.comment_id, each.content, each.user_id) for each in read] == [
        (each["message_id"], each["message_comment_id"], each["content"], text_of(each.get("user_id")))
        for each in reply.get("comments") or []
    ]


def error(reply: Json) -> None:
    """Check a refusal: its code and its words, which no log shows."""
    read = error_for_reply(
        Reply(400, {"content-type": "application/json"}, json.dumps(reply).encode()), once=False
    )
    assert read is not None
    code = reply.get("error_code") or reply.get("scimType")
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
    "spaces": spaces,
    "comments": comments,
    "export": export,
    "download": download,
    "statement": statement,
    "chunk": chunk,
    "error": error,
}


@pytest.mark.many
@MANY
@given(st.one_of(*(st.tuples(st.just(kind), REPLIES[kind]) for kind in CHECKS)))
def test_what_the_reference_allows_decodes_and_is_whole(said: tuple[str, Json]) -> None:
    """Ids, statuses, texts, orders and every cell come out as they went in, whatever is left out."""
    kind, reply = said
    event(kind)
    CHECKS[kind](json.loads(json.dumps(reply)))


def test_every_kind_of_reply_is_checked() -> None:
    """No shape of the reference is without its check."""
    assert set(CHECKS) == set(REPLIES)
