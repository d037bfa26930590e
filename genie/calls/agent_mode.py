"""Agent mode: a run that is asked for once and followed, its stored state, its end on request.

Vendor's page: https://docs.databricks.com/api/workspace/genie (agent mode)
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from genie.agent_model import ResponseEvent, ResponseRef, ResponseState
from genie.calls.find_question import (
    KnownIds,
    candidates,
    created,
    recent_messages,
    same_question,
)
from genie.errors import Ambiguous, NotFound, StreamBroken
from genie.http.stream import frames
from genie.http.transport import Transport
from genie.model import Message
from genie.protocol.agent import requests, transcript
from genie.protocol.agent.events import EventDecoder
from genie.protocol.agent.frames import Frame
from genie.protocol.agent.transcript import ItemsPage
from genie.protocol.requests import Request

_THREAD_FROM = 256 << 10
"""Frames larger than this are decoded in a thread, because the event loop must not wait for them."""

_MAX_PAGES = 50
"""Of the items of a conversation, 100 each."""


async def research(
    transport: Transport, request: Request, decoder: EventDecoder
) -> AsyncGenerator[ResponseEvent]:
    """Begin a run once and yield its events up to its end, which is the last one."""
    with transport.observed(request.operation):
        try:
            async with aclosing(frames(transport, request)) as coming:
                async for frame in coming:
                    for event in await _decoded(decoder, frame):
                        yield event
                    if decoder.ended:
                        return
            decoder.finish()
        except StreamBroken as error:
            if decoder.ref is None:
                raise Ambiguous(str(error)) from error
            raise


async def _decoded(decoder: EventDecoder, frame: Frame) -> tuple[ResponseEvent, ...]:
    if len(frame.data) <= _THREAD_FROM:
        return decoder.decode(frame)
    return await asyncio.to_thread(decoder.decode, frame)


async def response_state(
    transport: Transport, ref: ResponseRef, content: str = "", known: KnownIds | None = None
) -> ResponseState:
    """Return how far a run is, from the items of its conversation; they may know its question alone."""
    pages = await _item_pages(transport, ref.space_id, ref.conversation_id)
    asked = transcript.questions([item for page in pages for item in page.items])
    others = await known([question.response_id for question in asked]) if known else ()
    return transcript.state(
        pages, ref.response_id, lambda words: bool(content) and same_question(words, content), others
    )


async def response_message(
    transport: Transport, ref: ResponseRef, since: float, known: KnownIds | None = None
) -> Message | None:
    """Return the message of a run in the view of chat mode: the newest since then, by time."""
    recent = await recent_messages(transport, ref.space_id, ref.conversation_id, since)
    others = await known([message.ref.message_id for message in recent]) if known else ()
    recent = [message for message in recent if message.ref.message_id not in others]
    named = [message for message in recent if message.ref.message_id == ref.response_id]
    return max(named or recent, key=created, default=None)


async def find_responses(
    transport: Transport,
    space_id: str,
    content: str,
    since: float,
    *,
    known: KnownIds | None = None,
    conversation_id: str = "",
) -> tuple[ResponseRef, ...]:
    """Return the runs that a question with these words began at or after `since`, newest first."""
    if conversation_id:
        asked = await recent_messages(transport, space_id, conversation_id, since)
        if not any(same_question(message.content, content) for message in asked):
            return ()
        return await _asked_in(transport, space_id, conversation_id, content, since)
    found: list[ResponseRef] = []
    for each in await candidates(transport, space_id, since, known, agent_mode=True):
        with suppress(NotFound):  # deleted meanwhile
            found += await _asked_in(transport, space_id, each, content, since)
    return tuple(found)


async def _asked_in(
    transport: Transport, space_id: str, conversation_id: str, content: str, since: float
) -> tuple[ResponseRef, ...]:
    """Return the last run of a conversation that these words began, or nothing."""
    try:
        pages = await _item_pages(transport, space_id, conversation_id)
        asked = transcript.questions([item for page in pages for item in page.items])
    except NotFound:
        # Not every workspace that has agent mode lists items: the view of chat mode has messages.
        messages = sorted(await recent_messages(transport, space_id, conversation_id, since), key=created)
        asked = tuple(transcript.Question(each.ref.message_id, each.content) for each in messages)
    ids = [question.response_id for question in asked if same_question(question.content, content)]
    return (ResponseRef(space_id, conversation_id, ids[-1]),) if ids else ()


async def _item_pages(transport: Transport, space_id: str, conversation_id: str) -> list[ItemsPage]:
    found: list[ItemsPage] = []
    after, seen = "", {""}
    for _ in range(_MAX_PAGES):
        page = await transport.read(requests.list_items(space_id, conversation_id, after), transcript.page)
        found.append(page)
        if page.after in seen:
            break
        after = page.after
        seen.add(after)
    return found
