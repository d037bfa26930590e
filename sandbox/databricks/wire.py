"""State to the JSON of Genie's Conversation API and of the Statement Execution API.

https://docs.databricks.com/api/workspace/genie and https://docs.databricks.com/api/workspace/statementexecution
"""

from dataclasses import asdict
from typing import Any

from sandbox.databricks.store import (
    Attachment,
    Conversation,
    Message,
    QueryAttachment,
    Statement,
    TextAttachment,
    VizAttachment,
)
from sandbox.databricks.warehouse import Column, Result

SPACE_ID = "01ef9c8b7a6512349f0e1d2c3b4a5968"
WAREHOUSE_ID = "a1b2c3d4e5f60718"
Json = dict[str, Any]


def space() -> Json:
    """Give the one space as GenieSpace."""
    return {
        "space_id": SPACE_ID,
        "title": "Sales (sandbox)",
        "description": "Invented orders of an electronics and furniture seller. Ask for help.",
        "warehouse_id": WAREHOUSE_ID,
        "create_time": "2026-03-02T09:00:00Z",
        "update_time": "2026-11-01T12:30:00Z",
    }


def conversation(state: Conversation) -> Json:
    """Give a conversation as GenieConversation."""
    updated = max((message.updated for message in state.messages.values()), default=state.created)
    return {
        "id": state.conversation_id,
        "conversation_id": state.conversation_id,
        "space_id": SPACE_ID,
        "title": state.title,
        "created_timestamp": _millis(state.created),
        "last_updated_timestamp": _millis(updated),
        "user_id": state.owner.user_id,
    }


def conversation_summary(state: Conversation) -> Json:
    """Give a conversation as GenieConversationSummary."""
    return {
        "conversation_id": state.conversation_id,
        "title": state.title,
        "created_timestamp": _millis(state.created),
        "agent_type": "GENIE_CONVERSATION_TYPE_CHAT",
    }


def message(state: Message) -> Any:
    """Give a message as GenieMessage, or as its turn says."""
    error = state.error
    feedback = {"rating": state.rating} | ({"comment": state.comment} if state.comment else {})
    body = {
        "id": state.message_id,
        "message_id": state.message_id,
        "conversation_id": state.conversation_id,
        "space_id": SPACE_ID,
        "content": state.content,
        "status": state.status,
        "attachments": [_attachment(each) for each in state.attachments] or None,
        "error": {"type": error[0], "error": error[1]} if error else None,
        "query_result": _query_result(state),
        "feedback": None if state.rating == "NONE" else feedback,
        "created_timestamp": _millis(state.created),
        "last_updated_timestamp": _millis(state.updated),
        "user_id": state.owner.user_id,
    }
    return state.turn.message(body)


def statement(state: Statement, chunk_rows: int) -> Any:
    """Give a statement as StatementResponse, with the first `chunk_rows` rows when there are any."""
    body: Json = {"statement_id": state.statement_id, "status": {"state": state.state}}
    if state.state == "FAILED":
        body["status"]["error"] = {"error_code": "BAD_REQUEST", "message": state.error}
        body["status"]["sql_state"] = "42000"
    if state.result is not None:
        body["manifest"] = _manifest(state.result, chunk_rows)
        body["result"] = chunk(state, 0, chunk_rows) if state.result.rows else {"row_count": 0}
    return state.turn.statement(body)


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
        link = (
            f"/api/2.0/sql/statements/{state.statement_id}/result/chunks/{index + 1}?row_offset={following}"
        )
        body |= {"next_chunk_index": index + 1, "next_chunk_internal_link": link}
    return body


def _manifest(result: Result, chunk_rows: int) -> Json:
    total = len(result.rows)
    chunks = [
        {"chunk_index": index, "row_offset": offset, "row_count": min(chunk_rows, total - offset)}
        for index, offset in enumerate(range(0, total, chunk_rows))
    ]
    columns = [_column(position, column) for position, column in enumerate(result.columns)]
    manifest: Json = {
        "format": "JSON_ARRAY",
        "schema": {"column_count": len(columns), "columns": columns},
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


def _attachment(state: Attachment) -> Json:
    if isinstance(state, QueryAttachment):
        return {"attachment_id": state.attachment_id, "query": _query(state)}
    if isinstance(state, TextAttachment):
        text = {"text": {"content": state.content, "purpose": state.purpose}}
        return {"attachment_id": state.attachment_id, **text} if state.attachment_id else text
    if isinstance(state, VizAttachment):
        viz = {"title": state.title, "query_attachment_id": state.query_attachment_id}
        return {"attachment_id": state.attachment_id, "viz": viz}
    questions = {"suggested_questions": {"questions": list(state.questions)}}
    return {"attachment_id": state.attachment_id, **questions}


def _query(state: QueryAttachment) -> Json:
    query: Json = {
        "title": state.draft.title,
        "description": state.draft.description,
        "query": state.draft.sql,
        "statement_id": state.statement.statement_id,
        "thoughts": [{"thought_type": kind, "content": content} for kind, content in state.draft.thoughts],
        "last_updated_timestamp": _millis(state.updated),
    }
    if state.draft.parameters:
        query["parameters"] = [asdict(each) for each in state.draft.parameters]
    result = state.statement.result
    if result is not None:
        query["query_result_metadata"] = {"row_count": len(result.rows), "is_truncated": result.truncated}
    return query


def _query_result(state: Message) -> Json | None:
    queries = [each for each in state.attachments if isinstance(each, QueryAttachment)]
    result = queries[-1].statement.result if queries else None
    if result is None:
        return None
    return {
        "row_count": len(result.rows),
        "is_truncated": result.truncated,
        "statement_id": queries[-1].statement.statement_id,
    }


def _millis(seconds: float) -> int:
    return int(seconds * 1000)
