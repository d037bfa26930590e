"""Faults on demand for both local servers: latency, refusals, dropped sockets, broken and slow bodies.

A `Faults` is given to a server when it is built. Tests add a `Fault` to it directly; others do it over HTTP:

    POST   /sandbox/faults   {"path": "*/query-result", "status": 503, "retry_after": "2", "times": 3}
    GET    /sandbox/faults   the faults that wait for a request
    DELETE /sandbox/faults   forget them all
"""

import asyncio
import gzip
import random
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

CONTROL = "/sandbox/"
"""Requests below this path steer the sandbox itself and never meet a fault."""

_PIECES = 10
_NEVER_SENT = 499
"""In a request log: the status of an answer that nobody got."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble and the requests it hits. Times are in seconds."""

    path: str = "*"
    """Which path, with `*` for any part: `/api/chat.postMessage`, `*/start-conversation`."""
    method: str = "*"
    """Which HTTP method, in capitals."""
    delay: float = 0.0
    """Wait before the request is looked at."""
    status: int | None = None
    """Answer this HTTP status with `body` and, when given, `Retry-After`."""
    body: str = ""
    content_type: str | None = None
    """What `body` says that it is, JSON by default; without a `status` what the real body says."""
    location: str | None = None
    """With a `status` of 3xx: where it leads."""
    retry_after: str | None = None
    drop: bool = False
    """Cut the connection instead of answering."""
    after: bool = False
    """With `status` or `drop`: let the request take effect first, so that the caller cannot know it did."""
    malformed: bool = False
    """Send only the first half of the real body, as if it were all."""
    bomb: int = 0
    """Send so many megabytes of nothing instead of the real body, small on the wire as gzip packs them."""
    slow: float = 0.0
    """Send the real body in small pieces over this time."""
    cut: int | None = None
    """Of a stream of events: cut the connection after so many of them. What it tells of goes on ..."""
    with_run: bool = False
    """... or ends there, too, as when the server dies."""
    times: int | None = 1
    """How many requests it hits before it is used up; None for all of them."""
    probability: float = 1.0
    """The chance with which it hits a request that matches; drawn from the seed of `Faults`."""

    def matches(self, method: str, path: str) -> bool:
        """Whether a request is of the kind that this fault is for."""
        return fnmatchcase(method, self.method) and fnmatchcase(path, self.path)


STREAM = web.RequestKey("stream", Fault)
"""Where a request for a stream of events finds the fault that its handler is to see to."""


class Faults:
    """The faults in waiting, in the order they were added; the first that matches a request hits it."""

    def __init__(self, *faults: Fault, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable trouble, nothing secret
        self._waiting: list[Fault] = []
        self._left: list[int | None] = []
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault) -> None:
        """Let a fault wait for its requests."""
        self._waiting.append(fault)
        self._left.append(fault.times)

    def clear(self) -> None:
        """Forget every fault: all is well again."""
        self._waiting.clear()
        self._left.clear()

    @property
    def waiting(self) -> tuple[Fault, ...]:
        """The faults that can still hit a request."""
        return tuple(
            fault for fault, left in zip(self._waiting, self._left, strict=True) if left is None or left > 0
        )

    def take(self, method: str, path: str) -> Fault | None:
        """Give the fault that hits this request, used up by one, or None."""
        for position, (fault, left) in enumerate(zip(self._waiting, self._left, strict=True)):
            if left == 0 or not fault.matches(method, path) or self._random.random() >= fault.probability:
                continue
            self._left[position] = None if left is None else left - 1
            return fault
        return None

    def middleware(self) -> Middleware:
        """Give the aiohttp middleware that lets faults hit requests; the outermost one of its server."""

        @web.middleware
        async def faults(request: web.Request, handler: Handler) -> web.StreamResponse:
            steering = request.path.startswith(CONTROL)
            fault = None if steering else self.take(request.method, request.path)
            return await (handler(request) if fault is None else _hit(fault, request, handler))

        return faults

    def routes(self) -> list[web.RouteDef]:
        """Give the routes that add, list and clear faults over HTTP."""
        return [
            web.post(f"{CONTROL}faults", self._post),
            web.get(f"{CONTROL}faults", self._get),
            web.delete(f"{CONTROL}faults", self._delete),
        ]

    async def _post(self, request: web.Request) -> web.Response:
        fields: dict[str, Any] = await request.json()
        try:
            self.add(Fault(**fields))
        except TypeError as error:
            raise web.HTTPBadRequest(text="Unknown field of a fault.") from error
        return web.json_response(status=201)

    async def _get(self, _request: web.Request) -> web.Response:
        return web.json_response([asdict(fault) for fault in self.waiting])

    async def _delete(self, _request: web.Request) -> web.Response:
        self.clear()
        return web.json_response()


async def _hit(fault: Fault, request: web.Request, handler: Handler) -> web.StreamResponse:
    await asyncio.sleep(fault.delay)
    refused = fault.drop or fault.status is not None
    answer: web.StreamResponse = web.Response()
    if fault.cut is not None or fault.after:
        request[STREAM] = fault
    if fault.after or not refused:
        answer = await handler(request)
    if fault.drop:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=_NEVER_SENT)
    if fault.status is not None:
        said = {"Retry-After": fault.retry_after, "Location": fault.location}
        return web.Response(
            status=fault.status,
            text=fault.body,
            content_type=fault.content_type or "application/json",
            headers={name: value for name, value in said.items() if value is not None},
        )
    if fault.bomb:
        body = await asyncio.to_thread(_packed, fault.bomb)
        return web.Response(body=body, content_type="application/json", headers={"Content-Encoding": "gzip"})
    if isinstance(answer, web.Response) and isinstance(answer.body, bytes):
        return await _spoilt(fault, request, answer, answer.body)
    return answer


@cache
def _packed(megabytes: int) -> bytes:
    return gzip.compress(bytes(megabytes << 20))


async def _spoilt(
    fault: Fault, request: web.Request, answer: web.Response, body: bytes
) -> web.StreamResponse:
    body = body[: len(body) // 2] if fault.malformed else body
    kind = fault.content_type or answer.headers["Content-Type"]
    spoilt = web.StreamResponse(status=answer.status, headers={"Content-Type": kind})
    spoilt.content_length = len(body)
    size = max(1, len(body) // _PIECES)
    try:
        await spoilt.prepare(request)
        for start in range(0, len(body), size):
            await asyncio.sleep(fault.slow / _PIECES)
            await spoilt.write(body[start : start + size])
        await spoilt.write_eof()
    except ConnectionResetError:
        return web.Response(status=_NEVER_SENT)  # the client has gone meanwhile
    return spoilt
