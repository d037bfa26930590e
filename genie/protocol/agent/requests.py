"""The requests of agent mode, as data.

Vendor's page: https://docs.databricks.com/api/workspace/genie (agent mode)
"""

from typing import Any

from genie.agent_model import ResponseRef
from genie.errors import BadRequest
from genie.protocol.requests import MAX_BYTES, PAGE_SIZE, Expected, Request, path_part

MAX_CONTENT_LENGTH = 10_000
"""Of a question, in characters; Databricks names no number, and other clients send no more than this."""

_AGENTS = "/api/2.0/genie/agents"


def create_response(
    space_id: str, content: str, conversation_id: str = "", *, visualization: bool = False
) -> Request:
    """Ask a question, in a new conversation or in one of agent mode; each request begins a run."""
    if not content.strip():
        raise BadRequest("the question is empty")
    if len(content) > MAX_CONTENT_LENGTH:
        raise BadRequest("the question is too long")
    said = {"type": "input_text", "text": content}
    body: dict[str, Any] = {"input": [{"type": "message", "role": "user", "content": [said]}]}
    if conversation_id:
        body["conversation_id"] = conversation_id
    if visualization:
        body["enable_viz"] = True
    path = f"{_AGENTS}/{path_part(space_id)}/responses"
    return Request(
        "POST",
        path,
        body=body,
        once=True,
        expected=Expected.EVENTS,
        max_bytes=MAX_BYTES,
        agent_mode=True,
    )


def list_items(space_id: str, conversation_id: str, after: str = "") -> Request:
    """List the items of a conversation of agent mode, oldest first."""
    query = {"limit": str(PAGE_SIZE), "order": "asc"} | ({"after": after} if after else {})
    return Request("GET", f"{_conversation(space_id, conversation_id)}/items", query)


def cancel_response(ref: ResponseRef) -> Request:
    """End a run at its next step; it may be sent again."""
    place = _conversation(ref.space_id, ref.conversation_id)
    path = f"{place}/responses/{path_part(ref.response_id)}/cancel"
    return Request("POST", path, body={}, expected=Expected.NOTHING)


def _conversation(space_id: str, conversation_id: str) -> str:
    return f"{_AGENTS}/{path_part(space_id)}/conversations/{path_part(conversation_id)}"
