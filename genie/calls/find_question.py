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
_OTHER_MODE = {False: "_AGENT", True: "_CHAT"}
"""How the kind of a conversation ends that is of the other mode; one without a kind may be of either."""

KnownIds = Callable[[Sequence[str]], Awaitable[Collection[str]]]
"""Returns those of some conversations that cannot hold the question, or of some runs that are others'."""

Item = TypeVar("Item", Conversation, Message)


async def find_question(
    transport: Transport,
    space_id: str,
    conversation_id: str | None,
    content: str,
    since: float,
    known: KnownIds | None = None,
) -> tuple[MessageRef, ...]:
    """Return the messages with the same words created at or after `since`, newest first."""
    if conversation_id is not None:
        recent = await recent_messages(transport, space_id, conversation_id, since)
    else:
        recent = await _first_messages(transport, space_id, since, known)
    found = [item for item in recent if same_question(item.content, content)]
    found.sort(key=created, reverse=True)
    return tuple(item.ref for item in found)


async def _first_messages(
    transport: Transport, space_id: str, since: float, known: KnownIds | None
) -> list[Message]:
    """Return the message that opened each of the caller's conversations since then."""
    first: list[Message] = []
    for conversation_id in await candidates(transport, space_id, since, known, agent_mode=False):
        try:
            recent = await recent_messages(transport, space_id, conversation_id, since)
        except NotFound:  # deleted meanwhile
            continue
        if recent:
            # Of several at the same time the last of the list, which is newest first.
            first.append(min(reversed(recent), key=created))
    return first


async def candidates(
    transport: Transport,
    space_id: str,
    since: float,
    known: KnownIds | None,
    *,
    agent_mode: bool,
) -> list[str]:
    """Return the caller's conversations of one mode since then that can hold a lost question, newest first.

    Unavailable when they are too many to be read.
    """
    recent = await _recent(
        transport, lambda token: requests.list_conversations(space_id, token), messages.conversations, since
    )
    ids = [each.conversation_id for each in recent if not each.kind.endswith(_OTHER_MODE[agent_mode])]
    others = await known(ids) if known else ()
    unread = [each for each in ids if each not in others]
    if len(unread) > _MAX_CONVERSATIONS or len(recent) >= _MAX_PAGES * requests.PAGE_SIZE:
        raise Unavailable("too many conversations could hold the question")
    return unread


async def recent_messages(
    transport: Transport, space_id: str, conversation_id: str, since: float
) -> list[Message]:
    """Return the messages of a conversation since then."""
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


def same_question(one: str, other: str) -> bool:
    """Tell whether Genie was asked the same: spaces, line ends and the spelling of accents may change."""
    return _words(one) == _words(other)


def _words(content: str) -> list[str]:
    return unicodedata.normalize("NFC", content).split()


def created(item: Message) -> float:
    """Return when a message was created; one that does not say so is new."""
    return math.inf if item.created_at is None else item.created_at
