"""Find a question in Genie whose POST ended without a clear reply, so that it is not asked twice.

Vendor's pages: https://docs.databricks.com/api/workspace/genie (listconversations, listconversationmessages)
"""

import math
import unicodedata
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any, TypeVar

from genie.calls.paging import pages
from genie.errors import NotFound, Unavailable
from genie.http.transport import Transport
from genie.model import Conversation, Message, MessageRef
from genie.protocol import messages, requests
from genie.protocol.messages import Page
from genie.protocol.requests import Request

_MAX_PAGES = 10
_MAX_CONVERSATIONS = 50

KnownConversations = Callable[[Sequence[str]], Awaitable[Collection[str]]]
"""Returns those of some conversations that cannot hold the question."""

Item = TypeVar("Item", Conversation, Message)


async def find_question(
    transport: Transport,
    space_id: str,
    conversation_id: str | None,
    content: str,
    since: float,
    known: KnownConversations | None = None,
) -> tuple[MessageRef, ...]:
    """Return the messages with the same words created at or after `since`, newest first."""
    if conversation_id is not None:
        candidates = await _messages(transport, space_id, conversation_id, since)
    else:
        candidates = await _first_messages(transport, space_id, since, known)
    wanted = _words(content)
    found = [item for item in candidates if _words(item.content) == wanted]
    found.sort(key=_created, reverse=True)
    return tuple(item.ref for item in found)


async def _first_messages(
    transport: Transport, space_id: str, since: float, known: KnownConversations | None
) -> list[Message]:
    """Return the message that opened each of the caller's conversations since then."""
    conversations = await _recent(
        transport, lambda token: requests.list_conversations(space_id, token), messages.conversations, since
    )
    ids = [each.conversation_id for each in conversations]
    others = await known(ids) if known else ()
    unread = [each for each in ids if each not in others]
    if len(unread) > _MAX_CONVERSATIONS or len(ids) >= _MAX_PAGES * requests.PAGE_SIZE:
        raise Unavailable("too many conversations could hold the question")
    first: list[Message] = []
    for conversation_id in unread:
        try:
            recent = await _messages(transport, space_id, conversation_id, since)
        except NotFound:  # deleted meanwhile
            continue
        if recent:
            # Of several at the same time the last of the list, which is newest first.
            first.append(min(reversed(recent), key=_created))
    return first


async def _messages(transport: Transport, space_id: str, conversation_id: str, since: float) -> list[Message]:
    return await _recent(
        transport,
        lambda token: requests.list_messages(space_id, conversation_id, token),
        lambda reply: messages.messages(reply, space_id, conversation_id),
        since,
    )


async def _recent(
    transport: Transport,
    request: Callable[[str], Request],
    decode: Callable[[Any], Page[Item]],
    since: float,
) -> list[Item]:
    """Return what was created since then, page by page until a page holds nothing but older things.

    An item without a time counts as recent: a question taken for asked costs less than one asked twice.
    """
    found: list[Item] = []
    horizon = math.floor(since)  # the server may count in whole seconds
    async for items in pages(transport, request, decode, _MAX_PAGES):
        recent = [item for item in items if item.created_at is None or item.created_at >= horizon]
        found += recent
        if not recent:
            break
    return found


def _words(content: str) -> list[str]:
    """Return what makes a question the same: spaces, line ends and the spelling of accents may change."""
    return unicodedata.normalize("NFC", content).split()


def _created(item: Message) -> float:
    return math.inf if item.created_at is None else item.created_at
