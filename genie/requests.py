"""The requests that we make to Databricks, as data.

Vendor's pages: https://docs.databricks.com/api/workspace/genie and .../api/workspace/statementexecution
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from genie.model import MessageRef

PAGE_SIZE = 100
"""The largest page that the list endpoints give."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `path` is already percent-encoded and may end in a query, `body` goes out as JSON."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    once: bool = False
    """It starts something: when its fate is unknown it must not be sent again."""


def _space(space_id: str) -> str:
    return f"/api/2.0/genie/spaces/{quote(space_id, safe='')}"


def _conversation(space_id: str, conversation_id: str) -> str:
    return f"{_space(space_id)}/conversations/{quote(conversation_id, safe='')}"


def _message(ref: MessageRef) -> str:
    return f"{_conversation(ref.space_id, ref.conversation_id)}/messages/{quote(ref.message_id, safe='')}"


def _attachment(ref: MessageRef, attachment_id: str | None) -> str:
    """Return the place of a query; the preview had one per message, without an id."""
    if attachment_id is None:
        return _message(ref)
    return f"{_message(ref)}/attachments/{quote(attachment_id, safe='')}"


def _page(page_token: str) -> dict[str, str]:
    page = {"page_size": str(PAGE_SIZE)}
    return page | {"page_token": page_token} if page_token else page


def start_conversation(space_id: str, content: str) -> Request:
    """Ask the first question of a new conversation."""
    return Request("POST", f"{_space(space_id)}/start-conversation", body={"content": content}, once=True)


def create_message(space_id: str, conversation_id: str, content: str) -> Request:
    """Ask a follow-up question."""
    path = f"{_conversation(space_id, conversation_id)}/messages"
    return Request("POST", path, body={"content": content}, once=True)


def get_message(ref: MessageRef) -> Request:
    """Look at a message: the polling call."""
    return Request("GET", _message(ref))


def query_result(ref: MessageRef, attachment_id: str | None) -> Request:
    """Get the state of a query and the first chunk of its rows."""
    return Request("GET", f"{_attachment(ref, attachment_id)}/query-result")


def execute_query(ref: MessageRef, attachment_id: str | None) -> Request:
    """Run the stored SQL again; this asks no question, but it costs warehouse time."""
    return Request("POST", f"{_attachment(ref, attachment_id)}/execute-query", body={}, once=True)


def get_space(space_id: str) -> Request:
    """Get the title and description of a space."""
    return Request("GET", _space(space_id))


def list_conversations(space_id: str, page_token: str = "") -> Request:
    """List the caller's own conversations, newest first."""
    return Request("GET", f"{_space(space_id)}/conversations", _page(page_token))


def list_messages(space_id: str, conversation_id: str, page_token: str = "") -> Request:
    """List the messages of a conversation, newest first."""
    return Request("GET", f"{_conversation(space_id, conversation_id)}/messages", _page(page_token))


def next_chunk(statement_id: str | None, index: int | None, link: str) -> Request | None:
    """Get a later chunk of rows: by the server's link if it stays on the host, else by number, else None."""
    if _stays(link):
        return Request("GET", link)
    if statement_id and index is not None:
        path = f"/api/2.0/sql/statements/{quote(statement_id, safe='')}/result/chunks/{index}"
        return Request("GET", path)
    return None


def _stays(link: str) -> bool:
    """Tell whether a link is a plain path below the API, so that our token cannot be led elsewhere."""
    if not (link.startswith("/api/2.0/") and link.isascii() and link.isprintable()) or " " in link:
        return False
    path = urlsplit(link).path
    return "\\" not in link and "#" not in link and not {".", "..", ""} & set(unquote(path).split("/")[1:])
