"""Reading a request: who calls, which message its path names, its body and its page."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from aiohttp import web

from sandbox.databricks.api.request_log import ABOUT
from sandbox.databricks.errors import DatabricksError, invalid, missing
from sandbox.databricks.genie.store import Conversation, Message, QueryAttachment, Space, Statement, Store
from sandbox.databricks.identities import Identity
from sandbox.databricks.oauth.tokens import IDENTITY

_PAGE, _LARGEST_PAGE = 20, 100
T = TypeVar("T")


def caller(request: web.Request) -> Identity:
    """Say who calls; known since the server let the request in."""
    return request[IDENTITY]


def found_space(request: web.Request, store: Store) -> Space:
    """Find the space that the path names, which the caller must have a right on."""
    space = store.space(request.match_info["space"])
    if not caller(request).rights.can_see(space.title):
        raise DatabricksError(
            403, "PERMISSION_DENIED", 'You need "Can View" permission to perform this action.'
        )
    return space


def found_conversation(request: web.Request, store: Store) -> Conversation:
    """Find the conversation that the path names."""
    return store.conversation(
        found_space(request, store), request.match_info["conversation"], caller(request)
    )


def found_message(request: web.Request, store: Store) -> Message:
    """Find the message that the path names."""
    message_id = request.match_info["message"]
    message = found_conversation(request, store).messages.get(message_id)
    if message is None:
        raise missing("Message", message_id)
    return message


def found_query(request: web.Request, message: Message) -> QueryAttachment:
    """Find the query that the path names, or the last one of the message where the path names none."""
    queries = [each for each in message.attachments if isinstance(each, QueryAttachment)]
    wanted = request.match_info.get("attachment")
    if wanted is not None:
        if any(wanted == each.attachment_id for each in message.attachments if each not in queries):
            raise invalid("The attachment holds no query.")
        queries = [each for each in queries if each.attachment_id == wanted]
    if not queries:
        raise missing("Attachment", wanted or "with a query")
    return queries[-1]


def owned(request: web.Request, statement: Statement) -> None:
    """Note which message a statement is run for, and refuse one of another identity."""
    request[ABOUT] = statement.about
    if statement.owner.name != caller(request).name:
        raise missing("Statement", statement.statement_id)


async def json_body(request: web.Request) -> dict[str, Any]:
    """Read the body, which must be a JSON object."""
    try:
        body = await request.json()
    except ValueError as error:
        raise DatabricksError(400, "MALFORMED_REQUEST", "Could not parse the request object.") from error
    if not isinstance(body, dict):
        raise DatabricksError(400, "MALFORMED_REQUEST", "The request must be a JSON object.")
    return body


def page(request: web.Request, everything: Sequence[T]) -> tuple[list[T], str]:
    """Cut one page out of a list; give it with the token of the next, empty at the end."""
    size = _number(request.query.get("page_size") or str(_PAGE), str)
    start = _number(request.query.get("page_token", ""), _decoded)
    if not 0 < size <= _LARGEST_PAGE:
        raise invalid(f"page_size must be between 1 and {_LARGEST_PAGE}.")
    if start < 0:
        raise invalid("page_token is invalid.")
    end = start + size
    token = base64.urlsafe_b64encode(json.dumps({"offset": end}).encode()).decode().rstrip("=")
    return list(everything[start:end]), token if end < len(everything) else ""


def _decoded(token: str) -> str:
    return (
        str(json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))["offset"]) if token else "0"
    )


def _number(text: str, read: Callable[[str], str]) -> int:
    try:
        return int(read(text))
    except (ValueError, KeyError, TypeError) as error:
        raise invalid("page_size or page_token is invalid.") from error
