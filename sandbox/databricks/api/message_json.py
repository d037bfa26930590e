"""State to the JSON of Genie's Conversation API: https://docs.databricks.com/api/workspace/genie."""

import json
from dataclasses import asdict
from typing import Any

from sandbox.databricks.genie.store import (
    Attachment,
    Comment,
    Conversation,
    Message,
    QueryAttachment,
    Space,
    TextAttachment,
    VizAttachment,
)

WAREHOUSE_ID = "a1b2c3d4e5f60718"
Json = dict[str, Any]


def space(state: Space) -> Json:
    """Give a space as GenieSpace."""
    return {
        "space_id": state.space_id,
        "title": state.title,
        "description": state.sample.description,
        "warehouse_id": WAREHOUSE_ID,
        "create_time": "2026-03-02T09:00:00Z",
        "update_time": "2026-11-01T12:30:00Z",
    }


def definition(state: Space) -> Json:
    """Give what those alone get who may edit a space: a text, with its sample questions and tables."""
    samples = [
        {"id": f"{number:032x}", "question": [question]}
        for number, question in enumerate(state.sample.starters)
    ]
    tables = [{"identifier": table} for table in state.sample.tables]
    whole = {"version": 2, "config": {"sample_questions": samples}, "data_sources": {"tables": tables}}
    return {"serialized_space": json.dumps(whole)}


def conversation(state: Conversation) -> Json:
    """Give a conversation as GenieConversation."""
    updated = max((message.updated for message in state.messages.values()), default=state.created)
    return {
        "id": state.conversation_id,
        "conversation_id": state.conversation_id,
        "space_id": state.space_id,
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
        "agent_type": f"GENIE_CONVERSATION_TYPE_{'AGENT' if state.agent else 'CHAT'}",
    }


def message(state: Message) -> Any:
    """Give a message as GenieMessage, or as its turn says."""
    error = state.error
    feedback = {"rating": state.rating} | ({"comment": state.comment} if state.comment else {})
    body = {
        "id": state.message_id,
        "message_id": state.message_id,
        "conversation_id": state.conversation_id,
        "space_id": state.space_id,
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


def comment(state: Comment, message: Message) -> Json:
    """Give a comment as GenieMessageComment."""
    return {
        "space_id": message.space_id,
        "conversation_id": message.conversation_id,
        "message_id": message.message_id,
        "message_comment_id": state.comment_id,
        "content": state.content,
        "created_timestamp": _millis(state.created),
        "user_id": state.owner.user_id,
    }


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
