"""The Genie Conversation API of one workspace, asynchronous.

Every method raises GenieError and nothing else; see `genie.errors` for what to do about which.
Vendor's page: https://docs.databricks.com/api/workspace/genie
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import replace
from functools import partial
from urllib.parse import quote

import aiohttp

from genie.agent_model import ResponseEvent, ResponseRef, ResponseState
from genie.calls import agent_mode
from genie.calls.download import download
from genie.calls.exports import Ticket, get_export, start_export
from genie.calls.find_question import KnownIds, find_question
from genie.calls.model_serving import TIMEOUTS, Serving
from genie.calls.paging import listed
from genie.calls.rows import execute, fetch_rows
from genie.calls.unity_catalog import table_details
from genie.calls.workspace import Workspace
from genie.http.auth import Auth
from genie.http.host import host_url
from genie.http.read_reply import LargeReplyBackend
from genie.http.transport import Exchange, Timeouts, Transport
from genie.model import (
    Comment,
    Conversation,
    Message,
    MessageRef,
    Query,
    Rating,
    Space,
    Table,
    TableDetails,
    TableName,
)
from genie.protocol import messages, png, requests, unity_catalog
from genie.protocol.agent.events import EventDecoder
from genie.protocol.agent.requests import cancel_response, create_response
from genie.protocol.links import Export, ExternalLink

MAX_COMMENT_LENGTH = 5_000
"""Of a comment on feedback, in characters."""


class Genie:
    """One workspace, called as one identity; any number of calls at a time.

    `http` is the caller's to close. `pace` is awaited before every request that is not a question, to keep
    a budget of requests that several processes share.

    Lists come in pages of 100, each read when the first of its items is wanted. While a list is read, items
    may be added or deleted: an item can come twice or be missed.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        host: str,
        auth: Auth,
        *,
        pace: Callable[[], Awaitable[None]] | None = None,
        timeouts: Timeouts | None = None,
        workspace_id: str | None = None,
        large: LargeReplyBackend | None = None,
        observe: Callable[[Exchange], None] | None = None,
        user_agent: str = "genie-slack-bot/0.1",
    ) -> None:
        self._workspace_id = workspace_id
        headers = {"User-Agent": user_agent}
        if workspace_id:
            headers["X-Databricks-Workspace-Id"] = workspace_id
        self._transport = Transport(
            http, host_url(host), auth, headers, pace, timeouts or Timeouts(), large=large, observe=observe
        )

    async def ask(self, space_id: str, content: str, *, visualization: bool = False) -> MessageRef:
        """Ask the first question of a new conversation; never sent twice.

        NotSent and the Refused family: it was not asked. Ambiguous, or being cancelled: it may have been,
        so `find` it before asking again. `visualization` asks for a chart too; a workspace that does not
        know that answers BadRequest. To ask again without it is the caller's, since each POST counts as a
        question in the workspace's limit.
        """
        return await self._transport.ask(
            requests.start_conversation(space_id, content, visualization=visualization),
            lambda reply: messages.started(reply, space_id),
        )

    async def follow_up(
        self, space_id: str, conversation_id: str, content: str, *, visualization: bool = False
    ) -> MessageRef:
        """Ask in an existing conversation; as `ask`, and NotFound when the conversation is gone."""
        return await self._transport.ask(
            requests.create_message(space_id, conversation_id, content, visualization=visualization),
            lambda reply: messages.followed_up(reply, space_id, conversation_id),
        )

    async def message(self, ref: MessageRef) -> Message:
        """Poll a question; `genie.polling` says when to poll again while it is not final."""
        return await self._transport.read(
            requests.get_message(ref), lambda reply: messages.message(reply, ref)
        )

    async def find(
        self,
        space_id: str,
        conversation_id: str | None,
        content: str,
        since: float,
        *,
        known: KnownIds | None = None,
    ) -> tuple[MessageRef, ...]:
        """Find messages with the same words created at or after `since`, newest first.

        In the given conversation or, for None, among the questions that opened the caller's conversations.
        `since` is in seconds since 1970 by the server's clock: leave room for the difference to yours.
        `known` is given ids of conversations and returns those that cannot be it, which spares reading them.
        Unavailable when too many are left to read: not to know is not the same as not to find.
        """
        return await find_question(self._transport, space_id, conversation_id, content, since, known)

    def research(
        self, space_id: str, content: str, conversation_id: str = "", *, visualization: bool = False
    ) -> AsyncGenerator[ResponseEvent]:
        """Ask in agent mode, once, and yield what happens until the run has ended, which takes minutes.

        Until ResponseCreated comes, errors are those of `ask`, and AgentModeOff: Ambiguous, or being
        cancelled, means that a run may have begun, so `find_responses`. After it StreamBroken says that the
        run goes on untold: look it up by `response_items` or `response_message`. The last event is
        ResponseEnded. A caller that does not read to the end closes it (`contextlib.aclosing`), which does
        not end the run. A conversation of chat mode cannot be continued in agent mode, nor the other way.
        """
        request = create_response(space_id, content, conversation_id, visualization=visualization)
        return agent_mode.research(self._transport, request, EventDecoder(space_id, conversation_id))

    async def response_items(
        self, ref: ResponseRef, content: str = "", known: KnownIds | None = None
    ) -> ResponseState:
        """Read how far a run of agent mode is and what it gave so far; NotFound in some workspaces.

        Its question, and which are `known` as others, tell it where the items do not name responses.
        """
        return await agent_mode.response_state(self._transport, ref, content, known)

    async def response_message(
        self, ref: ResponseRef, since: float, known: KnownIds | None = None
    ) -> Message | None:
        """Read a run of agent mode as a message, whose queries have rows, exports and charts.

        That view comes some seconds after the events: None while there is none since then.
        """
        return await agent_mode.response_message(self._transport, ref, since, known)

    async def cancel_response(self, ref: ResponseRef) -> None:
        """Have Genie end a run of agent mode at its next step; it may be asked again until that is so."""
        await self._transport.read(cancel_response(ref), lambda _nothing: None)

    async def find_responses(
        self,
        space_id: str,
        content: str,
        since: float,
        known: KnownIds | None = None,
        *,
        conversation_id: str = "",
    ) -> tuple[ResponseRef, ...]:
        """Find runs that these words began at or after `since`, as `find` does, newest first.

        Their `response_id` is that of their question or message: a run is looked up by it, perhaps cancelled.
        """
        return await agent_mode.find_responses(
            self._transport, space_id, content, since, known=known, conversation_id=conversation_id
        )

    async def rows(self, ref: MessageRef, query: Query, *, expired: bool = False) -> Table:
        """Fetch the rows of a query, at most 5,000; only once its message is COMPLETED or expired.

        `expired`: the message's status is QUERY_RESULT_EXPIRED, so the SQL is run again first. A result
        that turns out to be gone is run again too. StatementFailed when the SQL did not succeed.
        """
        return await fetch_rows(self._transport, ref, query, expired=expired)

    async def execute(self, ref: MessageRef, query: Query) -> None:
        """Run the stored SQL of a query again, which asks no question; `rows` waits for its end."""
        await execute(self._transport, ref, query)

    async def visualization(self, ref: MessageRef, attachment_id: str) -> bytes:
        """Get a chart that Genie drew, as PNG; only once its message is COMPLETED."""
        return await self._transport.read(requests.download_visualization(ref, attachment_id), png.checked)

    async def start_export(self, ref: MessageRef, query: Query) -> Ticket:
        """Run the SQL again for its full result, beyond 5,000 rows; `export` says where it is."""
        return await start_export(self._transport, ref, query)

    async def export(self, ref: MessageRef, query: Query, ticket: Ticket) -> Export:
        """Wait for an export; `download` each of its links soon. Called again, it signs the links anew."""
        return await get_export(self._transport, ref, query, ticket)

    def download(self, link: ExternalLink) -> AsyncGenerator[bytes, None]:
        """Yield the bytes behind a link of an export, 1 GiB at most; nothing of ours is sent along.

        LinkExpired when the link is not valid any more. An error may come after some of the bytes. A caller
        that does not read to the end closes it (`contextlib.aclosing`).
        """
        transport = self._transport
        return download(transport.http, link, plain=transport.host.startswith("http://"))

    async def feedback(self, ref: MessageRef, rating: Rating, comment: str = "") -> None:
        """Rate an answer, in place of an earlier rating; a comment is cut at 5,000 characters.

        Sent again after trouble: the rating stays one, and a comment twice is better than none.
        """
        request = requests.send_feedback(ref, rating, comment[:MAX_COMMENT_LENGTH])
        await self._transport.read(request, lambda _nothing: None)

    async def comment(self, ref: MessageRef, content: str) -> Comment:
        """Comment on a message. Ambiguous: it may be there; sent again it would be there twice."""
        return await self._transport.read(
            requests.create_comment(ref, content), lambda reply: messages.comment(reply, ref)
        )

    def serving(self, endpoint: str) -> Serving:
        """Return a client of a model serving endpoint in the same workspace, as the same identity."""
        return Serving(replace(self._transport, timeouts=TIMEOUTS), endpoint)

    def workspace(self) -> Workspace:
        """Return what the same identity may see of the workspace around Genie."""
        return Workspace(self._transport)

    async def space(self, space_id: str, *, with_definition: bool = False) -> Space:
        """Get a space; the cheapest way to learn whether we may use it. Its definition needs CAN EDIT."""
        return await self._transport.read(
            requests.get_space(space_id, serialized=with_definition),
            lambda reply: messages.space(reply, space_id),
        )

    def spaces(self) -> AsyncIterator[Space]:
        """List the spaces that the caller can see."""
        return listed(self._transport, requests.list_spaces, messages.spaces)

    def conversations(self, space_id: str, *, include_all: bool = False) -> AsyncIterator[Conversation]:
        """List the caller's own conversations, newest first; `include_all` needs CAN MANAGE."""
        return listed(
            self._transport,
            partial(requests.list_conversations, space_id, include_all=include_all),
            messages.conversations,
        )

    def messages(self, space_id: str, conversation_id: str) -> AsyncIterator[Message]:
        """List the messages of a conversation, newest first."""
        return listed(
            self._transport,
            partial(requests.list_messages, space_id, conversation_id),
            partial(messages.messages, space_id=space_id, conversation_id=conversation_id),
        )

    def comments(self, ref: MessageRef) -> AsyncIterator[Comment]:
        """List the comments on a message."""
        return listed(
            self._transport,
            partial(requests.list_comments, ref),
            partial(messages.comments, space_id=ref.space_id, conversation_id=ref.conversation_id),
        )

    def conversation_comments(self, space_id: str, conversation_id: str) -> AsyncIterator[Comment]:
        """List the comments on all messages of a conversation."""
        return listed(
            self._transport,
            partial(requests.list_conversation_comments, space_id, conversation_id),
            partial(messages.comments, space_id=space_id, conversation_id=conversation_id),
        )

    def conversation_url(self, space_id: str, conversation_id: str) -> str:
        """Return the address of a conversation's page in Databricks."""
        room, chat = quote(space_id, safe=""), quote(conversation_id, safe="")
        return f"{self._transport.host}/genie/rooms/{room}/chats/{chat}"

    async def table_details(self, name: TableName) -> TableDetails:
        """Read what Unity Catalog notes about a table; Forbidden or NotFound without a right to it."""
        return await table_details(self._transport, name)

    def table_url(self, name: TableName) -> str:
        """Return the address of a table's page in Databricks."""
        return unity_catalog.table_page(self._transport.host, name, self._workspace_id)

    async def delete_conversation(self, space_id: str, conversation_id: str) -> None:
        """Delete a conversation; NotFound says that it is gone already."""
        request = requests.delete_conversation(space_id, conversation_id)
        await self._transport.read(request, lambda _nothing: None)

    async def delete_message(self, ref: MessageRef) -> None:
        """Delete a message; NotFound says that it is gone already."""
        await self._transport.read(requests.delete_message(ref), lambda _nothing: None)
