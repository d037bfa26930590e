"""Questions that are refused, or that nothing is left to say about: what their writer reads."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from bot.records.job import Job
from bot.records.progress import State
from bot.records.question import Aside
from bot.store.limiter import Rate
from bot.store.questions import Bounds
from render import words
from render.blockkit.buttons import ASK_EDITED
from render.notices.listening import ASK_REPLY
from tests.unit.handlers.slack_app import (
    ADA,
    BOT,
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    event,
    mention,
    press,
)

pytestmark = pytest.mark.redis

FULL = Bounds(by_person=1, rate=Rate(0, 62.0))
REPLY_TS, EDIT_TS = "1700000009.000100", "1700000060.000100"


class Conversations:
    """A Slack that has one reply to read, and keeps what it is to show to one person alone."""

    def __init__(self) -> None:
        self.ephemerals: list[str] = []

    async def replies(self, _request: web.Request) -> web.Response:
        """Return the reply."""
        reply = {"ts": REPLY_TS, "thread_ts": TS, "user": ADA, "text": "by month?"}
        return web.json_response({"ok": True, "messages": [reply]})

    async def ephemeral(self, request: web.Request) -> web.Response:
        """Take an ephemeral message."""
        self.ephemerals.append((await request.json())["text"])
        return web.json_response({"ok": True})


@pytest.fixture
async def conversations(listeners: Listeners) -> AsyncIterator[Conversations]:
    """Open that Slack for the listeners."""
    slack, app = Conversations(), web.Application()
    app.add_routes(
        [
            web.route("*", "/conversations.replies", slack.replies),
            web.post("/chat.postEphemeral", slack.ephemeral),
        ]
    )
    async with TestServer(app) as server:
        listeners.app.client.base_url = str(server.make_url("/"))
        yield slack


@pytest.fixture
def listeners(redis: "Redis") -> Listeners:
    """Return the listeners of a bot for which one question is enough."""
    listeners = Listeners(redis)
    listeners.questions.bounds = FULL
    return listeners


def edit(text: str, before: str) -> dict[str, Any]:
    """Edit Ada's message."""
    written = {"type": "message", "user": ADA, "ts": TS, "text": before}
    told = {"message": written | {"text": text}, "previous_message": written}
    return event("message", subtype="message_changed", channel_type="channel", ts=EDIT_TS, **told)


@pytest.mark.usefixtures("conversations")
async def test_a_reply_that_is_refused_is_not_said_to_be_asked(
    listeners: Listeners, replies: ResponseUrl
) -> None:
    """The offer stays, so that the writer can press its button later."""
    await listeners.take(mention())
    value = json.dumps({"i": f"{TEAM}.{CHANNEL}.{REPLY_TS}"})
    await listeners.take(press(ASK_REPLY, value, response_url=replies.url))
    [said] = replies.bodies
    assert (said["text"], said["replace_original"]) == (words.questions.too_many_by_person(1), False)


@pytest.mark.usefixtures("conversations")
async def test_an_edited_question_that_is_refused_may_be_asked_again_later(
    listeners: Listeners, replies: ResponseUrl
) -> None:
    """The offer stays until it is taken; then what the message says by now is asked, once."""
    await listeners.take(mention())
    value = json.dumps({"i": f"{TEAM}.{CHANNEL}.{REPLY_TS}"})
    for bounds in (FULL, Bounds(), Bounds()):
        listeners.questions.bounds = bounds
        await listeners.take(press(ASK_EDITED, value, response_url=replies.url))
    said = [(body["text"], body["replace_original"]) for body in replies.bodies]
    assert said == [
        (words.questions.too_many_by_person(1), False),
        (words.changes.ASKED_AGAIN, True),
        (words.questions.ALREADY_ASKED, True),
    ]
    asked = await listeners.questions.find(f"{TEAM}.{CHANNEL}.1700000001.000100.{ASK_EDITED}")
    assert asked
    assert asked.text == "by month?"


@pytest.mark.usefixtures("conversations")
async def test_a_reply_in_a_forgotten_thread_is_not_said_to_be_asked(
    listeners: Listeners, replies: ResponseUrl
) -> None:
    """The button outlives what the bot remembers of the thread."""
    value = json.dumps({"i": f"{TEAM}.{CHANNEL}.{REPLY_TS}"})
    await listeners.take(press(ASK_REPLY, value, response_url=replies.url))
    assert replies.texts == [words.listening.NOT_READ]


async def test_an_edit_that_adds_a_mention_is_refused_like_a_message(
    listeners: Listeners, redis: "Redis"
) -> None:
    """Its writer is told, as of a new question."""
    await listeners.take(mention(ts="1700000000.000001"))
    await listeners.take(edit(f"<@{BOT}> orders?", "orders?"))
    due = await redis.zrange(KEYS.due, 0, -1)
    stored = [await redis.hget(KEYS.question(str(each)), "job") for each in due]
    assert [Job.from_json(str(each)).payload for each in stored if each] == [Aside.TOO_MANY_BY_PERSON]


@pytest.mark.parametrize(("text", "offers"), [("thanks!", 0), ("orders?", 1)])
async def test_only_a_question_is_offered_after_the_answer(
    listeners: Listeners, redis: "Redis", conversations: Conversations, text: str, offers: int
) -> None:
    """Whoever adds thanks to what was answered asks nothing."""
    await listeners.take(mention())
    await redis.hset(
        KEYS.question(f"{TEAM}.{CHANNEL}.{TS}"), mapping={"state": State.DELIVERED, "message": "m"}
    )
    await listeners.take(edit(f"<@{BOT}> {text}", f"<@{BOT}> revenue?"))
    assert len(conversations.ephemerals) == offers
