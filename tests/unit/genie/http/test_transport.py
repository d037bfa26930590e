"""Reads are repeated until they succeed, are refused for good, or run out of time."""

import asyncio
import socket
from dataclasses import replace

import aiohttp
import pytest
from structlog.testing import capture_logs

from genie.client import Genie
from genie.errors import (
    Forbidden,
    GenieError,
    Malformed,
    NotFound,
    RateLimited,
    SignInFailed,
    Unavailable,
    Unreachable,
)
from genie.http.auth import PersonalToken, ServicePrincipal
from genie.http.transport import Timeouts, Transport
from genie.model import MessageRef
from genie.protocol.requests import Request, get_space
from tests.unit.genie.genie_server import DROP, HANG, PATIENT, GenieServer, Say, client, payload

REF = MessageRef("s", "c", "m")
POLL = "GET /api/2.0/genie/spaces/s/conversations/c/messages/m"
RUNNING = Say(payload("message_running"))


@pytest.mark.parametrize(
    "trouble",
    [
        DROP,
        HANG,
        Say(status=500),
        Say(status=503, headers={"Retry-After": "0"}),
        Say(status=429, headers={"Retry-After": "0"}),
        Say(body=b'{"status": "COMP'),
    ],
    ids=["dropped", "silent", "500", "503", "429", "cut off"],
)
async def test_a_passing_trouble_is_ridden_out(trouble: Say, server: GenieServer) -> None:
    """The same message is looked at again, and nobody notices."""
    server.on(POLL, trouble, RUNNING)
    silence = replace(PATIENT, attempt=0.5) if trouble is HANG else PATIENT
    async with client(server.url, timeouts=silence) as genie:
        assert (await genie.message(REF)).status == "EXECUTING_QUERY"
    assert server.count(POLL) == 2


async def test_a_look_with_a_refused_token_is_repeated_with_another(server: GenieServer) -> None:
    """A token of a service principal that ends early is bought anew, once for a look."""
    refusal = Say({"error_code": 403, "message": "Invalid access token."}, 403)
    tokens = [Say({"access_token": f"token-{number}"}) for number in range(1, 4)]
    server.on("POST /oidc/v1/token", *tokens)
    server.on(POLL, refusal, RUNNING, refusal)
    async with (
        aiohttp.ClientSession() as http,
        client(server.url, ServicePrincipal(http, server.url, "id", "secret")) as genie,
    ):
        assert (await genie.message(REF)).status == "EXECUTING_QUERY"
        with pytest.raises(SignInFailed):
            await genie.message(REF)
    looks = [seen.headers["Authorization"][-1] for seen in server.seen if seen.method == "GET"]
    assert looks == ["1", "2", "2", "3"]


@pytest.mark.parametrize(("status", "error"), [(403, Forbidden), (404, NotFound)])
async def test_a_final_refusal_is_not_repeated(
    status: int, error: type[GenieError], server: GenieServer, genie: Genie
) -> None:
    """Asking again would change nothing."""
    server.on(POLL, Say(status=status))
    with pytest.raises(error):
        await genie.message(REF)
    assert server.count(POLL) == 1


async def test_garbage_is_read_three_times_at_most(server: GenieServer, genie: Genie) -> None:
    """A reply that stays unreadable is an error, soon."""
    server.on(POLL, Say(body=b"]"))
    with pytest.raises(Malformed):
        await genie.message(REF)
    assert server.count(POLL) == 3


async def test_a_page_in_between_is_looked_past(server: GenieServer, genie: Genie) -> None:
    """A login page that a proxy put in place of one reply costs nothing; one that stays is an error."""
    page = Say(body=b"<html>", headers={"Content-Type": "text/html"})
    away = Say(status=302, headers={"Location": "/login.html"})
    server.on(POLL, page, away, Say(payload("message_completed")))
    assert (await genie.message(REF)).status == "COMPLETED"
    server.on(POLL, page)
    with pytest.raises(SignInFailed):
        await genie.message(REF)


async def test_a_wait_beyond_the_deadline_is_left_to_the_caller(server: GenieServer, genie: Genie) -> None:
    """The error says when to come back, at once."""
    server.on(POLL, Say(status=429, headers={"Retry-After": "40"}))
    with pytest.raises(RateLimited) as raised:
        await genie.message(REF)
    assert raised.value.retry_after == 40.0
    assert server.count(POLL) == 1


async def test_an_outage_ends_with_the_deadline(server: GenieServer) -> None:
    """Repeated, but not for ever."""
    server.on(POLL, Say(status=500))
    async with client(server.url, timeouts=Timeouts(read=0.6)) as genie:
        async with asyncio.timeout(5):
            with pytest.raises(Unavailable):
                await genie.message(REF)
    assert server.count(POLL) > 1


async def test_no_wait_outlasts_the_deadline(server: GenieServer) -> None:
    """A failure is told when there is no time for another look, not after waiting in vain."""
    server.on(POLL, Say(status=500))
    started = asyncio.get_running_loop().time()
    async with client(server.url, timeouts=Timeouts(read=1.0)) as genie:
        with pytest.raises(Unavailable):
            await genie.message(REF)
    assert asyncio.get_running_loop().time() - started < 1.3


async def test_a_host_that_cannot_be_reached_is_told_as_such() -> None:
    """The network's fault, not Genie's."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        async with client(url, timeouts=Timeouts(read=0.3)) as genie:
            with pytest.raises(Unreachable) as raised:
                await genie.space("s")
    assert "127.0.0.1" not in str(raised.value)


async def test_every_read_is_paced_and_questions_are_not(server: GenieServer) -> None:
    """Each attempt of a read takes from the shared budget; a question has a limit of its own."""
    paced = 0

    async def pace() -> None:
        nonlocal paced
        paced += 1

    server.on(POLL, Say(status=500), RUNNING)
    server.on("POST /api/2.0/genie/spaces/s/start-conversation", Say(payload("start_conversation")))
    async with client(server.url, pace=pace) as genie:
        await genie.message(REF)
        await genie.ask("s", "q")
    assert paced == 2


async def test_a_budget_without_room_does_not_hold_a_read_up(server: GenieServer) -> None:
    """The wait for it is part of the read's time."""

    async def pace() -> None:
        await asyncio.Event().wait()

    async with client(server.url, pace=pace, timeouts=Timeouts(read=0.1)) as genie, asyncio.timeout(5):
        with pytest.raises(Unavailable):
            await genie.message(REF)
    assert server.seen == []


async def test_what_is_started_is_not_started_again_when_its_fate_is_unknown(server: GenieServer) -> None:
    """A read that is marked `once` is repeated after a refusal only."""
    start = Request("POST", "/x", body={}, once=True)
    server.on("POST /x", Say(status=429, headers={"Retry-After": "0"}), Say(status=500), Say({}))
    async with aiohttp.ClientSession() as http:
        transport = Transport(http, server.url, PersonalToken("t"), {}, None, PATIENT)
        with pytest.raises(GenieError):
            await transport.read(start, lambda reply: reply)
    assert server.count("POST /x") == 2


async def test_a_reply_that_is_too_large_is_not_read(server: GenieServer) -> None:
    """The memory is bounded whatever the server sends."""
    server.on("GET /api/2.0/genie/spaces/s", Say({"title": "x" * 5_000}))
    async with aiohttp.ClientSession() as http:
        transport = Transport(http, server.url, PersonalToken("t"), {}, None, PATIENT, max_bytes=1_000)
        with pytest.raises(Malformed):
            await transport.read(get_space("s"), lambda reply: reply)


async def test_a_refusal_counts_even_if_its_body_cannot_be_read(server: GenieServer) -> None:
    """The status says enough."""
    server.on("GET /api/2.0/genie/spaces/s", Say({"message": "x" * 5_000}, status=403))
    async with aiohttp.ClientSession() as http:
        transport = Transport(http, server.url, PersonalToken("t"), {}, None, PATIENT, max_bytes=1_000)
        with pytest.raises(Forbidden):
            await transport.read(get_space("s"), lambda reply: reply)


async def test_a_large_reply_is_decoded_off_the_loop(server: GenieServer) -> None:
    """Decoding runs in another thread when the reply is large."""
    threads = []
    server.on("GET /api/2.0/genie/spaces/s", Say({"title": "x" * 300_000}), Say({}))

    def decode(_reply: object) -> None:
        threads.append(asyncio._get_running_loop() is None)

    async with aiohttp.ClientSession() as http:
        transport = Transport(http, server.url, PersonalToken("t"), {}, None, PATIENT)
        await transport.read(get_space("s"), decode)
        await transport.read(get_space("s"), decode)
    assert threads == [True, False]


async def test_a_space_is_fetched(server: GenieServer, genie: Genie) -> None:
    """Title and description for those who may run it."""
    server.on("GET /api/2.0/genie/spaces/s", Say(payload("space")))
    assert (await genie.space("s")).title == "Sales"


async def test_repetitions_log_nothing_of_the_data(server: GenieServer, genie: Genie) -> None:
    """The retry library's own log line holds neither token nor what the server wrote."""
    server.on(POLL, Say({"message": "SELECT secret"}, 500), RUNNING)
    with capture_logs() as logged:
        await genie.message(REF)
    said = " ".join(map(str, logged))
    assert "retry_scheduled" in said
    assert "secret" not in said
    assert "token-1" not in said
