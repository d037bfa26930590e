"""The Genie Conversation API of one workspace, asynchronous.

Every method raises GenieError and nothing else; see `genie.errors` for what to do about which.
Vendor's page: https://docs.databricks.com/api/workspace/genie
"""

from collections.abc import Awaitable, Callable

import aiohttp

from genie import decoding, requests
from genie.auth import Auth
from genie.host import host_url
from genie.lookup import find_message
from genie.model import Message, MessageRef, Query, Space, Table
from genie.rows import fetch_rows
from genie.transport import Patience, Transport


class Genie:
    """Ask, look, fetch. One instance for one workspace and one identity; any number of calls at a time.

    `http` is the caller's to close. `pace` is awaited before every request that is not a question, to keep
    a budget of requests that several processes share.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        host: str,
        auth: Auth,
        *,
        pace: Callable[[], Awaitable[None]] | None = None,
        patience: Patience | None = None,
        workspace_id: str | None = None,
        user_agent: str = "genie-slack-bot/0.1",
    ) -> None:
        headers = {"User-Agent": user_agent}
        if workspace_id:
            headers["X-Databricks-Workspace-Id"] = workspace_id
        self._transport = Transport(
            http, host_url(host), auth, headers, pace or _unpaced, patience or Patience()
        )

    async def ask(self, space_id: str, content: str) -> MessageRef:
        """Ask the first question of a new conversation; never sent twice.

        NotSent and the Refused family: it was not asked. Ambiguous, or being cancelled: it may have been,
        so `find` it before asking again.
        """
        return await self._transport.ask(
            requests.start_conversation(space_id, content), lambda reply: decoding.started(reply, space_id)
        )

    async def follow_up(self, space_id: str, conversation_id: str, content: str) -> MessageRef:
        """Ask in an existing conversation; as `ask`, and NotFound when the conversation is gone."""
        return await self._transport.ask(
            requests.create_message(space_id, conversation_id, content),
            lambda reply: decoding.followed_up(reply, space_id, conversation_id),
        )

    async def message(self, ref: MessageRef) -> Message:
        """Look at a question; `genie.polling` says when to look again while it is not final."""
        return await self._transport.read(
            requests.get_message(ref), lambda reply: decoding.message(reply, ref)
        )

    async def rows(self, ref: MessageRef, query: Query, *, expired: bool = False) -> Table:
        """Fetch the rows of a query, at most 5,000; only once its message is COMPLETED or expired.

        `expired`: the message's status is QUERY_RESULT_EXPIRED, so the SQL is run again first. A result
        that turns out to be gone is run again too. StatementFailed when the SQL did not succeed.
        """
        return await fetch_rows(self._transport, ref, query, expired=expired)

    async def space(self, space_id: str) -> Space:
        """Get a space; also the cheapest way to learn whether we may use it."""
        return await self._transport.read(
            requests.get_space(space_id), lambda reply: decoding.space(reply, space_id)
        )

    async def find(
        self, space_id: str, conversation_id: str | None, content: str, since: float
    ) -> tuple[MessageRef, ...]:
        """Find messages with exactly this content created at or after `since`, newest first.

        In the given conversation or, for None, among the questions that opened the caller's conversations.
        `since` is in seconds since 1970 by the server's clock: leave room for the difference to yours.
        """
        return await find_message(self._transport, space_id, conversation_id, content, since)


async def _unpaced() -> None:
    return
