"""A question is sent once, and every way in which that can end is told apart."""

import asyncio
import socket

import pytest

from genie.client import Genie
from genie.errors import (
    Ambiguous,
    BadRequest,
    Conflict,
    Forbidden,
    GenieError,
    NotFound,
    NotSent,
    RateLimited,
    SignInFailed,
    Unavailable,
)
from genie.http.transport import Timeouts
from genie.model import MessageRef
from tests.unit.genie.genie_server import DROP, HANG, PATIENT, QUICK, SPACE, GenieServer, Say, client, payload

START = f"POST /api/2.0/genie/spaces/{SPACE}/start-conversation"
FOLLOW_UP = f"POST /api/2.0/genie/spaces/{SPACE}/conversations/c1/messages"

TOKEN_REFUSED = [
    Say(status=401),
    Say({"error_code": 403, "message": "Invalid access token. [ReqId: 145ae51b]"}, 403),
    Say({"error_code": "PERMISSION_DENIED", "message": "The access token has expired"}, 403),
    Say({"error": "invalid_token"}, 403),
    Say(body=b"<title>Error 403 Invalid access token.</title>", status=403),
    Say(status=302, headers={"Location": "/login.html"}),
]


class Tokens:
    """An auth that counts: each invalidation gives a new token, up to `last`."""

    def __init__(self, last: int = 9, error: GenieError | None = None) -> None:
        self.number, self.last, self.error = 1, last, error

    async def token(self) -> str:
        if self.error:
            raise self.error
        return f"token-{self.number}"

    def invalidate(self, token: str) -> None:
        self.number = min(self.number + (token == f"token-{self.number}"), self.last)


class SlowTokens(Tokens):
    async def token(self) -> str:
        await asyncio.Event().wait()
        return "never"


async def test_a_first_question_goes_out_signed_and_says_where_it_lives(server: GenieServer) -> None:
    """The words alone are sent, with the token, our name and the workspace's id."""
    server.on(START, Say(payload("start_conversation")))
    async with client(server.url, workspace_id="42") as genie:
        ref = await genie.ask(SPACE, "Umsatz für Köln?")

    (seen,) = server.seen
    assert ref.message_id == "01f1a2b3c4e612aa9b7c8d9e0f1a2b3c"
    assert seen.body.decode("unicode_escape") == '{"content": "Umsatz für Köln?"}'
    assert seen.headers["Authorization"] == "Bearer token-1"
    assert seen.headers["User-Agent"] == "genie-slack-bot/0.1"
    assert seen.headers["X-Databricks-Workspace-Id"] == "42"


async def test_a_follow_up_stays_in_its_conversation(server: GenieServer, genie: Genie) -> None:
    """It is posted to the conversation, and its message is the reply."""
    server.on(FOLLOW_UP, Say(payload("message_running")))
    ref = await genie.follow_up(SPACE, "c1", "And Q2?")
    assert ref == MessageRef(SPACE, "c1", "01f1a2b3c4e612aa9b7c8d9e0f1a2b3c")


@pytest.mark.parametrize("content", ["", " \n"])
async def test_an_empty_question_is_refused_here(content: str, server: GenieServer, genie: Genie) -> None:
    """Genie would refuse it too, and it would have cost a place in the limit."""
    with pytest.raises(BadRequest):
        await genie.ask(SPACE, content)
    with pytest.raises(BadRequest):
        await genie.follow_up(SPACE, "c1", content)
    assert server.seen == []


async def test_ids_cannot_leave_their_place_in_the_path(server: GenieServer, genie: Genie) -> None:
    """A slash in an id is escaped, so it addresses nothing else."""
    with pytest.raises(NotFound):
        await genie.follow_up("s", "../x?y", "q")
    assert server.seen[0].path == "/api/2.0/genie/spaces/s/conversations/..%2Fx%3Fy/messages"


@pytest.mark.parametrize(
    "fate",
    [
        DROP,
        HANG,
        Say(status=500),
        Say(status=502, body=b"<html>", headers={"Content-Type": "text/html"}),
        Say(body=b'{"conversation_id": "c'),
        Say({"conversation_id": "c"}),
        Say(body=b""),
    ],
    ids=["dropped", "silent", "500", "gateway", "cut off", "half", "empty"],
)
async def test_an_unclear_reply_is_ambiguous_and_never_repeated(fate: Say, server: GenieServer) -> None:
    """The question may have arrived, so one POST is all there is."""
    server.on(START, fate)
    async with client(server.url, timeouts=QUICK if fate is HANG else PATIENT) as genie:
        with pytest.raises(Ambiguous):
            await genie.ask(SPACE, "q")
    assert server.count(START) == 1


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (Say(payload("error_rate_limited"), 429, {"Retry-After": "9"}), RateLimited),
        (Say({"error_code": "TEMPORARILY_UNAVAILABLE"}, 503), Unavailable),
        (Say(status=409), Conflict),
        (Say(payload("error_gone"), 404), NotFound),
        (Say(status=302, headers={"Location": "/login"}), SignInFailed),
        (Say(body=b"<html>", headers={"Content-Type": "text/html"}), SignInFailed),
    ],
    ids=["429", "503", "409", "404", "redirect", "page"],
)
async def test_a_clear_refusal_is_told_and_not_repeated(
    refusal: Say, error: type[GenieError], server: GenieServer, genie: Genie
) -> None:
    """When to ask again is the caller's to decide, within the rate limit."""
    server.on(START, refusal)
    with pytest.raises(error) as raised:
        await genie.ask(SPACE, "q")
    assert server.count(START) == 1
    if error is RateLimited:
        assert raised.value.retry_after == 9.0


async def test_a_connection_that_was_never_made_is_not_sent() -> None:
    """Nobody listens: it is safe to ask again."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        async with client(f"http://127.0.0.1:{taken.getsockname()[1]}") as genie:
            with pytest.raises(NotSent):
                await genie.ask(SPACE, "q")


@pytest.mark.parametrize("refusal", TOKEN_REFUSED)
async def test_a_refused_token_is_replaced_once(refusal: Say, server: GenieServer) -> None:
    """It means that nothing was asked, so the question goes out again with a fresh token."""
    server.on(START, refusal, Say(payload("start_conversation")))
    async with client(server.url, Tokens()) as genie:
        await genie.ask(SPACE, "q")
    assert [seen.headers["Authorization"] for seen in server.seen] == ["Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize("refusal", TOKEN_REFUSED)
@pytest.mark.parametrize(("last", "posts"), [(9, 2), (1, 1)])
async def test_a_sign_in_that_stays_refused_ends(
    last: int, posts: int, refusal: Say, server: GenieServer
) -> None:
    """One renewal at most, and none if there is no other token."""
    server.on(START, refusal)
    async with client(server.url, Tokens(last=last)) as genie:
        with pytest.raises(SignInFailed):
            await genie.ask(SPACE, "q")
    assert server.count(START) == posts


async def test_a_missing_right_renews_no_token(server: GenieServer) -> None:
    """No other token would have it."""
    server.on(START, Say(payload("error_forbidden"), 403))
    async with client(server.url, Tokens()) as genie:
        with pytest.raises(Forbidden):
            await genie.ask(SPACE, "q")
    assert server.count(START) == 1


async def test_a_late_401_does_not_make_a_late_question(server: GenieServer) -> None:
    """A second POST that would leave after the time to send is left to the caller."""
    server.on(START, Say(status=401, after=0.3))
    async with client(server.url, Tokens(), Timeouts(send=0.2, answer=2.0)) as genie:
        with pytest.raises(NotSent):
            await genie.ask(SPACE, "q")
    assert server.count(START) == 1


@pytest.mark.parametrize(
    ("tokens", "error"),
    [
        (Tokens(error=Unavailable(retry_after=3.0)), NotSent),
        (Tokens(error=SignInFailed()), SignInFailed),
        (SlowTokens(), NotSent),
    ],
    ids=["outage", "wrong credentials", "slow"],
)
async def test_without_a_token_nothing_is_sent(
    tokens: Tokens, error: type[GenieError], server: GenieServer
) -> None:
    """A question that would leave late is not sent at all: its place in the rate limit would be wrong."""
    timeouts = Timeouts(send=0.05, answer=0.5)
    async with client(server.url, tokens, timeouts) as genie:
        with pytest.raises(error):
            await genie.ask(SPACE, "q")
    assert server.seen == []
