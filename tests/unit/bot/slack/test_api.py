"""Every way in which a call to Slack can fail, as a SlackError; and repeated calls; over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import api
from bot.slack.api import (
    SlackBusy,
    SlackError,
    SlackRefused,
    SlackSignedOut,
    SlackUnavailable,
    SlackUnreachable,
    ask_slack,
    retrying,
)


class Answer:
    """What the server says next; without `status` it cuts the connection."""

    status: int | None = 200
    body = '{"ok": true}'
    content_type = "application/json"
    retry_after: str | None = None

    async def give(self, request: web.Request) -> web.Response:
        """Answer one call."""
        if self.status is None:
            assert request.transport
            request.transport.close()
            return web.Response()
        headers = {} if self.retry_after is None else {"Retry-After": self.retry_after}
        return web.Response(
            status=self.status, text=self.body, content_type=self.content_type, headers=headers
        )


@pytest.fixture
def answer() -> Answer:
    return Answer()


@pytest.fixture
async def slack(answer: Answer) -> AsyncIterator[AsyncWebClient]:
    app = web.Application()
    app.add_routes([web.post("/api/{method}", answer.give)])
    async with TestServer(app) as server, aiohttp.ClientSession() as http:
        url = str(server.make_url("/api/"))
        yield AsyncWebClient(token="xoxb-1", base_url=url, session=http, retry_handlers=[], timeout=1)


async def test_a_good_answer_is_its_data(slack: AsyncWebClient) -> None:
    """What Slack said comes back as it is."""
    assert await ask_slack(slack.auth_test()) == {"ok": True}


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        ("3", 3),
        ("0", 0.1),
        ("-1", 0.1),
        ("2.5", 2.5),
        ("9999", 120),
        ("nan", 1),
        ("inf", 1),
        ("soon", 1),
        ("", 1),
        (None, 1),
    ],
)
@pytest.mark.parametrize("body", ['{"ok": false, "error": "ratelimited"}', "", "<html>slow down</html>"])
async def test_too_many_calls_say_how_long_to_wait(
    retry_after: str | None, seconds: float, body: str, answer: Answer, slack: AsyncWebClient
) -> None:
    """Slack's own word counts, within bounds, and a second if it says none that can be read."""
    answer.status, answer.body, answer.retry_after = 429, body, retry_after
    with pytest.raises(SlackBusy) as busy:
        await ask_slack(slack.auth_test())
    assert busy.value.retry_after == seconds


@pytest.mark.parametrize("code", ["channel_not_found", "invalid_blocks", "not_in_channel", "missing_scope"])
async def test_a_refusal_keeps_slacks_word(code: str, answer: Answer, slack: AsyncWebClient) -> None:
    """The code decides what to do next."""
    answer.body = f'{{"ok": false, "error": "{code}"}}'
    with pytest.raises(SlackRefused) as refused:
        await ask_slack(slack.auth_test())
    assert refused.value.code == code


@pytest.mark.parametrize(
    "code", ["invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"]
)
async def test_a_refused_token_is_no_refusal_of_the_call(
    code: str, answer: Answer, slack: AsyncWebClient
) -> None:
    """Nothing is wrong with what was asked, so nobody takes it for that."""
    answer.body = f'{{"ok": false, "error": "{code}"}}'
    with pytest.raises(SlackSignedOut) as signed_out:
        await ask_slack(slack.auth_test())
    assert signed_out.value.code == code
    assert not isinstance(signed_out.value, SlackRefused)


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [
        (502, "<html>Bad gateway</html>", "text/html"),
        (503, "", "text/plain"),
        (500, '{"ok": false, "error": "channel_not_found"}', "application/json"),
        (200, "<html>Sign in to the network</html>", "text/html"),
        (200, '{"ok": tr', "application/json"),
        (200, '{"ok": false}', "application/json"),
        (200, '{"ok": false, "error": "internal_error"}', "application/json"),
        (200, '{"ok": false, "error": "service_unavailable"}', "application/json"),
        (404, "<html>", "text/html"),
        (None, "", ""),
    ],
)
async def test_no_readable_answer_is_unreachable(
    status: int | None, body: str, content_type: str, answer: Answer, slack: AsyncWebClient
) -> None:
    """Pages of proxies, broken bodies, cut connections and Slack's own trouble say nothing about our call."""
    answer.status, answer.body, answer.content_type = status, body, content_type
    with pytest.raises(SlackUnreachable) as lost:
        await ask_slack(slack.auth_test())
    assert "html" not in str(lost.value)


@pytest.mark.parametrize("body", ["[]", '"ok"', "null"])
async def test_json_that_is_no_answer_is_unreachable(
    body: str, answer: Answer, slack: AsyncWebClient
) -> None:
    """Slack's answers are objects."""
    answer.body = body
    with pytest.raises(SlackUnreachable):
        await ask_slack(slack.auth_test())


async def test_nobody_there_is_unreachable() -> None:
    """Nothing listens at the address."""
    slack = AsyncWebClient(token="xoxb-1", base_url="http://127.0.0.1:9/api/", retry_handlers=[])
    with pytest.raises(SlackUnreachable):
        await ask_slack(slack.auth_test())


def test_every_error_is_a_slack_error() -> None:
    """Two of them pass by themselves, and what means all of them catches the base."""
    assert issubclass(SlackUnavailable, SlackError)
    for passing in (SlackBusy, SlackUnreachable):
        assert issubclass(passing, SlackUnavailable)
    for lasting in (SlackRefused, SlackSignedOut):
        assert issubclass(lasting, SlackError)
        assert not issubclass(lasting, SlackUnavailable)


class Flaky:
    """A call that fails in the ways given, one after the other, and then returns."""

    def __init__(self, *errors: SlackError) -> None:
        self.errors = list(errors)
        self.at: list[float] = []

    async def __call__(self) -> str:
        self.at.append(asyncio.get_running_loop().time())
        if self.errors:
            raise self.errors.pop(0)
        return "done"


async def test_a_call_is_repeated_until_slack_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's own pause is obeyed, and a call without an answer has one that grows."""
    monkeypatch.setattr(api, "FIRST_PAUSE_SECONDS", 0.02)
    call = Flaky(SlackBusy(0.15), SlackUnreachable("x"), SlackUnreachable("x"))
    assert await retrying(call, 4, within=5.0) == "done"
    pauses = [later - earlier for earlier, later in pairwise(call.at)]
    assert [pause >= least for pause, least in zip(pauses, (0.15, 0.02, 0.08), strict=True)] == [True] * 3
    assert pauses[0] > pauses[1]


@pytest.mark.parametrize(
    ("error", "attempts", "within", "calls"),
    [
        (SlackRefused("invalid_blocks"), 3, 5.0, 1),
        (SlackSignedOut("token_revoked"), 3, 5.0, 1),
        (SlackBusy(20.0), 3, 5.0, 1),
        (SlackBusy(0.01), 3, 5.0, 3),
    ],
)
async def test_a_call_is_given_up(error: SlackError, attempts: int, within: float, calls: int) -> None:
    """At once when it is refused or the pause is too long, else after so many attempts; with the error."""
    call = Flaky(*[error] * 9)
    with pytest.raises(type(error)):
        await retrying(call, attempts, within)
    assert len(call.at) == calls
