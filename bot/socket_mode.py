"""Slack's Socket Mode, kept alive.

The SDK's client can retry a refused address for ever, and its reconnect can get stuck; a watchdog makes it
ask for a new address, and rebuilds it when that does not help.
https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

log = logging.getLogger(__name__)

CHECK_EVERY = 2.0
NEW_ADDRESS_AFTER = 6.0
"""Seconds without a connection after which the client must ask Slack for a new address."""
REBUILD_AFTER = 20.0
GIVE_UP_AFTER = 300.0
"""Seconds without a connection after which whoever runs us had better start us anew."""
PING_EVERY = 4.0
"""Seconds between pings; after four unanswered ones the client connects anew."""


class ConnectionLost(Exception):  # noqa: N818 - named for what happened
    """Slack cannot be reached over Socket Mode."""


class SocketMode:
    """One connection to Slack and the watchdog over it."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        """Deliver what Slack sends to `app`."""
        self._app, self._app_token = app, app_token
        self._handler = self._new_handler()
        self._down_since: float | None = time.monotonic()

    @contextlib.asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Stay connected within the block."""
        await self._handler.connect_async()  # type: ignore[no-untyped-call]  # as Bolt has it
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(self._watch())
            try:
                yield
            finally:
                watching.cancel()
                await self._close()

    async def ping(self) -> None:
        """Raise ConnectionLost while there is no connection."""
        if self._down_since is not None:
            raise ConnectionLost("no Socket Mode connection to Slack")

    async def _watch(self) -> None:
        while True:
            await self._check()
            await asyncio.sleep(CHECK_EVERY)

    async def _check(self) -> None:
        if await self._handler.client.is_connected():
            self._down_since = None
            return
        now = time.monotonic()
        self._down_since = self._down_since or now
        down = now - self._down_since
        if down > GIVE_UP_AFTER:
            raise ConnectionLost(f"no Socket Mode connection to Slack for {GIVE_UP_AFTER / 60:.0f} minutes")
        if down > REBUILD_AFTER and down % REBUILD_AFTER < CHECK_EVERY:
            await self._rebuild()
        elif down > NEW_ADDRESS_AFTER:
            self._handler.client.wss_uri = None

    async def _rebuild(self) -> None:
        log.warning("socket_mode.rebuild")
        await self._close()
        self._handler = self._new_handler()
        # Connecting may hang for ever by itself, which is why we are here: the next check goes on.
        with contextlib.suppress(Exception):
            await asyncio.wait_for(self._handler.connect_async(), REBUILD_AFTER / 2)  # type: ignore[no-untyped-call]

    async def _close(self) -> None:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            await asyncio.wait_for(self._handler.close_async(), CHECK_EVERY)  # type: ignore[no-untyped-call]

    def _new_handler(self) -> AsyncSocketModeHandler:
        return AsyncSocketModeHandler(self._app, self._app_token, ping_interval=PING_EVERY)
