"""End to end: whatever bytes a server sends, a call gives a value or raises one of our errors."""

import asyncio
import gzip
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from genie.agent_model import ResponseEvent
from genie.client import Genie
from genie.errors import GenieError
from genie.http.transport import Timeouts
from genie.model import MessageRef, Query
from tests.laws.examples import examples
from tests.laws.genie.mutations import check, mutated
from tests.laws.genie.test_agent_stream import streams
from tests.unit.genie.genie_server import client

pytestmark = [pytest.mark.property, pytest.mark.slow]

REF = MessageRef("s", "c", "m")
SHORT_TIMEOUTS = Timeouts(send=1.0, answer=1.0, read=0.3, attempt=1.0, silence=1.0)
LONGEST = 10.0
"""Seconds of a call, on a machine that is busy with other things."""


async def _research(genie: Genie) -> tuple[ResponseEvent, ...]:
    return tuple([event async for event in genie.research("s", "q")])


CALLS: dict[str, Callable[[Genie], Awaitable[object]]] = {
    "ask": lambda genie: genie.ask("s", "q"),
    "follow_up": lambda genie: genie.follow_up("s", "c", "q"),
    "message": lambda genie: genie.message(REF),
    "rows": lambda genie: genie.rows(REF, Query("a", statement_id="st")),
    "space": lambda genie: genie.space("s"),
    "find": lambda genie: genie.find("s", "c", "q", 0.0),
    "research": _research,
}
NATURAL = {
    "started": "ask",
    "message": "message",
    "messages": "find",
    "conversations": "find",
    "space": "space",
    "statement": "rows",
    "chunk": "rows",
}
"""The call that is answered with a reply of each kind."""


@dataclass
class Sent:
    """What the server answers to whatever it is asked."""

    status: int = 200
    content_type: str | None = None
    body: bytes = b""
    gzip: bool = False
    cut: int | None = None
    """After how many bytes the connection breaks."""


class Server:
    """A server that sends the same to everybody, and a client of it, on a loop of their own."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._exits = AsyncExitStack()
        self._sent = Sent()
        self._genie: Genie = self._runner.run(self._open())

    async def _open(self) -> Genie:
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", self._answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        self._exits.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return await self._exits.enter_async_context(client(url, timeouts=SHORT_TIMEOUTS))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        sent = self._sent
        body = gzip.compress(sent.body, 1) if sent.gzip else sent.body
        headers = {"Content-Type": sent.content_type} if sent.content_type else {}
        headers |= {"Content-Encoding": "gzip"} if sent.gzip else {}
        response = web.StreamResponse(status=sent.status, headers=headers)
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: sent.cut])
        if sent.cut is not None and request.transport:
            request.transport.abort()
        return response

    def call(self, name: str, sent: Sent) -> object:
        """Call the client while the server sends this; return the value or the error."""
        self._sent = sent
        try:
            return self._runner.run(_within(CALLS[name](self._genie)))
        except GenieError as error:
            return error

    def close(self) -> None:
        """Close the client, the server and their loop."""
        self._runner.run(self._exits.aclose())
        self._runner.close()


async def _within(call: Awaitable[object]) -> object:
    async with asyncio.timeout(LONGEST):
        return await call


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    # The client waits for a statement that still runs: here not for two minutes.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("genie.calls.rows._TIMEOUT_SECONDS", 1.0)
        server = Server()
        yield server
        server.close()


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    """Give the usual value three times out of four."""
    return st.sampled_from([usual] * 3 * max(len(others), 1) + [*others])


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[str, Sent]:
    """Give a call and what the server answers: mostly a spoilt reply of the right kind, else anything."""
    kind, body = draw(mutated())
    name = (
        NATURAL.get(kind, "message")
        if draw(mostly(0, 1)) == 0
        else draw(st.sampled_from(sorted({*CALLS} - {"research"})))
    )
    return name, Sent(
        status=draw(mostly(200, 204, 302, 400, 401, 403, 404, 409, 429, 500, 501, 502, 503, 599)),
        content_type=draw(mostly("application/json", "text/html", "text/plain; charset=x", "a b", None)),
        body=body,
        gzip=draw(mostly(0, 1)) == 1,
        cut=draw(mostly(None, 0, 1, 50)),
    )


STILL_RUNNING = b'{"statement_response": {"statement_id": "st", "status": {"state": "PENDING"}}}'


@settings(deadline=None, max_examples=examples(50, 50))
@given(exchanges())
@example(("rows", Sent(content_type="application/json", body=STILL_RUNNING)))
def test_any_bytes_give_a_value_or_one_of_our_errors(server: Server, exchange: tuple[str, Sent]) -> None:
    """Over a real socket: no other exception, no hang, no text that cannot be encoded."""
    name, sent = exchange
    said = server.call(name, sent)
    event(f"{name}: {type(said).__name__}")
    check(said)


@settings(deadline=None, max_examples=examples(50, 50))
@given(streams(), st.data())
def test_any_stream_gives_a_run_or_one_of_our_errors(server: Server, run: bytes, data: st.DataObject) -> None:
    """Over a real socket: what is cut has no end, and what is refused no events."""
    cut = data.draw(mostly(None, *range(0, len(run), 97)))
    packed = cut is None and data.draw(st.booleans())
    sent = Sent(data.draw(mostly(200, 302, 404, 409, 429, 500)), "text/event-stream", run, packed, cut)
    said = server.call("research", sent)
    check(said)
    event(type(said).__name__)
    assert isinstance(said, GenieError) == (cut is not None or sent.status != 200)


def test_a_bomb_is_left_in_time(server: Server) -> None:
    """A body that unpacks to far more than is read costs neither time nor memory."""
    began = time.thread_time()
    said = server.call("message", Sent(content_type="application/json", body=bytes(300 << 20), gzip=True))
    assert isinstance(said, GenieError)
    assert time.thread_time() - began < LONGEST
