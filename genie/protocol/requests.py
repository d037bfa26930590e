"""The requests that we make to Databricks, as data.

Vendor's pages: https://docs.databricks.com/api/workspace/genie and .../api/workspace/statementexecution
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from genie.errors import BadRequest
from genie.model import MessageRef, Rating

PAGE_SIZE = 100
"""The largest page that the list endpoints give."""

MAX_BYTES = 64 << 20
"""The largest reply with rows that is read; Genie's own limit for them is about half of it."""

_MAX_BYTES_WITHOUT_ROWS = 16 << 20

_MAX_IMAGE_BYTES = 8 << 20
_SPACES = "/api/2.0/genie/spaces"


_NAMED = frozenset(
    {
        *("spaces", "conversations", "messages", "attachments", "comments", "statements", "chunks"),
        *("start-conversation", "query-result", "execute-query", "downloads", "download-visualization"),
        *("feedback", "list-comments", "serving-endpoints", "invocations", "tables", "tags", "warehouses"),
        *("responses", "items", "cancel"),
    }
)
"""Parts of a path that are no id."""


class Expected(Enum):
    """What a success brings, with the media type to ask for."""

    JSON = "application/json"
    BYTES = "application/octet-stream"
    EVENTS = "text/event-stream"
    NOTHING = "*/*"


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `path` is already percent-encoded and may end in a query, `body` goes out as JSON."""

    method: str
    path: str = field(repr=False)  # a link of the server's may hold a signature
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    once: bool = False
    """It starts something: when its fate is unknown it must not be sent again."""
    expected: Expected = Expected.JSON
    max_bytes: int = _MAX_BYTES_WITHOUT_ROWS
    """Bytes of a reply, decompressed, that are read."""
    rows: bool = False
    """Its reply may hold thousands of rows."""
    with_headers: bool = False
    """The headers of a JSON reply say something: its decoder gets the pair of body and headers."""
    agent_mode: bool = False
    """A workspace that has no agent mode refuses it."""

    @property
    def operation(self) -> str:
        """Method and kind of path, without ids: one of a few texts, for counting."""
        parts = self.path.partition("?")[0].split("/")
        place = max((at for at, part in enumerate(parts) if part in _NAMED), default=0)
        return f"{self.method} {parts[place] or '*'}{'/*' if parts[place + 1 :] else ''}"


def path_part(an_id: str) -> str:
    """Return an id as one part of a path; BadRequest for one that would make it another path."""
    if an_id in {"", ".", ".."}:
        raise BadRequest("an id is empty or cannot be one")
    return quote(an_id, safe="", errors="replace")


def _space(space_id: str) -> str:
    return f"{_SPACES}/{path_part(space_id)}"


def _conversation(space_id: str, conversation_id: str) -> str:
    return f"{_space(space_id)}/conversations/{path_part(conversation_id)}"


def _message(ref: MessageRef) -> str:
    return f"{_conversation(ref.space_id, ref.conversation_id)}/messages/{path_part(ref.message_id)}"


def _attachment(ref: MessageRef, attachment_id: str | None) -> str:
    """Return the place of a query; the preview had one per message, without an id."""
    if attachment_id is None:
        return _message(ref)
    return f"{_message(ref)}/attachments/{path_part(attachment_id)}"


def _question(content: str, *, visualization: bool) -> dict[str, Any]:
    if not content.strip():
        raise BadRequest("the question is empty")
    return {"content": content} | ({"enable_visualization": True} if visualization else {})


def _page(page_token: str) -> dict[str, str]:
    page = {"page_size": str(PAGE_SIZE)}
    return page | {"page_token": page_token} if page_token else page


def start_conversation(space_id: str, content: str, *, visualization: bool = False) -> Request:
    """Ask the first question of a new conversation."""
    body = _question(content, visualization=visualization)
    return Request("POST", f"{_space(space_id)}/start-conversation", body=body, once=True)


def create_message(
    space_id: str, conversation_id: str, content: str, *, visualization: bool = False
) -> Request:
    """Ask a follow-up question."""
    body = _question(content, visualization=visualization)
    return Request("POST", f"{_conversation(space_id, conversation_id)}/messages", body=body, once=True)


def get_message(ref: MessageRef) -> Request:
    """Poll a message."""
    return Request("GET", _message(ref))


def query_result(ref: MessageRef, attachment_id: str | None) -> Request:
    """Get the state of a query and the first chunk of its rows."""
    return Request("GET", f"{_attachment(ref, attachment_id)}/query-result", max_bytes=MAX_BYTES, rows=True)


def execute_query(ref: MessageRef, attachment_id: str | None) -> Request:
    """Run the stored SQL again; this asks no question, but it costs warehouse time."""
    return Request("POST", f"{_attachment(ref, attachment_id)}/execute-query", body={}, once=True)


def start_download(ref: MessageRef, attachment_id: str) -> Request:
    """Start the export of a full result, which runs the SQL again."""
    return Request("POST", f"{_attachment(ref, attachment_id)}/downloads", body={}, once=True)


def get_download(ref: MessageRef, attachment_id: str, download_id: str, signature: str) -> Request:
    """Poll an export."""
    path = f"{_attachment(ref, attachment_id)}/downloads/{path_part(download_id)}"
    return Request("GET", path, {"download_id_signature": signature} if signature else {})


def download_visualization(ref: MessageRef, attachment_id: str) -> Request:
    """Get a chart as PNG."""
    path = f"{_attachment(ref, attachment_id)}/download-visualization"
    return Request("GET", path, expected=Expected.BYTES, max_bytes=_MAX_IMAGE_BYTES)


def send_feedback(ref: MessageRef, rating: Rating, comment: str = "") -> Request:
    """Rate an answer; a later rating takes the place of an earlier one, so it may be sent again."""
    body = {"rating": rating.value} | ({"comment": comment} if comment else {})
    return Request("POST", f"{_message(ref)}/feedback", body=body, expected=Expected.NOTHING)


def create_comment(ref: MessageRef, content: str) -> Request:
    """Comment on a message; each request makes another comment."""
    return Request("POST", f"{_message(ref)}/comments", body={"content": content}, once=True)


def delete_conversation(space_id: str, conversation_id: str) -> Request:
    """Delete a conversation with its messages."""
    return Request("DELETE", _conversation(space_id, conversation_id), expected=Expected.NOTHING)


def delete_message(ref: MessageRef) -> Request:
    """Delete a message."""
    return Request("DELETE", _message(ref), expected=Expected.NOTHING)


def get_space(space_id: str, *, serialized: bool = False) -> Request:
    """Get the title and description of a space; `serialized`, its definition, needs CAN EDIT."""
    return Request("GET", _space(space_id), {"include_serialized_space": "true"} if serialized else {})


def list_spaces(page_token: str = "") -> Request:
    """List the spaces that the caller can see."""
    return Request("GET", _SPACES, _page(page_token))


def list_conversations(space_id: str, page_token: str = "", *, include_all: bool = False) -> Request:
    """List the caller's own conversations or, for those who may manage the space, everybody's."""
    everybody = {"include_all": "true"} if include_all else {}
    return Request("GET", f"{_space(space_id)}/conversations", _page(page_token) | everybody)


def list_messages(space_id: str, conversation_id: str, page_token: str = "") -> Request:
    """List the messages of a conversation, newest first."""
    return Request("GET", f"{_conversation(space_id, conversation_id)}/messages", _page(page_token))


def list_comments(ref: MessageRef, page_token: str = "") -> Request:
    """List the comments on a message."""
    return Request("GET", f"{_message(ref)}/comments", _page(page_token))


def list_conversation_comments(space_id: str, conversation_id: str, page_token: str = "") -> Request:
    """List the comments on all messages of a conversation."""
    return Request("GET", f"{_conversation(space_id, conversation_id)}/list-comments", _page(page_token))


def next_chunk(statement_id: str | None, index: int | None, link: str) -> Request | None:
    """Get a later chunk of rows: by the server's link if it stays on the host, else by number, else None."""
    if _stays(link):
        return Request("GET", link, max_bytes=MAX_BYTES, rows=True)
    if statement_id and index is not None:
        path = f"/api/2.0/sql/statements/{quote(statement_id, safe='')}/result/chunks/{index}"
        return Request("GET", path, max_bytes=MAX_BYTES, rows=True)
    return None


_MAX_LINK_LENGTH = 4_000
"""Of a link, in characters; a reader of chunks remembers the links it has seen."""


def _stays(link: str) -> bool:
    """Tell whether a link is a plain path below the API, so that our token cannot be led elsewhere."""
    if (
        len(link) > _MAX_LINK_LENGTH
        or not (link.startswith("/api/2.0/") and link.isascii() and link.isprintable())
        or " " in link
    ):
        return False
    path = urlsplit(link).path
    return "\\" not in link and "#" not in link and not {".", "..", ""} & set(unquote(path).split("/")[1:])
