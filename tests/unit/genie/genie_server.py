"""A small scripted workspace on a real socket: it records what it is asked and answers as it was told."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import aiohttp
import pytest
from aiohttp import web

from genie.client import Genie
from genie.http.auth import Auth, PersonalToken
from genie.http.transport import Timeouts

PAYLOADS = Path(__file__).parents[2] / "payloads" / "genie"
SPACE = "01ef9c8b7a6512349f0e1d2c3b4a5968"
QUICK = Timeouts(send=1.0, answer=0.5, read=2.0, attempt=0.5)
"""For tests that wait until one is over; a busy machine can miss them without any fault."""
PATIENT = Timeouts(send=10.0, answer=20.0, read=30.0, attempt=20.0)


def payload(name: str) -> Any:
    """Return one of the recorded replies."""
    return json.loads((PAYLOADS / f"{name}.json").read_text())


@dataclass(frozen=True)
class Say:
    """One scripted reply: JSON or raw bytes; or half of it, or nothing, by a dropped or silent connection.

    `then`: "finish"; "drop" or "hang" before the reply; "break", "stall" or "drip" after half of it;
    "trickle" line by line.
    """

    json: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    then: str = "finish"
    after: float = 0.0
    """Seconds that the reply takes."""


DROP = Say(then="drop")
HANG = Say(then="hang")


@dataclass(frozen=True)
class Seen:
    """One request that arrived."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """What the body says."""
        return json.loads(self.body)


class GenieServer:
    """`on` scripts the replies to a call, the last of which repeats; `seen` is what arrived, in order."""

    def __init__(self) -> None:
        self.url = ""
        self.seen: list[Seen] = []
        self._script: dict[tuple[str, str], deque[Say]] = defaultdict(deque)
        self._leaving = asyncio.Event()

    def on(self, call: str, *replies: Say) -> None:
        """Script the replies to "METHOD /path"."""
        method, path = call.split(" ")
        self._script[method, path] = deque(replies)

    def count(self, call: str) -> int:
        """Return how often "METHOD /path" was called."""
        return sum(f"{seen.method} {seen.path}" == call for seen in self.seen)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._leaving.set()
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        path = request.rel_url.raw_path
        self.seen.append(Seen(request.method, path, dict(request.query), request.headers, body))
        script = self._script.get((request.method, path))
        if not script:
            return web.json_response({"error_code": "NOT_SCRIPTED", "message": path}, status=404)
        say = script.popleft() if len(script) > 1 else script[0]
        await asyncio.sleep(say.after)
        if say.then == "hang":
            await self._leaving.wait()
        if say.then in {"drop", "hang"} and request.transport is not None:
            request.transport.close()
        raw = say.body if say.body is not None else json.dumps(say.json).encode()
        headers = {"Content-Type": "application/json", **say.headers}
        if say.then in {"break", "stall", "drip"}:
            return await self._half(request, raw, headers, say)
        if say.then == "trickle":
            return await self._lines(request, raw, headers)
        return web.Response(body=raw, status=say.status, headers=headers)

    async def _lines(
        self, request: web.Request, raw: bytes, headers: Mapping[str, str]
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        for line in raw.splitlines(keepends=True):
            await asyncio.sleep(0.02)
            await response.write(line)
        return response

    async def _half(
        self, request: web.Request, raw: bytes, headers: Mapping[str, str], say: Say
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=say.status, headers={**headers, "Content-Length": str(len(raw))})
        await response.prepare(request)
        await response.write(raw[: len(raw) // 2])
        if say.then == "stall":
            await self._leaving.wait()
        while say.then == "drip" and not self._leaving.is_set() and request.transport is not None:
            await asyncio.sleep(0.05)
            await response.write(b" ")
        if request.transport is not None:
            request.transport.close()
        return response


@asynccontextmanager
async def client(
    url: str, auth: Auth | None = None, timeouts: Timeouts = PATIENT, **options: Any
) -> AsyncIterator[Genie]:
    """Return a client of the workspace that waits long for a busy machine."""
    async with aiohttp.ClientSession() as http:
        yield Genie(http, url, auth or PersonalToken("token-1"), timeouts=timeouts, **options)


@pytest.fixture
async def server() -> AsyncIterator[GenieServer]:
    """Open a workspace that answers nothing yet."""
    async with GenieServer() as server:
        yield server


@pytest.fixture
async def genie(server: GenieServer) -> AsyncIterator[Genie]:
    """Return a client of that workspace."""
    async with client(server.url) as genie:
        yield genie
