"""From Genie's JSON to `genie.model`: messages and spaces, one by one and in pages.

Tolerates today's shape and that of the 2025 preview (`id` in place of `message_id`). A reply of another shape
raises Malformed. Vendor's page: https://docs.databricks.com/api/workspace/genie/getmessage
"""

from collections.abc import Callable
from typing import Any, TypeVar

from genie.errors import Malformed
from genie.model import Comment, Conversation, Feedback, Message, MessageError, MessageRef, Rating, Space
from genie.protocol.attachments import attachments
from genie.protocol.coerce import (
    Object,
    as_id,
    as_list,
    as_object,
    as_seconds,
    as_text,
    parse,
    require_object,
)

Item = TypeVar("Item")

Page = tuple[tuple[Item, ...], str]
"""Some items in the server's order, and the token of the next page or ""."""


def started(reply: Any, space_id: str) -> MessageRef:
    """Read where a first question lives: top-level ids first, nested and legacy ones as a fallback."""
    body = require_object(reply)
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
    body = require_object(reply)
    return _ref(space_id, conversation_id, as_id(body.get("message_id"), body.get("id")))


def message(reply: Any, ref: MessageRef) -> Message:
    """Read a message; a status that is missing or unknown counts as still running."""
    body = require_object(reply)
    return Message(
        ref=ref,
        status=as_text(body.get("status")).upper(),
        content=as_text(body.get("content")),
        attachments=attachments(body),
        error=_error(body.get("error")),
        created_at=as_seconds(body.get("created_timestamp")),
        updated_at=as_seconds(body.get("last_updated_timestamp")),
        feedback=_feedback(body.get("feedback")),
        user_id=as_text(body.get("user_id")),
    )


def messages(reply: Any, space_id: str, conversation_id: str) -> Page[Message]:
    """Read a page of messages."""

    def one(item: Object) -> Message | None:
        message_id = as_id(item.get("message_id"), item.get("id"))
        return message(item, MessageRef(space_id, conversation_id, message_id)) if message_id else None

    return page(reply, "messages", one)


def conversations(reply: Any) -> Page[Conversation]:
    """Read a page of conversations."""

    def one(item: Object) -> Conversation | None:
        conversation_id = as_id(item.get("conversation_id"), item.get("id"))
        if conversation_id is None:
            return None
        return Conversation(
            conversation_id=conversation_id,
            title=as_text(item.get("title")),
            created_at=as_seconds(item.get("created_timestamp")),
            kind=as_text(item.get("agent_type")),
        )

    return page(reply, "conversations", one)


def spaces(reply: Any) -> Page[Space]:
    """Read a page of spaces."""

    def one(item: Object) -> Space | None:
        space_id = as_id(item.get("space_id"), item.get("agent_id"), item.get("id"))
        return space(item, space_id) if space_id else None

    return page(reply, "spaces", one)


def comments(reply: Any, space_id: str, conversation_id: str) -> Page[Comment]:
    """Read a page of comments."""

    def one(item: Object) -> Comment | None:
        message_id = as_id(item.get("message_id"))
        if message_id is None or as_id(item.get("message_comment_id"), item.get("id")) is None:
            return None
        return comment(item, MessageRef(space_id, conversation_id, message_id))

    return page(reply, "comments", one)


def comment(reply: Any, ref: MessageRef) -> Comment:
    """Read a comment on a message."""
    body = require_object(reply)
    comment_id = as_id(body.get("message_comment_id"), body.get("id"))
    if comment_id is None:
        raise Malformed("the reply does not say which comment it is")
    return Comment(
        ref=ref,
        comment_id=comment_id,
        content=as_text(body.get("content")),
        created_at=as_seconds(body.get("created_timestamp")),
        user_id=as_text(body.get("user_id")),
    )


def space(reply: Any, space_id: str) -> Space:
    """Read a space."""
    body = require_object(reply)
    definition = _definition(body.get("serialized_space"))
    return Space(
        space_id=space_id,
        title=as_text(body.get("title")),
        description=as_text(body.get("description")),
        warehouse_id=as_text(body.get("warehouse_id")) or None,
        parent_path=as_text(body.get("parent_path")),
        create_time=as_text(body.get("create_time")),
        update_time=as_text(body.get("update_time")),
        starters=_starters(definition),
        tables=_tables(definition),
    )


def _definition(serialized: Any) -> Object:
    """Read the definition of a space, a JSON document in a text."""
    try:
        return as_object(parse(as_text(serialized).encode()))
    except Malformed:
        return {}


def _tables(definition: Object) -> tuple[str, ...]:
    """Read the names of tables and metric views in a definition, each once."""
    sources = as_object(definition.get("data_sources"))
    entries = [each for kind in ("tables", "metric_views") for each in as_list(sources.get(kind))]
    names = (as_text(as_object(each).get("identifier")) for each in entries)
    return tuple(dict.fromkeys(name for name in names if name))


def _starters(definition: Object) -> tuple[str, ...]:
    """Read the sample questions of a definition; each is a list of texts."""
    samples = as_list(as_object(definition.get("config")).get("sample_questions"))
    questions = ("".join(map(as_text, as_list(as_object(each).get("question")))) for each in samples)
    return tuple(" ".join(each.split()) for each in questions if each.strip())


def page(reply: Any, name: str, one: Callable[[Object], Item | None]) -> Page[Item]:
    """Read the items of a list that can be told apart, and the token of the next page."""
    body = require_object(reply)
    found = (one(as_object(item)) for item in as_list(body.get(name)))
    return tuple(item for item in found if item is not None), as_text(body.get("next_page_token"))


def _feedback(value: Any) -> Feedback | None:
    body = as_object(value)
    rating = as_text(body.get("rating")).upper()
    return Feedback(Rating(rating), as_text(body.get("comment"))) if rating in set(Rating) else None


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
