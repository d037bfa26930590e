"""The status line under both of Slack's generations, none, and every refusal: it never costs a question."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from redis.asyncio import Redis
from slack_sdk.web.async_client import AsyncWebClient

from bot.records.lease import QuestionLease
from bot.records.progress import Progress, State
from bot.records.question import Place, Question, Surface
from bot.slack.status import FOR_ENDS, StatusLine
from bot.store.keys import Keys
from bot.store.limiter import Bucket, Rate
from render import words
from sandbox.faults import Fault
from sandbox.slack import Settings, Slack

pytestmark = pytest.mark.redis

SALES, ADA = "C0SALES001", "U0ADA00001"
ASSISTANT, SESSIONS = "assistant.threads.setStatus", "agents.sessions.setStatus"
AGENT = Settings(agent=True)
LATER = Settings(agent=True, retired=frozenset({ASSISTANT}))
"""After February 2027."""
NOW = 1_795_324_546_000
MINUTE = 60_000


@pytest.fixture
async def slack(request: pytest.FixtureRequest) -> AsyncIterator[Slack]:
    """Open Slack with the settings that a test may give."""
    async with Slack(getattr(request, "param", None)) as slack:
        yield slack


@pytest.fixture
async def root(slack: Slack) -> str:
    return await slack.say(ADA, SALES, "hello")


@pytest.fixture
def bucket(redis: "Redis") -> Bucket:
    return Bucket(redis, Keys("test"), "status", Rate(FOR_ENDS + 5, 10))


@pytest.fixture
async def line(slack: Slack, bucket: Bucket) -> AsyncIterator[StatusLine]:
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(
            token=slack.bot_token, base_url=slack.api_url, session=http, retry_handlers=[]
        )
        yield StatusLine(client, bucket)


def lease(root: str, **progress: Any) -> QuestionLease:
    """Return a question that Genie works on since `NOW`."""
    question = Question("T1.C1.1", "how much?", Place("T1", SALES, root), ADA, Surface.MENTION)
    saved = Progress.from_hash({"state": State.ASKED, "asked_at": str(NOW)})
    progress_now = replace(saved, **progress)
    return QuestionLease(question=question, progress=progress_now, owner="owner", now=NOW + MINUTE)


def told(slack: Slack) -> list[tuple[str, str]]:
    """Return what Slack was told and did not refuse, as method and word."""
    calls = [call for call in slack.request_log if call.method in {ASSISTANT, SESSIONS} and not call.error]
    return [(call.method, call.arguments["status"]) for call in calls]


def refusal(code: str, method: str = ASSISTANT) -> Fault:
    """Let Slack refuse a method once."""
    return Fault(path=f"/api/{method}", status=200, body=f'{{"ok": false, "error": "{code}"}}')


async def test_a_line_is_told_once_while_it_stands(slack: Slack, line: StatusLine, root: str) -> None:
    """The progress that comes back keeps it from being told again, by any process."""
    saved = await line.show(lease(root), "ASKING_AI")
    assert saved == {"shown": words.progress.STATUS["ASKING_AI"], "shown_at": NOW + MINUTE}
    assert await line.show(lease(root, **saved), "ASKING_AI") == {}
    await line.show(lease(root, **saved), "EXECUTING_QUERY")
    assert told(slack) == [
        (ASSISTANT, words.progress.STATUS["ASKING_AI"]),
        (ASSISTANT, words.progress.STATUS["EXECUTING_QUERY"]),
    ]


@pytest.mark.parametrize(
    ("shown_at", "asked_at", "again"),
    [
        (NOW + MINUTE - 104_000, NOW - 5 * MINUTE, True),
        (NOW, NOW - 5 * MINUTE, False),
        (NOW + MINUTE // 2, NOW + MINUTE // 2 + 1, True),
    ],
    ids=["fades before the next look", "a minute ago", "before the question was taken up again"],
)
async def test_a_line_is_told_again_before_it_fades(
    shown_at: int, asked_at: int, line: StatusLine, root: str, *, again: bool
) -> None:
    """Slack takes it away after two minutes, and its end takes it away at once."""
    said: dict[str, str | int] = {
        "shown": words.progress.STATUS["ASKING_AI"],
        "shown_at": shown_at,
        "asked_at": asked_at,
    }
    assert bool(await line.show(lease(root, **said), "ASKING_AI")) is again


@pytest.mark.parametrize("slack", [LATER], indirect=True)
async def test_an_agents_session_is_told_once_an_hour(slack: Slack, line: StatusLine, root: str) -> None:
    """It has no words of ours, so another status of Genie is no news to it."""
    saved = await line.show(lease(root), "ASKING_AI")
    assert await line.show(lease(root, **saved), "EXECUTING_QUERY") == {}
    assert told(slack) == [(SESSIONS, "processing")]
    long_ago = saved | {"shown_at": NOW - 50 * MINUTE, "asked_at": NOW - 55 * MINUTE}
    assert await line.show(lease(root, **long_ago), "EXECUTING_QUERY") == saved


@pytest.mark.parametrize(
    "code",
    ["unknown_method", "method_deprecated", "missing_scope", "not_allowed_token_type", "brand_new_word"],
)
@pytest.mark.parametrize("slack", [AGENT], indirect=True)
async def test_a_refusal_for_good_brings_the_other_generation(
    code: str, slack: Slack, line: StatusLine, root: str
) -> None:
    """In the same call, and the refused one is not tried again."""
    slack.faults.add(refusal(code))
    saved = await line.show(lease(root), "ASKING_AI")
    await line.clear(lease(root, **saved))
    assert told(slack) == [(SESSIONS, "processing"), (SESSIONS, "active")]


@pytest.mark.parametrize("slack", [AGENT], indirect=True)
async def test_an_agent_has_its_session_tried_first(slack: Slack, bucket: Bucket, root: str) -> None:
    """Slack shows Stop there alone; an agent that may not use sessions has the line with words."""
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    line = StatusLine(client, bucket, is_agent=True)
    saved = await line.show(lease(root, text="how much?"), "ASKING_AI")
    assert saved["shown"] == "processing"
    assert slack.workspace.sessions[SALES, root].title == "how much?"
    slack.faults.add(refusal("missing_scope", SESSIONS))
    saved = await line.show(lease(root), "EXECUTING_QUERY")
    assert told(slack)[1:] == [(ASSISTANT, words.progress.STATUS["EXECUTING_QUERY"])]


async def test_with_neither_generation_slack_is_left_alone(slack: Slack, line: StatusLine, root: str) -> None:
    """Both refuse once, and there is no status then."""
    slack.faults.add(refusal("missing_scope"))
    for _ in range(3):
        assert await line.show(lease(root), "ASKING_AI") == {}
        await line.clear(lease(root))
    refused = [call.method for call in slack.request_log if call.method in {ASSISTANT, SESSIONS}]
    assert refused == [SESSIONS]
    assert slack.faults.waiting == ()


@pytest.mark.parametrize("code", ["not_in_channel", "invalid_thread_ts", "restricted_action_thread_locked"])
async def test_one_closed_channel_does_not_darken_the_others(
    code: str, slack: Slack, line: StatusLine, root: str
) -> None:
    """A refusal that is about a place is not taken for all of them, and neither is an outage."""
    slack.faults.add(refusal(code))
    slack.faults.add(Fault(path=f"/api/{ASSISTANT}", status=502, body="<html>"))
    slack.faults.add(refusal("token_revoked"))
    for _ in range(4):
        await line.show(lease(root), "ASKING_AI")
    assert told(slack) == [(ASSISTANT, words.progress.STATUS["ASKING_AI"])]


@pytest.mark.parametrize(
    ("slack", "asked_back", "said"),
    [
        (None, False, (ASSISTANT, "")),
        (None, True, (ASSISTANT, "")),
        (LATER, False, (SESSIONS, "active")),
        (LATER, True, (SESSIONS, "suspended")),
    ],
    indirect=["slack"],
)
async def test_every_end_is_told(
    said: tuple[str, str], slack: Slack, line: StatusLine, root: str, *, asked_back: bool
) -> None:
    """By a successor too, that never showed anything; a question of Genie's leaves the session waiting."""
    await line.clear(lease(root), asked_back=asked_back)
    assert told(slack) == [said]


async def test_lines_leave_room_for_their_ends(
    slack: Slack, line: StatusLine, bucket: Bucket, root: str
) -> None:
    """A rush of news never uses up what takes lines away."""
    for _ in range(7):
        await line.show(lease(root), "ASKING_AI")
    assert len(told(slack)) == 5
    assert await bucket.used() == 5
    await line.clear(lease(root))
    assert told(slack)[-1] == (ASSISTANT, "")
    assert await bucket.used() == 6


async def test_a_busy_slack_pauses_the_status_line(
    slack: Slack, line: StatusLine, bucket: Bucket, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For as long as Slack says, in all processes; an end waits for its time-out and no longer."""
    monkeypatch.setattr("bot.slack.status.CLEAR_SECONDS", 0.2)
    slack.faults.add(Fault(path=f"/api/{ASSISTANT}", status=429, retry_after="20", body="{}"))
    await line.show(lease(root), "ASKING_AI")
    assert 15 < await bucket.take() <= 20
    await line.show(lease(root), "ASKING_AI")
    await line.clear(lease(root))
    assert told(slack) == []


@pytest.mark.parametrize("fault", [{"status": 429, "retry_after": "0.2"}, {"status": 502}, {"drop": True}])
async def test_an_end_is_tried_again(
    fault: dict[str, Any], slack: Slack, line: StatusLine, root: str
) -> None:
    """A moment of trouble does not leave a line below an answer."""
    slack.faults.add(Fault(path=f"/api/{ASSISTANT}", body="{}", **fault))
    await line.clear(lease(root))
    assert told(slack) == [(ASSISTANT, "")]


async def test_silence_costs_no_more_than_its_timeout(
    slack: Slack, line: StatusLine, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Slack that does not answer is not waited for, and not asked again before a minute has passed."""
    monkeypatch.setattr("bot.slack.status.OPTIONAL_SECONDS", 0.1)
    monkeypatch.setattr("bot.slack.status.CLEAR_SECONDS", 0.1)
    slack.faults.add(Fault(path="/api/*", delay=30.0))
    assert await line.show(lease(root), "ASKING_AI") == {}
    assert await line.show(lease(root), "EXECUTING_QUERY") == {}
    assert told(slack) == []
    slack.faults.add(Fault(path="/api/*", delay=30.0, times=None))
    async with asyncio.timeout(5):
        await line.clear(lease(root))
