"""Whatever a server or a proxy sends, a call ends in time, in little memory, with one of our errors."""

import asyncio
import gzip
import json
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import aiohttp
import pytest

from genie.client import Genie
from genie.errors import Ambiguous, GenieError, Malformed, SignInFailed, Unreachable
from genie.http.auth import PersonalToken
from genie.http.transport import Timeouts, Transport
from genie.protocol.requests import get_space
from tests.unit.genie.genie_server import PATIENT, GenieServer, Say, client

SPACE = "GET /api/2.0/genie/spaces/s"
START = "POST /api/2.0/genie/spaces/s/start-conversation"
BODY = json.dumps({"title": "Sales", "conversation_id": "c", "message_id": "m"}).encode()


def packed(body: bytes, encoding: str = "gzip") -> Say:
    data = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    return Say(body=data, headers={"Content-Encoding": encoding})


HOSTILE = {
    "half": (Say(body=BODY, then="break"), Unreachable),
    "stalled": (Say(body=BODY, then="stall"), Unreachable),
    "not gzip": (Say(body=BODY, headers={"Content-Encoding": "gzip"}), Unreachable),
    "many headers": (Say(body=BODY, headers={f"X-{n}": "x" * 4_000 for n in range(600)}), Unreachable),
    "long header": (Say(body=BODY, headers={"X-Long": "x" * 100_000}), Unreachable),
    "empty": (Say(body=b""), Malformed),
    "blank": (Say(body=b" \n"), Malformed),
    "csv": (Say(body=b"a,b", headers={"Content-Type": "text/csv"}), Malformed),
    "html": (Say(body=b"<html>", headers={"Content-Type": "text/html"}), SignInFailed),
    "html called json": (Say(body=b"\n<!DOCTYPE html>"), SignInFailed),
    "array": (Say([]), Malformed),
    "utf-16 garbage": (Say(body=b"\xff\xfe\x00"), Malformed),
    "endless number": (Say(body=b'{"title": ' + b"9" * 10_000 + b"}"), Malformed),
    "deep": (Say(body=b"[" * 50_000 + b"]" * 50_000), Malformed),
}


@pytest.fixture
async def genie(server: GenieServer) -> AsyncIterator[Genie]:
    """Return a client without any patience."""
    async with client(server.url, timeouts=Timeouts(answer=0.3, read=0.6, attempt=0.3)) as genie:
        yield genie


@pytest.mark.parametrize(("reply", "error"), HOSTILE.values(), ids=HOSTILE)
async def test_a_read_ends_in_one_of_our_errors(
    reply: Say, error: type[GenieError], server: GenieServer, genie: Genie
) -> None:
    """Soon, whatever it was."""
    server.on(SPACE, reply)
    async with asyncio.timeout(5):
        with pytest.raises(error):
            await genie.space("s")


@pytest.mark.parametrize(("reply", "error"), HOSTILE.values(), ids=HOSTILE)
async def test_a_question_is_asked_once_whatever_comes_back(
    reply: Say, error: type[GenieError], server: GenieServer, genie: Genie
) -> None:
    """What cannot be read says nothing about the question; a sign-in page says that it was not asked."""
    server.on(START, reply)
    async with asyncio.timeout(5):
        with pytest.raises(SignInFailed if error is SignInFailed else Ambiguous):
            await genie.ask("s", "q")
    assert server.count(START) == 1


@pytest.mark.parametrize(
    "reply",
    [
        packed(BODY),
        packed(BODY, "deflate"),
        Say(body=b"\xef\xbb\xbf" + BODY),
        Say(body=BODY.decode().encode("utf-16")),
    ],
    ids=["gzip", "deflate", "byte order mark", "utf-16"],
)
async def test_a_reply_may_be_packed_and_encoded_as_http_and_json_allow(
    reply: Say, server: GenieServer, genie: Genie
) -> None:
    """A proxy may do so without being asked."""
    server.on(SPACE, reply)
    assert (await genie.space("s")).title == "Sales"


@pytest.fixture
async def narrow(server: GenieServer) -> AsyncIterator[Transport]:
    """Return a way to the workspace that takes 100 KB at most."""
    async with aiohttp.ClientSession() as http:
        yield Transport(http, server.url, PersonalToken("t"), {}, None, PATIENT, max_bytes=100_000)


@pytest.mark.parametrize("status", [200, 403])
async def test_what_counts_is_the_size_unpacked(status: int, server: GenieServer, narrow: Transport) -> None:
    """60 MB that came as 60 KB take neither the memory nor the time that they ask for."""
    bomb = packed(b'{"title": "' + bytes(60 << 20) + b'"}')
    assert bomb.body is not None
    assert len(bomb.body) < 100_000
    server.on(SPACE, Say(body=bomb.body, headers=bomb.headers, status=status))
    tracemalloc.start()
    try:
        with pytest.raises(GenieError):
            await narrow.read(get_space("s"), lambda reply: reply)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 << 20


async def test_a_body_without_end_is_left(server: GenieServer, genie: Genie) -> None:
    """A byte now and then does not keep a call alive beyond its deadline."""
    server.on(SPACE, Say(body=BODY, then="drip"))
    async with asyncio.timeout(5):
        with pytest.raises(Unreachable):
            await genie.space("s")


async def test_a_redirect_takes_our_token_nowhere(server: GenieServer, genie: Genie) -> None:
    """A login page elsewhere is not visited."""
    server.on(SPACE, Say(status=307, headers={"Location": f"{server.url}/login"}))
    with pytest.raises(SignInFailed):
        await genie.space("s")
    assert {f"{seen.method} {seen.path}" for seen in server.seen} == {SPACE}
