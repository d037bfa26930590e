"""Slack's side of Socket Mode: tickets, connections, envelopes and their acknowledgements.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import random
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.slack.transport.outbox import NotAcknowledgedError, Payload, Retry

ACK_SECONDS = 3.0
"""Slack waits that long; after the end of its connection nobody can acknowledge an envelope any more."""
CONNECTIONS = 10
TICKET_LIFE = 30.0


@dataclass(eq=False, slots=True)
class _Connection:
    socket: web.WebSocketResponse
    request: web.Request
    open: bool = True
    waiting: dict[str, asyncio.Future[Any]] = field(default_factory=dict)


class SocketMode:
    """All WebSocket connections of the app."""

    def __init__(self, app_id: str, ack_timeout: float, changed: Callable[[], None]) -> None:
        self._app_id = app_id
        self._ack_timeout = ack_timeout
        self._changed = changed
        self._tickets: dict[str, float] = {}
        self._connections: list[_Connection] = []
        self._refusals = 0
        self._someone = asyncio.Event()
        self.opened = 0
        """How many connections there have been."""

    @property
    def connections(self) -> int:
        """How many sockets are open."""
        return len(self._connections)

    def ticket(self) -> str:
        """Give a ticket that opens one connection within half a minute."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = time.monotonic() + TICKET_LIFE
        return ticket

    def refuse_tickets(self, times: int) -> None:
        """Refuse the next connections although their tickets are good."""
        self._refusals = times

    async def disconnect(self, reason: str = "warning") -> None:
        """Ask the app to renew its connections: warning, refresh_requested, link_disabled."""
        for connection in tuple(self._connections):
            await _disconnect(connection.socket, reason)

    def drop(self) -> None:
        """Cut every connection without a word, as a failing network does."""
        for connection in tuple(self._connections):
            self._forget(connection)
            if connection.request.transport is not None:
                connection.request.transport.abort()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        expires = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if expires < time.monotonic():
            return web.Response(status=404)
        if self._refusals > 0:
            self._refusals -= 1
            return web.Response(status=404)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._connections) >= CONNECTIONS:
            await _disconnect(socket, "too_many_websockets")
            await socket.close()
            return socket
        connection = _Connection(socket, request)
        await socket.send_json(self._hello())
        self._connections.append(connection)
        self.opened += 1
        self._someone.set()
        self._changed()
        try:
            await _listen(connection)
        finally:
            self._forget(connection)
        return socket

    async def send(self, kind: str, payload: Payload, retry: Retry | None) -> Any:
        """Send one envelope over any connection and give what came back with its acknowledgement."""
        try:
            async with asyncio.timeout(self._ack_timeout):
                return await self._send(kind, payload, retry)
        except (TimeoutError, ConnectionError):
            raise NotAcknowledgedError("timeout") from None

    async def close(self) -> None:
        """End all connections in good order."""
        for connection in tuple(self._connections):
            await connection.socket.close()

    async def _send(self, kind: str, payload: Payload, retry: Retry | None) -> Any:
        await self._someone.wait()
        connection = random.choice(self._connections)  # noqa: S311 - any connection may get it
        envelope: Payload = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {
                "retry_attempt": retry.attempt if retry else 0,
                "retry_reason": retry.reason if retry else "",
            }
        acknowledged: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = acknowledged
        try:
            await connection.socket.send_str(json.dumps(envelope))
            return await acknowledged
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)

    def _forget(self, connection: _Connection) -> None:
        if connection.open:
            connection.open = False
            self._connections.remove(connection)
            for acknowledged in connection.waiting.values():
                asyncio.get_running_loop().call_later(ACK_SECONDS, _give_up, acknowledged)
            if not self._connections:
                self._someone.clear()
            self._changed()

    def _hello(self) -> Payload:
        return {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "connection_info": {"app_id": self._app_id},
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18_060},
        }


def _give_up(acknowledged: "asyncio.Future[Any]") -> None:
    if not acknowledged.done():
        acknowledged.set_exception(ConnectionError())


async def _disconnect(socket: web.WebSocketResponse, reason: str) -> None:
    await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})


async def _listen(connection: _Connection) -> None:
    async for message in connection.socket:
        if message.type is not WSMsgType.TEXT:
            continue
        try:
            answer = json.loads(message.data)
        except ValueError:
            continue
        waiting = connection.waiting.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload"))
