"""Slack's Socket Mode, kept alive.

The SDK's client (3.48) retries a refused address for ever, and its reconnect can get stuck; a watchdog makes
it ask for a new address, and replaces the client when that does not help, for as long as Slack is away.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.slack.api import SlackRefused, SlackSignedOut, SlackUnavailable, ask_slack
from bot.store.availability.processes import Connections, ProcessStore
from bot.store.questions import NotStored

log = logging.getLogger(__name__)
sdk_log = logging.getLogger("slack_sdk.socket_mode.client")
sdk_log.setLevel(logging.CRITICAL + 1)
"""While Slack is away it has a traceback each few seconds; the watchdog says what there is to know."""

SOON = 0.05
"""Seconds between two checks while the first connection is being made."""
DOUBT_SECONDS = 60.0
"""For which Slack may count a connection that broke."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The watchdog's times, in seconds."""

    check: float = 1.0
    """Between two checks of the connection; a close may take twice that."""
    first: float = 10.0
    """For the first connection, before the bot goes on without."""
    rebuild: float = 20.0
    """Without a connection, until the client is replaced, and between two replacements."""
    ping: float = 3.0
    """Between two pings; after four unanswered ones, or a socket that closed, the client connects anew."""


class ConnectionLost(Exception):  # noqa: N818 - named for what happened
    """There is no Socket Mode connection to Slack now."""


OnHello = Callable[[int], Awaitable[None]]


class ConnectionCount:
    """Keeps, and logs, when the app has more connections than we have processes: others take its events.

    Slack counts a connection that broke for a while. So of connections after a process's first one it takes
    two in a row, a minute apart, that find too many.
    """

    def __init__(self, processes: ProcessStore, doubt: float = DOUBT_SECONDS) -> None:
        """Compare with the `processes` that live; `doubt` is the time between two such connections."""
        self._processes, self._doubt = processes, doubt
        self._too_many_since: float | None = -math.inf

    async def hear(self, connections: int) -> None:
        """Take what Slack counts at the beginning of a connection."""
        try:
            living = await self._processes.beat()
        except NotStored:
            return
        strangers = self._are_strangers(connections, living)
        if strangers:
            log.warning("socket_mode.strangers", extra={"connections": connections, "processes": living})
        with contextlib.suppress(NotStored):
            await self._processes.note_connections(Connections(connections, living, strangers))

    def _are_strangers(self, connections: int, living: int) -> bool:
        if connections <= living:
            self._too_many_since = None
        elif self._too_many_since is None:
            self._too_many_since = time.monotonic()
        else:
            return time.monotonic() - self._too_many_since >= self._doubt
        return False


class SocketMode:
    """One connection to Slack and the watchdog over it."""

    def __init__(
        self, app: AsyncApp, app_token: str, on_hello: OnHello, timeouts: Timeouts | None = None
    ) -> None:
        """Deliver what Slack sends to `app`; `on_hello` hears how many connections the app has."""
        self._on_hello = on_hello
        self._app, self._app_token = app, app_token
        self._timeouts = timeouts or Timeouts()
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._down_since: float | None = time.monotonic()
        self._rebuilt_at = 0.0
        self._refused = False
        self._up = asyncio.Event()

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Keep a connection within the block, however long Slack is away.

        The block is entered with a connection, or without when that takes long: Slack keeps what it could not
        send for a while, and there may be work from before.
        """
        self._down_since = self._rebuilt_at = time.monotonic()
        try:
            async with asyncio.TaskGroup() as group:
                self._open()
                watching = group.create_task(self._watch())
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._timeouts.first):
                        await self._up.wait()
                try:
                    yield
                finally:
                    watching.cancel()
        finally:
            await self._close()

    async def ping(self) -> None:
        """Raise ConnectionLost while there is no connection."""
        if self._down_since is not None:
            raise ConnectionLost("no Socket Mode connection to Slack")

    async def _watch(self) -> None:
        while True:
            await self._check()
            await asyncio.sleep(self._timeouts.check if self._up.is_set() else SOON)

    async def _check(self) -> None:
        handler, now = self._handler, time.monotonic()
        if handler and await handler.client.is_connected():
            self._mark_up()
            return
        if self._down_since is None:
            self._down_since = self._rebuilt_at = now
            log.warning("socket_mode.down")
        if now - self._rebuilt_at > self._timeouts.rebuild:
            self._rebuilt_at = now
            log.debug("socket_mode.rebuild")
            await self._say_if_refused()
            await self._close()
            self._open()
        elif handler:
            handler.client.wss_uri = None  # or it would try a refused address for ever

    async def _say_if_refused(self) -> None:
        """Say once whether it is our token that Slack refuses: that is for an operator to mend."""
        call = self._app.client.apps_connections_open(app_token=self._app_token)
        try:
            await ask_slack(call, self._timeouts.first)
        except SlackUnavailable:
            return
        except (SlackRefused, SlackSignedOut) as refused:
            if not self._refused:
                log.error("socket_mode.refused", extra={"slack": refused.code})  # noqa: TRY400 - no fault of ours
            self._refused = True

    def _mark_up(self) -> None:
        self._refused = False
        if self._down_since is not None and self._up.is_set():
            log.warning("socket_mode.up", extra={"seconds": round(time.monotonic() - self._down_since, 1)})
        self._down_since = None
        self._up.set()

    def _open(self) -> None:
        """Build a client and let it connect by itself, since that may hang for ever."""
        self._handler = AsyncSocketModeHandler(
            self._app, self._app_token, logger=sdk_log, ping_interval=self._timeouts.ping
        )
        self._handler.client.message_listeners.append(self._on_message)
        self._connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]  # as Bolt has it

    async def _on_message(self, _client: object, message: dict[str, Any], _raw: str | None = None) -> None:
        if message.get("type") == "hello" and isinstance(connections := message.get("num_connections"), int):
            await self._on_hello(connections)

    async def _close(self) -> None:
        """End the client and all that it left running, whatever state it is in."""
        handler, self._handler = self._handler, None
        if not handler:
            return
        client = handler.client
        # The SDK closes its socket first, and when that hangs nothing else.
        with contextlib.suppress(Exception):
            async with asyncio.timeout(2 * self._timeouts.check):
                await handler.close_async()  # type: ignore[no-untyped-call]
        running = (client.message_processor, client.message_receiver, client.current_session_monitor)
        tasks = [task for task in (self._connecting, *running) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.aiohttp_client_session.close()
