"""Slack's Socket Mode, kept alive.

The SDK's client (3.48) retries a refused address for ever, and its reconnect can get stuck; a watchdog makes
it ask for a new address, and replaces the client when that does not help.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.config.errors import StartupError

log = logging.getLogger(__name__)

SOON = 0.05
"""Seconds between two checks while the first connection is being made."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """The watchdog's times, in seconds."""

    check: float = 1.0
    """Between two checks of the connection; a close may take twice that."""
    first: float = 10.0
    """For the first connection, before the bot goes on without."""
    rebuild: float = 20.0
    """Without a connection, until the client is replaced, and between two replacements."""
    give_up: float = 300.0
    """Without a connection, until the bot ends so that the platform restarts it."""
    ping: float = 3.0
    """Between two pings; after four unanswered ones, or a socket that closed, the client connects anew."""


class ConnectionLost(StartupError):  # noqa: N818 - named for what happened
    """Slack cannot be reached over Socket Mode."""


class SocketMode:
    """One connection to Slack and the watchdog over it."""

    def __init__(self, app: AsyncApp, app_token: str, timeouts: Timeouts | None = None) -> None:
        """Deliver what Slack sends to `app`."""
        self._app, self._app_token = app, app_token
        self._timeouts = timeouts or Timeouts()
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._down_since: float | None = time.monotonic()
        self._rebuilt_at = 0.0
        self._up = asyncio.Event()

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Keep a connection within the block; ConnectionLost when there has been none for long.

        The block is entered with a connection, or without when that takes long: Slack keeps what it could not
        send for a while, and there may be work from before.
        """
        self._down_since = self._rebuilt_at = time.monotonic()
        try:
            async with asyncio.TaskGroup() as group:
                self._open()
                watching = group.create_task(self._watch())
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._up.wait(), self._timeouts.first)
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
        down = now - self._down_since
        if down > self._timeouts.give_up:
            raise ConnectionLost(
                f"Slack could not be reached over Socket Mode for {self._timeouts.give_up:.0f} seconds: "
                "check the network, and that SLACK_APP_TOKEN is valid and Socket Mode on for your app."
            )
        if now - self._rebuilt_at > self._timeouts.rebuild:
            self._rebuilt_at = now
            log.warning("socket_mode.rebuild")
            await self._close()
            self._open()
        elif handler:
            handler.client.wss_uri = None  # or it would try a refused address for ever

    def _mark_up(self) -> None:
        if self._down_since is not None and self._up.is_set():
            log.warning("socket_mode.up", extra={"seconds": round(time.monotonic() - self._down_since, 1)})
        self._down_since = None
        self._up.set()

    def _open(self) -> None:
        """Build a client and let it connect by itself, since that may hang for ever."""
        self._handler = AsyncSocketModeHandler(self._app, self._app_token, ping_interval=self._timeouts.ping)
        self._connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]  # as Bolt has it

    async def _close(self) -> None:
        """End the client and all that it left running, whatever state it is in."""
        handler, self._handler = self._handler, None
        if not handler:
            return
        client = handler.client
        # The SDK closes its socket first, and when that hangs nothing else.
        with contextlib.suppress(Exception):
            await asyncio.wait_for(handler.close_async(), 2 * self._timeouts.check)  # type: ignore[no-untyped-call]
        running = (client.message_processor, client.message_receiver, client.current_session_monitor)
        tasks = [task for task in (self._connecting, *running) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.aiohttp_client_session.close()
