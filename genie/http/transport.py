"""Send requests to one workspace: signed, bounded, reads repeated within a deadline, questions never."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
import stamina
from yarl import URL

from genie.errors import Ambiguous, GenieError, Malformed, NotSent, SignInFailed, Unavailable
from genie.http.auth import Auth
from genie.http.read_reply import LargeReplyBackend, read_reply
from genie.http.read_retry import RetryPolicy
from genie.protocol.coerce import parse
from genie.protocol.error_mapping import error_for_no_reply, error_for_reply
from genie.protocol.reply import Reply
from genie.protocol.requests import MAX_BYTES, Expected, Request

T = TypeVar("T")

_THREAD_FROM = 256 << 10
"""Replies larger than this are decoded in a thread, because the event loop must not wait for them."""

_NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
"""Raised by aiohttp only before the first byte of a request is written."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds."""

    send: float = 2.0
    """A question that is not on its way by then is not sent: later it could break the caller's rate limit."""
    answer: float = 30.0
    """For the reply to a question."""
    read: float = 20.0
    """For a read with all its repetitions."""
    attempt: float = 10.0
    """For one attempt of a read."""
    silence: float = 300.0
    """Between two signs of life of a stream, the first of them included; a stream as a whole has no limit."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that was made, or could not be; a refused token and its successor are one."""

    operation: str
    error: GenieError | None
    seconds: float


@dataclass(frozen=True, slots=True)
class _Times:
    """When one exchange must have its token and connection, and its whole reply; by the loop's clock.

    A reply without a time at which it must be there may be silent for `silence` seconds at most.
    """

    connected: float
    done: float | None
    silence: float | None = None

    @property
    def timeout(self) -> aiohttp.ClientTimeout:
        now = asyncio.get_running_loop().time()
        return aiohttp.ClientTimeout(
            # Never 0, which aiohttp reads as "no limit".
            total=None if self.done is None else max(self.done - now, 0.1),
            connect=max(self.connected - now, 0.1),
            sock_read=self.silence,
        )


@dataclass(frozen=True)
class Transport:
    """The way to one workspace; `host` as `genie.http.host.host_url` gives it."""

    http: aiohttp.ClientSession
    host: str
    auth: Auth
    headers: Mapping[str, str]
    pace: Callable[[], Awaitable[None]] | None
    timeouts: Timeouts
    max_bytes: int = MAX_BYTES
    large: LargeReplyBackend | None = None
    """Takes replies with many rows; without it they are decoded in a thread."""
    observe: Callable[[Exchange], None] | None = None

    async def ask(self, request: Request, decode: Callable[[Any], T]) -> T:
        """Send a question once; a second time only when its token was refused: nothing was started then.

        Raises NotSent or Refused when it certainly was not asked, Ambiguous when it may have been. A caller
        that is cancelled meanwhile has to treat the question as Ambiguous.
        """
        now = asyncio.get_running_loop().time()
        return await self._exchange(
            request, decode, _Times(now + self.timeouts.send, now + self.timeouts.answer)
        )

    async def read(self, request: Request, decode: Callable[[Any], T]) -> T:
        """Send a request until it succeeds, is refused for good, or the deadline passes.

        A request marked `once` is repeated only after it certainly did not arrive.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.timeouts.read
        # RetryPolicy alone decides: stamina's own limits let the last wait outlast the deadline.
        async for attempt in stamina.retry_context(on=RetryPolicy(deadline), attempts=None, timeout=None):
            with attempt:
                await self._paced(deadline)
                until = min(loop.time() + self.timeouts.attempt, deadline)
                return await self._exchange(request, decode, _Times(until, until))
        raise AssertionError("an attempt either returns or raises")

    async def _paced(self, deadline: float) -> None:
        if self.pace:
            try:
                async with asyncio.timeout_at(deadline):
                    await self.pace()
            except TimeoutError:
                raise Unavailable("there was no room for a request in time") from None

    async def open(self, request: Request) -> aiohttp.ClientResponse:
        """Send a question once, as `ask` does, and return its reply as it begins; the caller closes it."""
        now = asyncio.get_running_loop().time()
        times = _Times(now + self.timeouts.send, None, self.timeouts.silence)
        return await self._signed(request, times, partial(self._begin, request, times))

    @contextmanager
    def observed(self, operation: str) -> Iterator[None]:
        """Tell the listener of one exchange, if there is a listener."""
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            yield
        except GenieError as error:
            self._tell(Exchange(operation, error, clock() - began))
            raise
        except GeneratorExit:  # a stream that its reader has read far enough
            self._tell(Exchange(operation, None, clock() - began))
            raise
        self._tell(Exchange(operation, None, clock() - began))

    def _tell(self, exchange: Exchange) -> None:
        if self.observe is not None:
            self.observe(exchange)

    async def _exchange(self, request: Request, decode: Callable[[Any], T], times: _Times) -> T:
        with self.observed(request.operation):
            return await self._signed(request, times, partial(self._try, request, decode, times))

    async def _signed(self, request: Request, times: _Times, send: Callable[[str], Awaitable[T]]) -> T:
        """Send with a token and, when that is refused, once more with a fresh one if there is one."""
        token = await self._token(times, once=request.once)
        try:
            return await self._sent(request, times, partial(send, token))
        except SignInFailed as error:
            if not error.token_refused:
                raise
            self.auth.invalidate(token)
            fresh = await self._token(times, once=request.once)
            if fresh == token:
                raise
        return await self._sent(request, times, partial(send, fresh))

    async def _token(self, times: _Times, *, once: bool) -> str:
        try:
            async with asyncio.timeout_at(times.connected):
                return await self.auth.token()
        except TimeoutError as error:
            raise error_for_no_reply(error, once=once, sent=False) from None
        except GenieError as error:
            if once and error.retryable:
                raise NotSent("no token could be had", retry_after=error.retry_after) from error
            raise

    async def _sent(self, request: Request, times: _Times, send: Callable[[], Awaitable[T]]) -> T:
        """Send, with our error for whatever goes wrong."""
        if request.once and asyncio.get_running_loop().time() >= times.connected:
            raise NotSent("the request could not be sent in time")
        try:
            return await send()
        except _NEVER_CONNECTED as error:
            raise error_for_no_reply(error, once=request.once, sent=False) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise error_for_no_reply(error, once=request.once, sent=True) from None
        except Malformed as error:
            if request.once:
                raise Ambiguous("the reply cannot be read", status=error.status) from error
            raise

    async def _try(self, request: Request, decode: Callable[[Any], T], times: _Times, token: str) -> T:
        async with await self._call(request, times, token) as response:
            large = self.large if request.rows else None
            reply = await read_reply(response, min(self.max_bytes, request.max_bytes), large)
        if error := _error_for(request, reply):
            raise error
        if reply.file and self.large:
            return await self.large.decode(decode, reply.file)
        return await _decoded(request, reply, decode)

    async def _begin(self, request: Request, times: _Times, token: str) -> aiohttp.ClientResponse:
        """Return a success whose body is still to come."""
        response = await self._call(request, times, token)
        if response.status < HTTPStatus.MULTIPLE_CHOICES and "html" not in response.content_type:
            return response
        async with response:
            reply = await read_reply(response, request.max_bytes)
        raise _error_for(request, reply) or Malformed("the reply is no stream", status=reply.status)

    async def _call(self, request: Request, times: _Times, token: str) -> aiohttp.ClientResponse:
        return await self.http.request(
            request.method,
            URL(self.host + request.path, encoded=True).update_query(request.query),
            json=request.body,
            headers={
                **self.headers,
                "Accept": request.expected.value,
                "Authorization": f"Bearer {token}",
            },
            timeout=times.timeout,
            allow_redirects=False,
        )


def _error_for(request: Request, reply: Reply) -> GenieError | None:
    return error_for_reply(
        reply,
        once=request.once,
        json=request.expected is Expected.JSON,
        agent_mode=request.agent_mode,
    )


async def _decoded(request: Request, reply: Reply, decode: Callable[[Any], T]) -> T:
    """Decode parsed JSON, the bytes as they are, or None where what came does not matter."""
    body = reply.body
    if request.expected is Expected.NOTHING:
        return decode(None)
    if request.expected is Expected.BYTES:
        return decode(body)
    if request.with_headers:
        return decode((parse(body), reply.headers))
    if len(body) <= _THREAD_FROM:
        return decode(parse(body))
    return await asyncio.to_thread(lambda: decode(parse(body)))
