"""Find a question in Genie whose POST ended without a clear reply, so that it is not asked twice.

Vendor's pages: https://docs.databricks.com/api/workspace/genie (listconversations, listconversationmessages)
"""

import math
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, TypeVar

from genie import decoding, requests
from genie.errors import NotFound
from genie.model import Conversation, Message, MessageRef
from genie.requests import Request
from genie.transport import Transport

_MAX_PAGES = 10
_MAX_CONVERSATIONS = 50

Item = TypeVar("Item", Conversation, Message)


async def find_message(
    transport: Transport, space_id: str, conversation_id: str | None, content: str, since: float
) -> tuple[MessageRef, ...]:
    """Return the messages with exactly this content created at or after `since`, newest first."""
    if conversation_id is not None:
        candidates = [item async for item in _messages(transport, space_id, conversation_id, since)]
    else:
        candidates = await _first_messages(transport, space_id, since)
    found = [item for item in candidates if item.content.strip() == content.strip()]
    found.sort(key=_age_key, reverse=True)
    return tuple(item.ref for item in found)


async def _first_messages(transport: Transport, space_id: str, since: float) -> list[Message]:
    """Return the message that opened each of the caller's conversations since then."""
    recent = _recent(
        transport, lambda token: requests.list_conversations(space_id, token), decoding.conversations, since
    )
    first: list[Message] = []
    seen = 0
    async for conversation in recent:
        seen += 1
        if seen > _MAX_CONVERSATIONS:
            break
        try:
            messages = [
                item async for item in _messages(transport, space_id, conversation.conversation_id, since)
            ]
        except NotFound:  # deleted meanwhile
            continue
        if messages:
            first.append(min(reversed(messages), key=_age_key))
    return first


def _messages(
    transport: Transport, space_id: str, conversation_id: str, since: float
) -> AsyncIterator[Message]:
    return _recent(
        transport,
        lambda token: requests.list_messages(space_id, conversation_id, token),
        lambda reply: decoding.messages(reply, space_id, conversation_id),
        since,
    )


async def _recent(
    transport: Transport,
    request: Callable[[str], Request],
    decode: Callable[[Any], tuple[Sequence[Item], str]],
    since: float,
) -> AsyncIterator[Item]:
    """Yield what was created since then, page by page, until a page holds nothing but older things.

    An item without a time counts as recent: a question taken for asked costs less than one asked twice.
    """
    token, horizon = "", math.floor(since)  # the server may count in whole seconds
    for _ in range(_MAX_PAGES):
        items, following = await transport.read(request(token), decode)
        recent = [item for item in items if item.created_at is None or item.created_at >= horizon]
        for item in recent:
            yield item
        if not recent or following in {"", token}:
            return
        token = following


def _age_key(item: Message) -> float:
    return math.inf if item.created_at is None else item.created_at
