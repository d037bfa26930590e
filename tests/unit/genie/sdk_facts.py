"""What a value of the databricks-sdk says, and what ours says, as plain data that can be compared."""

from typing import Any

from genie.model import (
    Attachment,
    Column,
    Comment,
    Conversation,
    Message,
    Query,
    Space,
    Suggestions,
    Text,
    Visualization,
)
from genie.protocol.links import ExternalLink
from genie.protocol.results import Statement

Paragraph = Any


def word(value: Any) -> str | None:
    """Return an enumeration's word."""
    return value.value if value is not None else None


def millis(seconds: float | None) -> int | None:
    """Return a time as Genie writes it."""
    return None if seconds is None else round(seconds * 1000)


def theirs_message(said: Any) -> Paragraph:
    """Tell a GenieMessage of the SDK."""
    rated = said.feedback
    return {
        "ids": (said.space_id, said.conversation_id, said.message_id),
        "status": word(said.status),
        "content": said.content,
        "error": (word(said.error.type), said.error.error) if said.error else None,
        "feedback": (word(rated.rating), rated.comment or "") if rated else None,
        "times": (said.created_timestamp, said.last_updated_timestamp),
        "user": str(said.user_id),
        "attachments": [_theirs_attachment(each) for each in said.attachments or []],
    }


def ours_message(said: Message) -> Paragraph:
    """Tell a message of ours."""
    rated = said.feedback
    return {
        "ids": (said.ref.space_id, said.ref.conversation_id, said.ref.message_id),
        "status": said.status,
        "content": said.content,
        "error": (said.error.type, said.error.detail) if said.error else None,
        "feedback": (rated.rating.value, rated.comment) if rated else None,
        "times": (millis(said.created_at), millis(said.updated_at)),
        "user": said.user_id,
        "attachments": [_ours_attachment(each) for each in said.attachments],
    }


def _theirs_attachment(said: Any) -> Paragraph:
    if said.query:
        query, numbers = said.query, said.query.query_result_metadata
        return {
            "query": (said.attachment_id, query.title, query.description, query.query, query.statement_id),
            "parameters": [(each.keyword, each.sql_type, each.value) for each in query.parameters or []],
            "thoughts": [(word(each.thought_type), each.content) for each in query.thoughts or []],
            "rows": (numbers.row_count, bool(numbers.is_truncated)) if numbers else (None, False),
            "updated": query.last_updated_timestamp,
        }
    if said.text:
        return {"text": (said.attachment_id, said.text.content, word(said.text.purpose))}
    if said.viz:
        return {"viz": (said.attachment_id, said.viz.title, said.viz.query_attachment_id)}
    return {"suggestions": said.suggested_questions.questions}


def _ours_attachment(said: Attachment) -> Paragraph:
    match said:
        case Query():
            return {
                "query": (said.attachment_id, said.title, said.description, said.sql, said.statement_id),
                "parameters": [(each.keyword, each.sql_type, each.value) for each in said.parameters],
                "thoughts": [(each.kind, each.content) for each in said.thoughts],
                "rows": (said.row_count, said.truncated),
                "updated": millis(said.updated_at),
            }
        case Text():
            return {"text": (said.attachment_id, said.content, said.purpose)}
        case Visualization():
            return {"viz": (said.attachment_id, said.title, said.query_attachment_id)}
        case Suggestions():
            return {"suggestions": list(said.questions)}


def theirs_space(said: Any) -> Paragraph:
    """Tell a GenieSpace of the SDK."""
    return said.space_id, said.title, said.description or "", said.warehouse_id


def ours_space(said: Space) -> Paragraph:
    """Tell a space of ours."""
    return said.space_id, said.title, said.description, said.warehouse_id


def theirs_conversation(said: Any) -> Paragraph:
    """Tell a GenieConversationSummary of the SDK."""
    return said.conversation_id, said.title, said.created_timestamp


def ours_conversation(said: Conversation) -> Paragraph:
    """Tell a conversation of ours."""
    return said.conversation_id, said.title, millis(said.created_at)


def theirs_comment(said: Any) -> Paragraph:
    """Tell a GenieMessageComment of the SDK."""
    ids = (said.space_id, said.conversation_id, said.message_id, said.message_comment_id)
    return *ids, said.content, said.created_timestamp, str(said.user_id)


def ours_comment(said: Comment) -> Paragraph:
    """Tell a comment of ours."""
    ids = (said.ref.space_id, said.ref.conversation_id, said.ref.message_id, said.comment_id)
    return *ids, said.content, millis(said.created_at), said.user_id


def theirs_columns(manifest: Any) -> Paragraph:
    """Tell the columns of a ResultManifest of the SDK."""
    return [
        (each.name, word(each.type_name), each.type_text, each.type_precision, each.type_scale)
        for each in manifest.schema.columns
    ]


def ours_columns(columns: tuple[Column, ...]) -> Paragraph:
    """Tell columns of ours."""
    return [(each.name, each.type_name, each.type_text, each.precision, each.scale) for each in columns]


def theirs_statement(said: Any) -> Paragraph:
    """Tell a StatementResponse of the SDK with its first rows or links."""
    manifest, result = said.manifest, said.result
    links = (result.external_links if result else None) or []
    return {
        "head": (said.statement_id, word(said.status.state)),
        "columns": theirs_columns(manifest) if manifest else [],
        "total": manifest.total_row_count if manifest else None,
        "truncated": bool(manifest.truncated) if manifest else False,
        "rows": (result.data_array if result else None) or [],
        "links": [
            (each.external_link, each.chunk_index, each.row_offset, each.row_count, each.byte_count)
            for each in links
        ],
    }


def ours_statement(said: Statement) -> Paragraph:
    """Tell a statement of ours with its first rows or links."""
    return {
        "head": (said.statement_id, said.state),
        "columns": ours_columns(said.columns),
        "total": said.total_rows,
        "truncated": said.truncated,
        "rows": [list(row) for row in said.first.rows],
        "links": [ours_link(each) for each in said.first.links],
    }


def ours_link(said: ExternalLink) -> Paragraph:
    """Tell a link of an export of ours."""
    return said.url, said.chunk_index, said.row_offset, said.row_count, said.byte_count
