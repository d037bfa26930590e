"""What there is in a workspace: spaces, conversations, messages, comments, and their page in the browser."""

from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import quote

from genie import decoding, requests
from genie.conversations import Comment, Conversation
from genie.model import Message, MessageRef, Space
from genie.paging import listed
from genie.transport import Transport


class Listings:
    """The part of `genie.client.Genie` that lists.

    Lists come in pages of 100, of which each is read when the first of its items is wanted. While one is
    read things may be added or deleted: an item can come twice or be missed.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def space(self, space_id: str) -> Space:
        """Get a space; also the cheapest way to learn whether we may use it."""
        return await self._transport.read(
            requests.get_space(space_id), lambda reply: decoding.space(reply, space_id)
        )

    def spaces(self) -> AsyncIterator[Space]:
        """List the spaces that the caller can see."""
        return listed(self._transport, requests.list_spaces, decoding.spaces)

    def conversations(self, space_id: str, *, include_all: bool = False) -> AsyncIterator[Conversation]:
        """List the caller's own conversations, newest first; everybody's needs CAN MANAGE."""
        return listed(
            self._transport,
            partial(requests.list_conversations, space_id, include_all=include_all),
            decoding.conversations,
        )

    def messages(self, space_id: str, conversation_id: str) -> AsyncIterator[Message]:
        """List the messages of a conversation, newest first."""
        return listed(
            self._transport,
            partial(requests.list_messages, space_id, conversation_id),
            partial(decoding.messages, space_id=space_id, conversation_id=conversation_id),
        )

    def comments(self, ref: MessageRef) -> AsyncIterator[Comment]:
        """List the comments on a message."""
        return listed(
            self._transport,
            partial(requests.list_comments, ref),
            partial(decoding.comments, space_id=ref.space_id, conversation_id=ref.conversation_id),
        )

    def conversation_comments(self, space_id: str, conversation_id: str) -> AsyncIterator[Comment]:
        """List the comments on all messages of a conversation."""
        return listed(
            self._transport,
            partial(requests.list_conversation_comments, space_id, conversation_id),
            partial(decoding.comments, space_id=space_id, conversation_id=conversation_id),
        )

    def conversation_url(self, space_id: str, conversation_id: str) -> str:
        """Return the address of a conversation's page in Databricks, for whoever may see it there."""
        room, chat = quote(space_id, safe=""), quote(conversation_id, safe="")
        return f"{self._transport.host}/genie/rooms/{room}/chats/{chat}"
