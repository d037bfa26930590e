"""Clicks: acknowledged whatever happens, and one question however often somebody presses."""

import asyncio
import json

import pytest
from redis.asyncio import Redis

from bot.records.question import Surface
from bot.slack.channels import ChannelAudience, ChannelKind, to_json
from bot.store.keys import CHANNEL_LIFETIME
from handlers import ACTIONS, VIEWS, ephemeral
from handlers.ephemeral import REPLY_TIMEOUT_SECONDS
from handlers.middleware import MODAL_NOT_STORED
from handlers.payloads.actions import read_click
from render import words
from render.answer.actions import ACTIONS as ANSWER_ACTIONS
from render.answer.actions import EXPLAIN, THREAD_ACTIONS, THREAD_MENU
from render.blockkit.buttons import ASK_AGAIN, CHECK_AGAIN, OVERFLOW_MENU, ButtonValue, encode
from render.notices import ask_modal
from tests.unit.handlers.slack_app import (
    ADA,
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    choose,
    mention,
    press,
)

pytestmark = pytest.mark.redis

STRANGER = {"id": "U9", "team_id": "T9"}
OLDER = {
    *("suggestion:0", "starter:0", "ask_again", "start_fresh", "check_again"),
    *("how", "csv", "insights", "publish", "dismiss", "chart:T1.C1.1", "more"),
    *("feedback", "feedback_why", "feedback_take_back"),
}
"""Action ids of messages that were posted long ago: their buttons still work."""
OLDER_CHOICES = ("csv", "excel", "how", "share", "fresh", "forget")

ID = f"{TEAM}.{CHANNEL}.1700000001.000100.suggestion:0"


async def test_a_suggestion_becomes_a_question(redis: "Redis", replies: ResponseUrl) -> None:
    """What Genie proposed is asked in the thread, escaped as if somebody had typed it."""
    listeners = Listeners(redis)
    value = encode(ButtonValue("q", "cost < 5 & rising?"))
    assert (await listeners.take(press("suggestion:0", value, response_url=replies.url))).status == 200
    stored = await listeners.questions.find(ID)
    assert stored
    assert (stored.text, stored.surface) == ("cost &lt; 5 &amp; rising?", Surface.BUTTON)
    assert (listeners.wakes, replies.bodies) == (1, [])


async def test_a_second_press_is_told_so(redis: "Redis", replies: ResponseUrl) -> None:
    """Only whoever pressed is told, in the thread of the click, and the message stays."""
    listeners = Listeners(redis)
    for _ in range(2):
        await listeners.take(press("suggestion:0", encode(ButtonValue("q", "x")), response_url=replies.url))
    told = {"text": words.questions.ALREADY_ASKED, "response_type": "ephemeral", "replace_original": False}
    assert replies.bodies == [told | {"thread_ts": TS}]
    assert await redis.zcard(KEYS.due) == 1


@pytest.mark.parametrize("action", ["suggestion:0", "starter:0"])
async def test_people_of_other_companies_use_no_button_up(
    action: str, redis: "Redis", replies: ResponseUrl
) -> None:
    """They are told privately, and a colleague's press still asks."""
    listeners = Listeners(redis)
    value = encode(ButtonValue("q", "x"))
    await listeners.take(press(action, value, response_url=replies.url, user=STRANGER))
    assert replies.texts == [words.questions.EXTERNAL_PERSON]
    assert await redis.zcard(KEYS.due) == 0
    await listeners.take(press(action, value, response_url=replies.url))
    assert await redis.zcard(KEYS.due) == 1


@pytest.mark.parametrize("action", sorted({*ACTIONS, *OLDER}))
async def test_every_button_is_for_our_own_people(action: str, redis: "Redis", replies: ResponseUrl) -> None:
    """No listener sees the click of a user of another company, and the user is told."""
    listeners = Listeners(redis)
    answer = await listeners.take(press(action, "", response_url=replies.url, user=STRANGER))
    assert (answer.status, replies.texts) == (200, [words.questions.EXTERNAL_PERSON])
    assert (listeners.wakes, listeners.modal_requests) == (0, [])


def test_each_action_of_an_answer_has_a_listener() -> None:
    """What the table of `render` offers, the table of listeners takes."""
    assert {action.action_id for action in (*ANSWER_ACTIONS, *THREAD_ACTIONS)} <= ACTIONS.keys()


@pytest.mark.parametrize("choice", OLDER_CHOICES)
def test_choices_of_older_menus_work(choice: str) -> None:
    """So do the options of the menu below an answer."""
    for menu in (OVERFLOW_MENU, f"{OVERFLOW_MENU}:{THREAD_MENU}"):
        click = read_click(choose(f"{choice}:T1.C1.1", menu), TEAM)
        assert (click.action, click.question_id) == (choice, "T1.C1.1")
    assert choice in ACTIONS


@pytest.mark.parametrize("user", [{"id": ADA, "team_id": TEAM}, STRANGER])
async def test_a_click_on_a_link_is_taken_in_silence(
    user: dict[str, str], redis: "Redis", replies: ResponseUrl
) -> None:
    """Slack sends a click on a link too, for whoever may see it."""
    body = press("open_genie", "", user=user, response_url=replies.url)
    assert (await Listeners(redis).take(body)).status == 200
    assert await redis.exists(KEYS.due) == 0
    assert replies.texts == []


async def test_outside_of_a_thread_people_are_told_in_the_channel(
    redis: "Redis", replies: ResponseUrl
) -> None:
    """Slack shows no private message in a thread that nobody has begun."""
    message = {"ts": "1700000001.000100", "team": TEAM}
    await Listeners(redis).take(press(ASK_AGAIN, "", response_url=replies.url, message=message))
    assert "thread_ts" not in replies.bodies[0]


async def test_asking_again_asks_the_same(redis: "Redis", replies: ResponseUrl) -> None:
    """The words come from the question that is remembered."""
    listeners = Listeners(redis)
    await listeners.take(mention(ts="1700000000.000200"))
    value = encode(ButtonValue(f"{TEAM}.{CHANNEL}.1700000000.000200"))
    await listeners.take(press(ASK_AGAIN, value, response_url=replies.url))
    again = await listeners.questions.find(f"{TEAM}.{CHANNEL}.1700000001.000100.{ASK_AGAIN}")
    assert again
    assert again.text == mention()["event"]["text"]


@pytest.mark.parametrize("value", ["", "{", encode(ButtonValue("forgotten"))])
async def test_a_button_that_is_too_old_says_so(value: str, redis: "Redis", replies: ResponseUrl) -> None:
    """A question that is forgotten cannot be asked again by a click."""
    assert (await Listeners(redis).take(press(ASK_AGAIN, value, response_url=replies.url))).status == 200
    assert replies.texts == [words.questions.BUTTON_TOO_OLD]


async def test_checking_again_resumes_what_was_overdue(redis: "Redis", replies: ResponseUrl) -> None:
    """Only a question whose deadline has passed is looked at again."""
    listeners = Listeners(redis)
    await listeners.take(mention(ts="1700000000.000200"))
    question_id = f"{TEAM}.{CHANNEL}.1700000000.000200"
    await redis.hset(KEYS.question(question_id), "state", "overdue")
    await listeners.take(press(CHECK_AGAIN, question_id, response_url=replies.url))
    assert await redis.hget(KEYS.question(question_id), "state") == "asked"
    assert listeners.wakes == 2


async def test_nobody_checks_again_where_others_came_in(redis: "Redis", replies: ResponseUrl) -> None:
    """The late answer would stand before guests or another company: it is to be asked once more."""
    there = ChannelAudience(ChannelKind.PUBLIC, "sales", people=2, companies=1)
    await redis.set(KEYS.channel(TEAM, CHANNEL), to_json(there), px=CHANNEL_LIFETIME)
    counted = {"members": 2, "count": {"people": 2, "guests": 0}}
    await redis.set(KEYS.members(TEAM, CHANNEL), json.dumps(counted), px=CHANNEL_LIFETIME)
    await Listeners(redis).take(press(CHECK_AGAIN, "q", response_url=replies.url))
    assert replies.texts == [words.readers.OTHERS_READ]


@pytest.mark.parametrize("action", ["suggestion:0", ASK_AGAIN, CHECK_AGAIN])
async def test_without_redis_a_click_is_acknowledged_and_told(action: str, replies: ResponseUrl) -> None:
    """Slack would not send it again, so whoever clicked is told to."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        value = encode(ButtonValue("q", "x"))
        assert (await Listeners(away).take(press(action, value, response_url=replies.url))).status == 200
    assert replies.texts == [words.questions.NOT_STORED]


@pytest.mark.parametrize("trouble", ["refused", "gone", "hangs", "nobody"])
async def test_a_reply_that_fails_costs_nothing(
    trouble: str, redis: "Redis", replies: ResponseUrl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address to answer at may be used up, old, slow or away: the click is acknowledged in time."""
    monkeypatch.setattr(ephemeral, "REPLY_TIMEOUT_SECONDS", REPLY_TIMEOUT_SECONDS)
    replies.status = {"refused": 404, "gone": 410}.get(trouble, 200)
    replies.hangs = trouble == "hangs"
    url = "http://127.0.0.1:9/" if trouble == "nobody" else replies.url
    async with asyncio.timeout(2.5):
        answer = await Listeners(redis).take(press(ASK_AGAIN, "", response_url=url))
    assert answer.status == 200


async def test_a_click_on_how_begins_to_tell(redis: "Redis", replies: ResponseUrl) -> None:
    """Who clicked, where, on which question, and what opens a modal for them."""
    listeners = Listeners(redis)
    value = encode(ButtonValue("T1.C1.1"))
    assert (
        await listeners.take(press(EXPLAIN, value, trigger_id="1.2", response_url=replies.url))
    ).status == 200
    ((request, question_id),) = listeners.modal_requests
    assert (request.user, request.place.thread, request.trigger, question_id) == (ADA, TS, "1.2", "T1.C1.1")
    assert replies.bodies == []


async def test_too_many_clicks_on_how_are_told(redis: "Redis", replies: ResponseUrl) -> None:
    """Whoever cannot be looked after hears it at once."""
    listeners = Listeners(redis)
    listeners.has_room = False
    await listeners.take(press(EXPLAIN, encode(ButtonValue("q")), trigger_id="1.2", response_url=replies.url))
    assert replies.texts == [words.explain.TOO_MANY]


def test_every_modal_has_words_for_a_redis_that_is_away() -> None:
    """Slack does not send a submission again: its user reads there what to do."""
    assert {*MODAL_NOT_STORED} | {ask_modal.CALLBACK} == {*VIEWS}
