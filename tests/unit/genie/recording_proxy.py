"""A proxy before the local Databricks that keeps every exchange as it went over the wire."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import ClientSession, web

_KEPT = ("Authorization", "Content-Type", "Accept")


@dataclass(frozen=True)
class Exchange:
    """One request and its reply."""

    method: str
    path: str
    query: dict[str, str]
    sent: Any
    """The JSON of the request, or None."""
    status: int
    body: bytes

    @property
    def said(self) -> Any:
        """The JSON of the reply."""
        return json.loads(self.body)

    @property
    def wire(self) -> tuple[str, str, tuple[tuple[str, str], ...], str]:
        """What a server sees of the request."""
        return (
            self.method,
            self.path,
            tuple(sorted(self.query.items())),
            json.dumps(self.sent, sort_keys=True),
        )


class Recorder:
    """Runs between callers and `target`; `take` gives what was recorded since the last time."""

    def __init__(self, target: str, session: ClientSession) -> None:
        self.url = ""
        self._target, self._session = target, session
        self._exchanges: list[Exchange] = []

    def take(self) -> list[Exchange]:
        """Give the exchanges with Genie and its warehouse, oldest first, and forget them."""
        taken, self._exchanges = self._exchanges, []
        return [each for each in taken if each.path.startswith("/api/2.")]

    async def answer(self, request: web.Request) -> web.Response:
        """Pass a request on, and its reply back."""
        body = await request.read()
        headers = {name: request.headers[name] for name in _KEPT if name in request.headers}
        url = self._target + request.raw_path
        async with self._session.request(request.method, url, data=body or None, headers=headers) as said:
            reply = await said.read()
        self._exchanges.append(
            Exchange(
                request.method,
                request.rel_url.raw_path,
                dict(request.query),
                json.loads(body) if body and "json" in request.headers.get("Content-Type", "") else None,
                said.status,
                reply,
            )
        )
        kind = said.headers.get("Content-Type", "")
        return web.Response(body=reply, status=said.status, headers={"Content-Type": kind})

    async def run(self, runner: web.AppRunner) -> Self:
        """Listen."""
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return self


@asynccontextmanager
async def recording(target: str) -> AsyncIterator[Recorder]:
    """Run a recorder before a server."""
    async with ClientSession(auto_decompress=True) as session:
        recorder = Recorder(target, session)
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", recorder.answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        try:
            yield await recorder.run(runner)
        finally:
            await runner.cleanup()
