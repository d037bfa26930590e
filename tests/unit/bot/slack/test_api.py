"""Every way in which a call to Slack can fail, as one of four exceptions; over real HTTP."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.api import SlackBusy, SlackRefused, SlackSignedOut, SlackUnreachable, ask_slack


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
