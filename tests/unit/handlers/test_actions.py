"""Clicks: acknowledged whatever happens, and one question however often somebody presses."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from bot.question import Surface
from render import words
from render.blockkit.buttons import ASK_AGAIN, CHECK_AGAIN, HOW, ButtonValue, encode
from tests.unit.handlers.slack_app import ADA, CHANNEL, KEYS, TEAM, TS, Listeners, mention, press

pytestmark = pytest.mark.redis

ID = f"{TEAM}.{CHANNEL}.1700000001.000100.suggestion:0"


class Ephemeral:
    """An address to answer at, with what was said there; it may refuse, or say nothing for ever."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.status = 200
        self.hangs = False

    async def take(self, request: web.Request) -> web.Response:
        """Take what the bot says."""
        self.said.append(await request.json())
        if self.hangs:
            await asyncio.sleep(30)
        return web.Response(status=self.status, text="ok")


@pytest.fixture
def ephemeral() -> Ephemeral:
    return Ephemeral()


@pytest.fixture
async def address(ephemeral: Ephemeral) -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes([web.post("/", ephemeral.take)])
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def test_a_suggestion_becomes_a_question(redis: "Redis", address: str, ephemeral: Ephemeral) -> None:
    """What Genie proposed is asked in the thread, escaped as if somebody had typed it."""
    listeners = Listeners(redis)
    value = encode(ButtonValue("q", "cost < 5 & rising?"))
    assert (await listeners.take(press("suggestion:0", value, response_url=address))).status == 200
    stored = await listeners.intake.find(ID)
    assert stored
    assert (stored.text, stored.surface) == ("cost &lt; 5 &amp; rising?", Surface.BUTTON)
    assert (listeners.pokes, ephemeral.said) == (1, [])


async def test_a_second_press_is_told_so(redis: "Redis", address: str, ephemeral: Ephemeral) -> None:
    """Only whoever pressed is told, in the thread of the click, and the message stays."""
    listeners = Listeners(redis)
    for _ in range(2):
        await listeners.take(press("suggestion:0", encode(ButtonValue("q", "x")), response_url=address))
    told = {"text": words.general.ALREADY_ASKED, "response_type": "ephemeral", "replace_original": False}
    assert ephemeral.said == [told | {"thread_ts": TS}]
    assert await redis.zcard(KEYS.due) == 1


@pytest.mark.parametrize("action", ["suggestion:0", "starter:0"])
async def test_people_of_other_companies_use_no_button_up(
    action: str, redis: "Redis", address: str, ephemeral: Ephemeral
) -> None:
    """They are told privately, and a colleague's press still asks."""
    listeners = Listeners(redis)
    value, away = encode(ButtonValue("q", "x")), {"id": "U9", "team_id": "T9"}
    await listeners.take(press(action, value, response_url=address, user=away))
    assert [each["text"] for each in ephemeral.said] == [words.general.EXTERNAL_PERSON]
    assert await redis.zcard(KEYS.due) == 0
    await listeners.take(press(action, value, response_url=address))
    assert await redis.zcard(KEYS.due) == 1


async def test_outside_of_a_thread_people_are_told_in_the_channel(
    redis: "Redis", address: str, ephemeral: Ephemeral
) -> None:
    """Slack shows no private message in a thread that nobody has begun."""
    message = {"ts": "1700000001.000100", "team": TEAM}
    await Listeners(redis).take(press(ASK_AGAIN, "", response_url=address, message=message))
    assert "thread_ts" not in ephemeral.said[0]


async def test_asking_again_asks_the_same(redis: "Redis", address: str) -> None:
    """The words come from the question that is remembered."""
    listeners = Listeners(redis)
    await listeners.take(mention(ts="1700000000.000200"))
    value = encode(ButtonValue(f"{TEAM}.{CHANNEL}.1700000000.000200"))
    await listeners.take(press(ASK_AGAIN, value, response_url=address))
    again = await listeners.intake.find(f"{TEAM}.{CHANNEL}.1700000001.000100.{ASK_AGAIN}")
    assert again
    assert again.text == mention()["event"]["text"]


@pytest.mark.parametrize("value", ["", "{", encode(ButtonValue("forgotten"))])
async def test_a_button_that_is_too_old_says_so(
    value: str, redis: "Redis", address: str, ephemeral: Ephemeral
) -> None:
    """A question that is forgotten cannot be asked again by a click."""
    assert (await Listeners(redis).take(press(ASK_AGAIN, value, response_url=address))).status == 200
    assert [each["text"] for each in ephemeral.said] == [words.general.BUTTON_TOO_OLD]


async def test_checking_again_resumes_what_was_overdue(redis: "Redis", address: str) -> None:
    """Only a question whose deadline has passed is looked at again."""
    listeners = Listeners(redis)
    await listeners.take(mention(ts="1700000000.000200"))
    question_id = f"{TEAM}.{CHANNEL}.1700000000.000200"
    await redis.hset(KEYS.question(question_id), "state", "overdue")
    await listeners.take(press(CHECK_AGAIN, question_id, response_url=address))
    assert await redis.hget(KEYS.question(question_id), "state") == "asked"
    assert listeners.pokes == 2


@pytest.mark.parametrize("action", ["suggestion:0", ASK_AGAIN, CHECK_AGAIN])
async def test_without_redis_a_click_is_acknowledged_and_told(
    action: str, address: str, ephemeral: Ephemeral
) -> None:
    """Slack would not send it again, so whoever clicked is told to."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        value = encode(ButtonValue("q", "x"))
        assert (await Listeners(away).take(press(action, value, response_url=address))).status == 200
    assert [each["text"] for each in ephemeral.said] == [words.general.NOT_STORED]


@pytest.mark.parametrize("trouble", ["refused", "gone", "hangs", "nobody"])
async def test_a_word_that_cannot_be_said_costs_nothing(
    trouble: str, redis: "Redis", address: str, ephemeral: Ephemeral
) -> None:
    """An address to answer at may be used up, old, slow or away: the click is acknowledged in time."""
    ephemeral.status = {"refused": 404, "gone": 410}.get(trouble, 200)
    ephemeral.hangs = trouble == "hangs"
    url = "http://127.0.0.1:9/" if trouble == "nobody" else address
    async with asyncio.timeout(2.5):
        answer = await Listeners(redis).take(press(ASK_AGAIN, "", response_url=url))
    assert answer.status == 200


async def test_a_click_on_a_link_is_acknowledged(redis: "Redis") -> None:
    """Slack sends a click on a link too."""
    assert (await Listeners(redis).take(press("open_genie", ""))).status == 200
    assert await redis.exists(KEYS.due) == 0


async def test_a_click_on_how_begins_to_tell(redis: "Redis", address: str, ephemeral: Ephemeral) -> None:
    """Who clicked, where, on which question, and what opens a modal for them."""
    listeners = Listeners(redis)
    value = encode(ButtonValue("T1.C1.1"))
    assert (await listeners.take(press(HOW, value, trigger_id="1.2", response_url=address))).status == 200
    ((request, question_id),) = listeners.modal_requests
    assert (request.user, request.place.thread, request.trigger, question_id) == (ADA, TS, "1.2", "T1.C1.1")
    assert (request.external, ephemeral.said) == (False, [])


async def test_too_many_clicks_on_how_are_told(redis: "Redis", address: str, ephemeral: Ephemeral) -> None:
    """Whoever cannot be looked after hears it at once."""
    listeners = Listeners(redis)
    listeners.has_room = False
    await listeners.take(press(HOW, encode(ButtonValue("q")), trigger_id="1.2", response_url=address))
    assert [each["text"] for each in ephemeral.said] == [words.explain.TOO_MANY]
