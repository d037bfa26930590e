"""Events and commands: stored before they are acknowledged; what needs nothing is acknowledged."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.observability.logs import formatter
from bot.records.question import Place, Question, Surface
from render import words
from tests.unit.handlers.slack_app import (
    ADA,
    BOT,
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    command,
    event,
    mention,
)

ASSISTANT = {"user_id": ADA, "channel_id": "D1", "thread_ts": TS, "context": {}}
VIEW = {"type": "modal", "callback_id": "v"}

pytestmark = pytest.mark.redis


@pytest.fixture(params=["refuses", "says nothing"])
async def away(request: pytest.FixtureRequest) -> AsyncIterator["Redis"]:
    """Return a client of a Redis that is not there, or that takes the connection and no more."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = 9 if request.param == "refuses" else silent.getsockname()[1]
        async with Redis.from_url(f"redis://127.0.0.1:{port}", decode_responses=True) as client:
            yield client


async def test_a_mention_is_stored_before_it_is_acknowledged(redis: "Redis") -> None:
    """The question is in Redis when the acknowledgement is ready, and a worker is woken."""
    listeners = Listeners(redis)
    answer = await listeners.take(mention())
    stored = await listeners.questions.find(f"{TEAM}.{CHANNEL}.{TS}")
    assert (answer.status, listeners.wakes) == (200, 1)
    assert stored
    assert (stored.text, stored.asker, stored.place) == (f"<@{BOT}> revenue?", ADA, Place(TEAM, CHANNEL, TS))


async def test_a_redelivery_is_acknowledged_and_one_question(redis: "Redis") -> None:
    """Slack may send an event again, and as a mention and as a message."""
    listeners = Listeners(redis)
    for body in (mention(), mention(), event("message", thread_ts=TS, channel_type="channel", text="x")):
        assert (await listeners.take(body)).status == 200
    assert await redis.zcard(KEYS.due) == 1


async def test_a_reply_may_come_before_the_mention_that_opens_its_thread(redis: "Redis") -> None:
    """Events overtake each other: a reply written right after a mention waits a moment for its thread."""
    listeners = Listeners(redis)
    soon = f"{float(TS) + 0.5:.6f}"
    reply = event("message", ts=soon, thread_ts=TS, channel_type="channel", text="only EMEA")
    answers = await asyncio.gather(listeners.take(reply), listeners.take(mention()))
    assert [answer.status for answer in answers] == [200, 200]
    assert await redis.lrange(KEYS.thread_line(Place(TEAM, CHANNEL, TS), TS), 0, -1) == [
        f"{TEAM}.{CHANNEL}.{TS}",
        f"{TEAM}.{CHANNEL}.{soon}",
    ]


async def test_an_event_that_cannot_be_stored_is_not_acknowledged(away: "Redis") -> None:
    """Then Slack sends it again."""
    listeners = Listeners(away)
    assert (await listeners.take(mention())).status == 503
    assert listeners.wakes == 0


async def test_a_command_that_cannot_be_stored_is_answered(away: "Redis") -> None:
    """Slack would not send it again, so its user is told, and Slack shows no error of its own."""
    answer = await Listeners(away).take(command("revenue"))
    assert (answer.status, answer.body) == (200, words.questions.NOT_STORED)


async def test_a_command_is_stored_and_confirmed(redis: "Redis") -> None:
    """A command's question has no thread yet, and an address to answer its user privately."""
    listeners = Listeners(redis)
    answer = await listeners.take(command("  revenue  "))
    stored = await listeners.questions.find(f"{TEAM}.{CHANNEL}.1.2.3")
    assert (answer.status, answer.body) == (200, words.questions.COMMAND_RECEIVED)
    assert stored
    assert (stored.text, stored.surface, stored.place.thread) == ("revenue", Surface.COMMAND, None)
    assert stored.response_url == "https://hooks.example/1"


@pytest.mark.parametrize("text", ["", "  ", "help", "HELP"])
async def test_a_command_without_a_question_explains(text: str, redis: "Redis") -> None:
    """Help needs nothing stored."""
    answer = await Listeners(redis).take(command(text))
    assert answer.status == 200
    assert json.loads(answer.body)["text"].startswith(words.commands.INTRODUCTION)
    assert await redis.exists(KEYS.due) == 0


@pytest.mark.parametrize(
    "body",
    [
        event("message", subtype="message_changed", hidden=True, message={"text": "x"}, channel_type="im"),
        event("message", subtype="message_deleted", hidden=True, channel_type="im"),
        event("message", subtype="channel_join", channel_type="im"),
        event("message", subtype="bot_message", bot_id="B9", channel_type="im", text="x"),
        event("message", user=BOT, channel_type="im", text="x"),
        event("message", user=None, channel_type="im", text="x"),
        event("message", channel_type="channel", text="chatter"),
        event("message", channel_type="channel", text="x", thread_ts="1600000000.000100"),
        mention(bot_id="B9"),
        event("app_home_opened", tab="home"),
        event("member_joined_channel"),
        event("app_uninstalled"),
        event("assistant_thread_started", assistant_thread=ASSISTANT),
        {"type": "shortcut", "callback_id": "c", "user": {"id": ADA}, "team": {"id": TEAM}},
        {"type": "message_action", "callback_id": "c", "user": {"id": ADA}, "team": {"id": TEAM}},
        {"type": "view_submission", "view": VIEW, "user": {"id": ADA}, "team": {"id": TEAM}},
        {"type": "view_closed", "view": VIEW, "user": {"id": ADA}, "team": {"id": TEAM}},
        {"command": "/other", "text": "", "team_id": TEAM, "channel_id": CHANNEL, "user_id": ADA},
    ],
    ids=lambda body: str(body.get("event", body).get("subtype") or body.get("event", body).get("type")),
)
async def test_what_is_not_for_us_is_acknowledged_in_silence(
    body: dict[str, Any], redis: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    """Edits, joins, bots, chatter and surfaces that we do not have: taken, not stored, not logged."""
    answer = await Listeners(redis).take(body)
    assert (answer.status, answer.body or "") == (200, "")
    assert await redis.exists(KEYS.due) == 0
    assert [each for each in caplog.messages if "nhandled" in each] == []


async def test_a_listener_that_crashes_says_where_and_quotes_nothing(
    redis: "Redis", caplog: pytest.LogCaptureFixture
) -> None:
    """An event without a channel: Slack sends it again, and the log has the traceback."""
    body = mention()
    del body["event"]["channel"]
    assert (await Listeners(redis).take(body)).status == 503
    [record] = [each for each in caplog.records if each.message == "listener.crashed"]
    line = formatter(as_text=False).format(record)
    assert 'str(event[\\"channel\\"])' in line
    assert "builtins.KeyError" in line
    assert body["event"]["text"] not in line


def stopped(event_id: str) -> dict[str, Any]:
    """Press Stop in the thread, where the app is an agent."""
    return event("agent_session_stopped", thread_ts=TS, streaming_message_ts=[], _event_id=event_id)


async def test_a_redelivered_stop_withdraws_nothing_more(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """One press withdraws one question, the newest of its asker in the thread, and is told of once."""
    told: list[str] = []

    async def tell(_context: object, _place: Place, user: str, _reply: object) -> None:
        told.append(user)

    monkeypatch.setattr("handlers.events.sessions.post_privately", tell)
    listeners, place = Listeners(redis), Place(TEAM, CHANNEL, TS)
    ids = [f"{TEAM}.{CHANNEL}.{number}" for number in (1, 2)]
    for each in ids:
        await listeners.questions.accept(Question(each, "how much?", place, ADA, Surface.MENTION))
    for event_id, gone in (("Ev1", ids[1:]), ("Ev1", ids[1:]), ("Ev2", ids)):
        assert (await listeners.take(stopped(event_id))).status == 200
        assert [each for each in ids if await redis.hget(KEYS.question(each), "withdrawn")] == gone
    assert told == [ADA, ADA]


async def test_a_stop_is_not_lost_to_an_outage(away: "Redis") -> None:
    """Slack sends it again."""
    assert (await Listeners(away).take(stopped("Ev1"))).status == 503
