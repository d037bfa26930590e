"""A run of agent mode is begun once and told as it comes."""

import asyncio
from contextlib import aclosing

import pytest

from genie.agent_model import (
    Prose,
    ResponseCreated,
    ResponseEnded,
    ResponseEvent,
    ResponseRef,
)
from genie.client import Genie
from genie.errors import (
    AgentModeOff,
    Ambiguous,
    BadRequest,
    Conflict,
    GenieError,
    NotFound,
    NotSent,
    RateLimited,
    SignInFailed,
    StreamBroken,
    Unavailable,
)
from genie.http.transport import Exchange, Timeouts
from tests.unit.genie.agent_streams import CREATED, REPORT, ended, stream, streamed
from tests.unit.genie.client.test_questions import TOKEN_REFUSED, Tokens
from tests.unit.genie.genie_server import DROP, SPACE, GenieServer, Say, client

ASK = f"POST /api/2.0/genie/agents/{SPACE}/responses"
REF = ResponseRef(SPACE, "01f1c", "01f1r")


async def run(
    genie: Genie, content: str = "q", seen: list[ResponseEvent] | None = None
) -> list[ResponseEvent]:
    """Read a run to its end; what was `seen` before an error stays there."""
    seen = [] if seen is None else seen
    async for event in genie.research(SPACE, content):
        seen.append(event)
    return seen


async def test_a_run_goes_out_once_and_is_told_to_its_end(server: GenieServer, genie: Genie) -> None:
    """Exactly one message of the user goes out; what the reference marks as needless is left out."""
    server.on(ASK, streamed(stream(*REPORT)))
    events = await run(genie, "Why did it fall?")
    assert isinstance(events[0], ResponseCreated)
    assert isinstance(events[-1], ResponseEnded)
    (seen,) = server.seen
    said = [{"type": "input_text", "text": "Why did it fall?"}]
    assert seen.json == {"input": [{"type": "message", "role": "user", "content": said}]}
    assert seen.headers["Accept"] == "text/event-stream"
    assert seen.headers["Authorization"] == "Bearer token-1"


async def test_a_follow_up_and_charts_are_asked_for(server: GenieServer, genie: Genie) -> None:
    """Each by a key of its own, which is there only then."""
    server.on(ASK, streamed(stream(*REPORT)))
    async for _ in genie.research(SPACE, "And Q2?", "01f1c", visualization=True):
        pass
    assert server.seen[0].json.keys() == {"input", "conversation_id", "enable_viz"}
    assert server.seen[0].json["conversation_id"] == "01f1c"


@pytest.mark.parametrize("content", ["", " \n", "x" * 10_001])
async def test_what_genie_would_not_take_is_refused_here(
    content: str, server: GenieServer, genie: Genie
) -> None:
    """An empty question, and one that is longer than any client sends."""
    with pytest.raises(BadRequest):
        await run(genie, content)
    assert server.seen == []


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (Say({"error_code": "FEATURE_DISABLED"}, 404), AgentModeOff),
        (Say({"error_code": "ENDPOINT_NOT_FOUND"}, 404), AgentModeOff),
        (Say(status=501), AgentModeOff),
        (Say({"error_code": "RESOURCE_DOES_NOT_EXIST"}, 404), NotFound),
        (Say({"error_code": "ABORTED"}, 409), Conflict),
        (Say({"error_code": "RESOURCE_EXHAUSTED"}, 429, {"Retry-After": "9"}), RateLimited),
        (Say({"error_code": "TEMPORARILY_UNAVAILABLE"}, 503), Unavailable),
        (Say(body=b"<html>login", headers={"Content-Type": "text/html"}), SignInFailed),
        (Say(status=500), Ambiguous),
        (DROP, Ambiguous),
        (Say({"id": "01f1r", "status": "completed"}), Ambiguous),
        (streamed(b": alive\n\n"), Ambiguous),
        (streamed(stream(*REPORT[1:3])), Ambiguous),
        (streamed(b"event: response.created\ndata: {}\n\n"), Ambiguous),
        (streamed(stream({"type": "error", "error_code": "ABORTED"})), Conflict),
    ],
)
async def test_before_it_has_begun_it_fails_as_any_question(
    refusal: Say, error: type[GenieError], server: GenieServer, genie: Genie
) -> None:
    """Told apart are what was refused and what may have begun; nothing is sent again."""
    server.on(ASK, refusal)
    with pytest.raises(GenieError) as raised:
        await run(genie)
    assert type(raised.value) is error
    assert server.count(ASK) == 1
    if error is RateLimited:
        assert raised.value.retry_after == 9.0


async def test_a_connection_that_was_never_made_began_nothing() -> None:
    """Nobody listens: it is safe to ask again."""
    async with client("http://127.0.0.1:1") as genie:
        with pytest.raises(NotSent):
            await run(genie)


@pytest.mark.parametrize("refusal", TOKEN_REFUSED)
async def test_a_refused_token_is_replaced_once_before_the_stream(refusal: Say, server: GenieServer) -> None:
    """It means that nothing was begun."""
    server.on(ASK, refusal, streamed(stream(*REPORT)))
    async with client(server.url, Tokens()) as genie:
        await run(genie)
    assert [seen.headers["Authorization"] for seen in server.seen] == ["Bearer token-1", "Bearer token-2"]
    server.on(ASK, refusal)
    async with client(server.url, Tokens()) as genie:
        with pytest.raises(SignInFailed):
            await run(genie)


@pytest.mark.parametrize(
    "fate",
    [
        streamed(stream(*REPORT[:5])),
        streamed(stream(CREATED) + b"event: response.completed\ndata: {"),
        streamed(stream(CREATED) + b"event: response.completed\ndata: {\n\n"),
        streamed(stream(CREATED, ended(output=["x" * (4 << 20)]))),
        streamed(stream(*[CREATED] * 300), then="break"),
    ],
    ids=["end of file", "cut frame", "undecodable", "too large", "connection lost"],
)
async def test_a_stream_that_breaks_is_to_be_looked_up(fate: Say, server: GenieServer, genie: Genie) -> None:
    """What came before is told, above all where the run is; it is never asked for again."""
    server.on(ASK, fate)
    seen: list[ResponseEvent] = []
    with pytest.raises(StreamBroken) as raised:
        await run(genie, seen=seen)
    assert seen[0] == ResponseCreated(REF)
    assert not any(isinstance(event, ResponseEnded) for event in seen)
    assert server.count(ASK) == 1
    assert not raised.value.retryable


async def test_a_silence_breaks_the_stream(server: GenieServer) -> None:
    """Half of it comes and then nothing, over a connection that stays open."""
    server.on(ASK, streamed(stream(CREATED) * 2, then="stall"))
    async with client(server.url, timeouts=Timeouts(send=10.0, silence=0.2)) as genie:
        with pytest.raises(StreamBroken, match="SocketTimeoutError"):
            await run(genie)


async def test_comments_count_as_life(server: GenieServer) -> None:
    """A stream that says little for longer than it may be silent goes on."""
    server.on(ASK, streamed(stream(CREATED) + b": alive\n" * 60 + stream(ended()), then="trickle"))
    async with client(server.url, timeouts=Timeouts(send=10.0, answer=0.5, read=0.5, silence=1.0)) as genie:
        began = asyncio.get_running_loop().time()
        events = await run(genie)
        taken = asyncio.get_running_loop().time() - began
    assert taken > 1.0
    assert isinstance(events[-1], ResponseEnded)


async def test_a_line_of_600_kilobytes_is_read(server: GenieServer, genie: Genie) -> None:
    """The end of a run repeats everything, in one line."""
    long = {"type": "message", "id": "m", "content": [{"text": "x" * 600_000}]}
    server.on(ASK, streamed(stream(CREATED, ended(output=[long]))))
    end = (await run(genie))[-1]
    assert isinstance(end, ResponseEnded)
    assert end.items == (Prose("m", "x" * 600_000),)


async def test_each_exchange_is_told_to_the_listener(server: GenieServer) -> None:
    """A run is one, when it ends, breaks or is left by its reader."""
    told: list[Exchange] = []
    server.on(ASK, streamed(stream(*REPORT)), streamed(stream(CREATED)), streamed(stream(*REPORT)))
    async with client(server.url, observe=told.append) as genie:
        await run(genie)
        with pytest.raises(StreamBroken):
            await run(genie)
        async with aclosing(genie.research(SPACE, "q")) as events:
            await anext(events)
    assert [(each.operation, type(each.error)) for each in told] == [
        ("POST responses", type(None)),
        ("POST responses", StreamBroken),
        ("POST responses", type(None)),
    ]
