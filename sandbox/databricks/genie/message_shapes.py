"""Other shapes of Genie's messages, as edits for `Turn(message=...)`: of the preview and of rarer workspaces.

`both` combines edits and `first` limits them, those of `row_shapes` too. What counts its looks counts them
over all questions of its turn.
"""

from itertools import count
from typing import Any

from sandbox.databricks.genie.edits import Edit
from sandbox.databricks.genie.timing import COMPLETED

Json = dict[str, Any]
_TIMES = frozenset({"created_timestamp", "last_updated_timestamp"})
_INT64 = frozenset(
    {
        *(*_TIMES, "user_id"),
        *("row_count", "row_offset", "byte_count", "total_row_count", "total_byte_count"),
    }
)


def both(*edits: Edit) -> Edit:
    """Apply one edit after the other."""

    def edit(body: Json) -> Any:
        for each in edits:
            body = each(body)
        return body

    return edit


def first(looks: int, edit: Edit) -> Edit:
    """Apply an edit to the first replies only."""
    seen = count()
    return lambda body: edit(body) if next(seen) < looks else body


def int64_as_text(body: Json) -> Any:
    """Write 64-bit integers as strings, anywhere in a message, a statement or a chunk."""
    return _walked(body, lambda key, value: str(value) if key in _INT64 and isinstance(value, int) else value)


def in_seconds(body: Json) -> Any:
    """Write the times of a message in seconds."""
    return _walked(body, lambda key, value: value // 1000 if key in _TIMES else value)


def late(looks: int) -> Edit:
    """Let the first looks at a COMPLETED message see it without attachments."""
    seen = count()

    def edit(message: Json) -> Json:
        too_early = message["status"] == COMPLETED and next(seen) < looks
        return message | {"attachments": None} if too_early else message

    return edit


def preview(message: Json) -> Json:
    """Give a message as the private preview did: legacy ids, attachments as one object, nothing newer."""
    kept = {key: value for key, value in message.items() if key not in {"message_id", "feedback"}}
    attachments: Json = {}
    for each in message["attachments"] or ():
        attachments |= {kind: dict(each[kind]) for kind in ("text", "query") if kind in each}
    for kind, modern in (
        ("text", {"purpose"}),
        ("query", {"statement_id", "query_result_metadata", "thoughts"}),
    ):
        if kind in attachments:
            attachments[kind] = {key: value for key, value in attachments[kind].items() if key not in modern}
    return kept | {"attachments": attachments or None}


def preview_opening(opening: Json) -> Json:
    """Give the reply to a first question with legacy ids alone."""
    conversation = {key: value for key, value in opening["conversation"].items() if key != "conversation_id"}
    return {"conversation": conversation, "message": preview(opening["message"])}


def without(*names: str) -> Edit:
    """Leave these fields out, wherever they are: `purpose`, `attachment_id`, `query_result`, `status` ..."""

    def pruned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: pruned(each) for key, each in value.items() if key not in names}
        return [pruned(each) for each in value] if isinstance(value, list) else value

    return pruned


def attached(*attachments: Json, first_of_all: bool = False) -> Edit:
    """Add attachments to a COMPLETED message, behind its own or in front of them."""

    def edit(message: Json) -> Json:
        own = message["attachments"] or []
        if message["status"] != COMPLETED:
            return message
        return message | {"attachments": [*attachments, *own] if first_of_all else [*own, *attachments]}

    return edit


def saying(words: str) -> Edit:
    """Let Genie say these words in each title, description, text, thought and suggestion."""
    said = frozenset({"title", "description", "content"})

    def edit(message: Json) -> Json:
        attachments = _walked(message["attachments"], lambda key, value: words if key in said else value)
        for each in attachments or ():
            if "suggested_questions" in each:
                each["suggested_questions"]["questions"] = [words]
        return message | {"attachments": attachments}

    return edit


def marked_cut(message: Json) -> Any:
    """Say in the metadata of a message's queries, and only there, that rows were cut."""
    return _walked(message, lambda key, value: True if key == "is_truncated" else value)


def _walked(body: Any, change: Any) -> Any:
    """Change each value that stands under a name, anywhere in a piece of JSON, inner ones first."""
    if isinstance(body, dict):
        return {key: change(key, _walked(value, change)) for key, value in body.items()}
    return [_walked(each, change) for each in body] if isinstance(body, list) else body
