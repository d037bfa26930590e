"""From Genie's JSON to `genie.model`: messages, attachments, conversations, spaces.

Tolerates today's shape and that of the 2025 preview (attachments as one object, `id` in place of
`message_id`, the result's numbers on the message). A reply of another shape raises Malformed.
Vendor's page: https://docs.databricks.com/api/workspace/genie/getmessage
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from genie.errors import Malformed
from genie.lenient import Object, as_count, as_id, as_list, as_object, as_seconds, as_text
from genie.model import (
    Attachment,
    Conversation,
    Message,
    MessageError,
    MessageRef,
    Parameter,
    Query,
    Space,
    Suggestions,
    Text,
    Thought,
    Visualization,
)


def started(reply: Any, space_id: str) -> MessageRef:
    """Read where a first question lives: top-level ids first, nested and legacy ones as a fallback."""
    body = _require_object(reply)
    conversation, message = as_object(body.get("conversation")), as_object(body.get("message"))
    return _ref(
        space_id,
        as_id(
            body.get("conversation_id"),
            conversation.get("conversation_id"),
            conversation.get("id"),
            message.get("conversation_id"),
        ),
        as_id(body.get("message_id"), message.get("message_id"), message.get("id")),
    )


def followed_up(reply: Any, space_id: str, conversation_id: str) -> MessageRef:
    """Read where a follow-up question lives: the reply is its message."""
    body = _require_object(reply)
    return _ref(space_id, conversation_id, as_id(body.get("message_id"), body.get("id")))


def message(reply: Any, ref: MessageRef) -> Message:
    """Read a message; a status that is missing or unknown counts as still running."""
    body = _require_object(reply)
    return Message(
        ref=ref,
        status=as_text(body.get("status")).upper(),
        content=as_text(body.get("content")),
        attachments=_with_result(tuple(_attachments(body.get("attachments"))), body.get("query_result")),
        error=_error(body.get("error")),
        created_at=as_seconds(body.get("created_timestamp")),
    )


def messages(reply: Any, space_id: str, conversation_id: str) -> tuple[tuple[Message, ...], str]:
    """Read a page of messages, in the server's order, and the token of the next page or ""."""
    body = _require_object(reply)
    items = [as_object(item) for item in as_list(body.get("messages"))]
    ids = [as_id(item.get("message_id"), item.get("id")) for item in items]
    found = (
        message(item, MessageRef(space_id, conversation_id, message_id))
        for item, message_id in zip(items, ids, strict=True)
        if message_id
    )
    return tuple(found), as_text(body.get("next_page_token"))


def conversations(reply: Any) -> tuple[tuple[Conversation, ...], str]:
    """Read a page of conversations, in the server's order, and the token of the next page or ""."""
    body = _require_object(reply)
    items = [as_object(item) for item in as_list(body.get("conversations"))]
    found = (
        Conversation(conversation_id, as_text(item.get("title")), as_seconds(item.get("created_timestamp")))
        for item in items
        if (conversation_id := as_id(item.get("conversation_id"), item.get("id")))
    )
    return tuple(found), as_text(body.get("next_page_token"))


def space(reply: Any, space_id: str) -> Space:
    """Read a space."""
    body = _require_object(reply)
    return Space(
        space_id=space_id,
        title=as_text(body.get("title")),
        description=as_text(body.get("description")),
        warehouse_id=as_text(body.get("warehouse_id")) or None,
    )


def _require_object(reply: Any) -> Object:
    if not isinstance(reply, dict):
        raise Malformed("the reply is not an object")
    return reply


def _ref(space_id: str, conversation_id: str | None, message_id: str | None) -> MessageRef:
    if conversation_id is None or message_id is None:
        raise Malformed("the reply does not say where the question is")
    return MessageRef(space_id, conversation_id, message_id)


def _error(value: Any) -> MessageError | None:
    if isinstance(value, str):
        return MessageError("", as_text(value)) if value else None
    body = as_object(value)
    kind, detail = as_text(body.get("type")), as_text(body.get("error") or body.get("message"))
    return MessageError(kind, detail) if kind or detail else None


def _attachments(value: Any) -> Iterator[Attachment]:
    """Read the attachments in order; each has one kind today, the preview's one object could have several."""
    for item in [value] if isinstance(value, dict) else as_list(value):
        body = as_object(item)
        attachment_id = as_id(body.get("attachment_id"), body.get("id"))
        if "query" in body:
            yield from _query(body["query"], attachment_id)
        if "text" in body:
            yield from _text(body["text"], attachment_id)
        if "viz" in body and attachment_id:
            yield _visualization(as_object(body["viz"]), attachment_id)
        if questions := tuple(_questions(body)):
            yield Suggestions(questions)


def _query(value: Any, attachment_id: str | None) -> Iterator[Query]:
    body = as_object(value)
    if not body:
        return
    metadata = as_object(body.get("query_result_metadata"))
    yield Query(
        attachment_id=attachment_id,
        title=as_text(body.get("title")),
        description=as_text(body.get("description")),
        sql=as_text(body.get("query")),
        statement_id=as_id(body.get("statement_id")),
        parameters=tuple(
            Parameter(as_text(item.get("keyword")), as_text(item.get("sql_type")), as_text(item.get("value")))
            for item in map(as_object, as_list(body.get("parameters")))
            if item
        ),
        thoughts=tuple(
            Thought(as_text(item.get("thought_type")), content)
            for item in map(as_object, as_list(body.get("thoughts")))
            if (content := as_text(item.get("content")))
        ),
        row_count=as_count(metadata.get("row_count")),
        truncated=metadata.get("is_truncated") is True,
    )


def _text(value: Any, attachment_id: str | None) -> Iterator[Text]:
    body = as_object(value)
    content = as_text(value) or as_text(body.get("content"))
    if content.strip():
        yield Text(content, as_text(body.get("purpose")) or None, attachment_id)


def _visualization(body: Object, attachment_id: str) -> Visualization:
    return Visualization(attachment_id, as_text(body.get("title")), as_id(body.get("query_attachment_id")))


def _questions(body: Object) -> Iterable[str]:
    value = body.get("suggested_questions") or body.get("followup_questions")  # the second: autumn 2025
    items = as_list(value) or as_list(as_object(value).get("questions"))
    return (item for item in map(as_text, items) if item.strip())


def _with_result(attachments: tuple[Attachment, ...], value: Any) -> tuple[Attachment, ...]:
    """Complete the last query from the message's own `query_result`, where the preview kept its numbers."""
    result = as_object(value)
    last = max((n for n, item in enumerate(attachments) if isinstance(item, Query)), default=None)
    if not result or last is None:
        return attachments
    query = attachments[last]
    assert isinstance(query, Query)  # noqa: S101 - for the type checker: chosen so above
    completed = replace(
        query,
        statement_id=query.statement_id or as_id(result.get("statement_id")),
        row_count=as_count(result.get("row_count")) if query.row_count is None else query.row_count,
        truncated=query.truncated or result.get("is_truncated") is True,
    )
    return (*attachments[:last], completed, *attachments[last + 1 :])
