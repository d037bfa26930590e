"""Where people ask as themselves, every button, menu and modal serves its owner; others may ask, too."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from redis.asyncio import Redis

from bot.records.job import Job, JobKind
from bot.records.question import Aside, Place, Question
from handlers import ACTIONS, FORM, VIEWS
from handlers.owners import FREE, FREE_VIEWS, OWNED, OWNED_VIEWS, Of
from handlers.payloads.actions import thread_metadata
from render import words
from render.answer.actions import EXPORT_CSV, FORGET
from render.answer.chart_menu import CHART
from render.answer.space_menu import OTHER_SPACE
from render.blockkit.buttons import CHECK_AGAIN, FEEDBACK, SUGGESTION, WHY, ButtonValue, encode
from render.notices import feedback, forget_thread, share_modal
from render.notices.as_myself import ASK_AS_MYSELF
from render.notices.help import STARTER
from render.notices.listening import ASK_REPLY, QUIET
from render.notices.spaces import CHOOSE_OTHER
from render.watch import modal as watch_modal
from tests.unit.handlers.slack_app import (
    ADA,
    BOT,
    CHANNEL,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    choose,
    command,
    event,
    mention,
    press,
    submit,
)

pytestmark = pytest.mark.redis

BEN = "U0BEN"
PLACE, ID = Place(TEAM, CHANNEL, TS), f"{TEAM}.{CHANNEL}.{TS}"
REPLY_TS = "1700000009.000100"
ABOUT = json.dumps([ID, TEAM, CHANNEL, TS, 1, "thumbs"])
VALUES = {
    SUGGESTION: (f"{SUGGESTION}:0", encode(ButtonValue(ID, "by month?"))),
    STARTER: (f"{STARTER}:0", encode(ButtonValue("", "orders?"))),
    CHART: (f"{CHART}:{ID}", "bar"),
    OTHER_SPACE: (f"{OTHER_SPACE}:{ID}", "01ef"),
    CHOOSE_OTHER: (f"{CHOOSE_OTHER}:{ID}", "01ef"),
    FEEDBACK: (FEEDBACK, f"POSITIVE:{ID}"),
    WHY: (WHY, ABOUT),
    CHECK_AGAIN: (CHECK_AGAIN, ID),
}
"""Action ids and values of buttons that are not just about a question."""
SUBMISSIONS = {
    share_modal.CALLBACK: submit(share_modal.CALLBACK, json.dumps([ID, TEAM, CHANNEL, TS, None])),
    forget_thread.CALLBACK: submit(forget_thread.CALLBACK, thread_metadata(PLACE)),
    feedback.CALLBACK: submit(
        feedback.CALLBACK, ABOUT, state={"values": {feedback.WORDS: {feedback.WORDS: {"value": "no"}}}}
    ),
    watch_modal.CALLBACK: submit(
        watch_modal.CALLBACK,
        json.dumps([ID, TEAM, CHANNEL, TS]),
        state={"values": {watch_modal.RHYTHM: {watch_modal.CHOICE: {}}}},
    ),
}
REFUSED = words.owners.served_only(f"<@{ADA}>")


@pytest.fixture
async def slack(redis: "Redis") -> AsyncIterator[Listeners]:
    """Open the listeners where people ask as themselves, over a Slack that takes all; Ada has an answer."""

    async def take(request: web.Request) -> web.Response:
        message = {"ts": REPLY_TS, "thread_ts": TS, "user": BEN, "text": "and by month?"}
        if request.path.endswith("conversations.replies"):
            return web.json_response({"ok": True, "messages": [message]})
        return web.json_response({"ok": True, "view": {"id": "V1"}, "user": {"team_id": TEAM}})

    app, listeners = web.Application(), Listeners(redis, as_users=True, in_threads=True)
    app.router.add_route("*", "/{method}", take)
    async with TestServer(app) as server:
        listeners.app.client.base_url = str(server.make_url("/"))
        await listeners.take(mention())
        await redis.hset(KEYS.question(ID), mapping={"message": "m", "state": "delivered"})
        await redis.hset(KEYS.thread(PLACE, TS), "asked_in", CHANNEL)
        await redis.set(KEYS.answer(PLACE, "1700000001.000100"), f"{ID} {TS}", px=60_000)
        await redis.delete(KEYS.due, KEYS.thread_line(PLACE, TS))
        yield listeners


async def kept(redis: "Redis") -> dict[str, object]:
    """Return all that Redis holds."""
    return {str(key): await redis.dump(key) for key in await redis.keys()}


async def jobs(redis: "Redis") -> list[Job]:
    """Return the jobs that wait."""
    due = await redis.zrange(KEYS.due, 0, -1)
    stored = [await redis.hget(KEYS.question(str(each)), "job") for each in due]
    return [Job.from_json(str(each)) for each in stored if each]


def pressed(action: str, user: str, **fields: Any) -> dict[str, Any]:
    """Press the button of an action on Ada's answer."""
    action_id, value = VALUES.get(action, (action, encode(ButtonValue(ID))))
    return press(action_id, value, user={"id": user, "team_id": TEAM}, trigger_id="1.2.3", **fields)


def reply(text: str) -> dict[str, Any]:
    """Write in Ada's thread as Ben."""
    kind = "app_mention" if BOT in text else "message"
    return event(kind, user=BEN, ts=REPLY_TS, thread_ts=TS, channel_type="channel", text=text)


def test_every_action_and_modal_is_its_owners_or_says_why_not() -> None:
    """A new one is not forgotten."""
    assert {*OWNED} | {*FREE} == {*ACTIONS, *FORM}
    assert not {*OWNED} & {*FREE}
    assert {*OWNED_VIEWS} == {*SUBMISSIONS}
    assert {*OWNED_VIEWS} | {*FREE_VIEWS} == {*VIEWS}


@pytest.mark.parametrize("action", sorted(OWNED))
async def test_a_click_of_somebody_else_does_nothing(
    action: str, slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """The user is told whose it is and may ask instead; nothing is kept, no modal opens, nobody works."""
    before, wakes = await kept(redis), slack.wakes
    assert (await slack.take(pressed(action, BEN, response_url=replies.url))).status == 200
    [said] = replies.bodies
    assert said["text"].startswith(REFUSED)
    assert said["replace_original"] is False
    assert ASK_AS_MYSELF in str(said["blocks"])
    assert (await kept(redis), slack.wakes, slack.modal_requests) == (before, wakes, [])


@pytest.mark.parametrize("action", sorted(OWNED))
async def test_the_owner_is_served(action: str, slack: Listeners, replies: ResponseUrl) -> None:
    """As everybody is where the bot asks for all."""
    await slack.take(pressed(action, ADA, response_url=replies.url))
    assert not [text for text in replies.texts if text.startswith(REFUSED)]


@pytest.mark.parametrize("action", sorted(OWNED))
async def test_the_bots_own_answers_serve_everybody(
    action: str, slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """Without sign-ins nothing has an owner."""
    bot = Listeners(redis)
    bot.app.client.base_url = slack.app.client.base_url
    await bot.take(pressed(action, BEN, response_url=replies.url))
    assert not [text for text in replies.texts if text.startswith(REFUSED)]


@pytest.mark.parametrize("choice", [EXPORT_CSV, FORGET, QUIET])
async def test_the_menu_below_an_answer_is_its_owners(
    choice: str, slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """Its options are the same actions."""
    before = await kept(redis)
    body = choose(f"{choice}:{ID}", user={"id": BEN, "team_id": TEAM}, response_url=replies.url)
    await slack.take(body)
    assert replies.texts[0].startswith(REFUSED)
    assert await kept(redis) == before


@pytest.mark.parametrize("user", [ADA, BEN])
async def test_a_command_of_somebody_else_silences_no_thread(
    user: str, slack: Listeners, redis: "Redis"
) -> None:
    """A call for help makes a thread the latest one of who called, and not the own one."""
    await redis.set(KEYS.latest(TEAM, CHANNEL, user), TS, px=60_000)
    body = command("quiet") | {"user_id": user}
    assert ((await slack.take(body)).body == words.listening.NO_THREAD) is (user == BEN)
    assert await redis.hexists(KEYS.thread(PLACE, TS), "replies") is (user == ADA)


@pytest.mark.parametrize("callback", sorted(SUBMISSIONS))
@pytest.mark.parametrize("user", [ADA, BEN])
async def test_a_modal_is_looked_at_again_when_it_is_submitted(
    callback: str, user: str, slack: Listeners, redis: "Redis"
) -> None:
    """That it was opened proves nothing."""
    before = await kept(redis)
    answer = await slack.take(SUBMISSIONS[callback] | {"user": {"id": user, "team_id": TEAM}})
    refused = json.dumps(REFUSED, ensure_ascii=False)[1:-1] in answer.body
    assert (refused, await kept(redis) == before) == ((True, True) if user == BEN else (False, False))


@pytest.mark.parametrize("user", [ADA, BEN])
async def test_a_reaction_of_somebody_else_rates_nothing(user: str, slack: Listeners, redis: "Redis") -> None:
    """People may react as they like; Genie hears of the owner's thumb alone."""
    item = {"type": "message", "channel": CHANNEL, "ts": "1700000001.000100"}
    thumb = {"user": user, "reaction": "+1", "item": item, "item_user": BOT, "event_ts": "1700000002.1"}
    body = event("reaction_added", **thumb)
    assert (await slack.take(body)).status == 200
    assert [job.kind for job in await jobs(redis)] == ([JobKind.FEEDBACK] if user == ADA else [])


async def test_a_thread_keeps_its_owner_longer_than_its_answers(
    slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """The button of an answer that is forgotten asks nothing in the thread for somebody else."""
    await redis.delete(KEYS.question(ID))
    for action in (SUGGESTION, EXPORT_CSV):
        await slack.take(pressed(action, BEN, response_url=replies.url))
    assert [text.startswith(REFUSED) for text in replies.texts] == [True, True]
    assert OWNED[SUGGESTION] is Of.THREAD
    assert [ASK_AS_MYSELF in str(body["blocks"]) for body in replies.bodies] == [True, False]


@pytest.mark.parametrize(
    ("action", "text"), [(EXPORT_CSV, f"<@{BOT}> revenue?"), (SUGGESTION, "by month?"), (STARTER, "orders?")]
)
async def test_ask_as_myself_asks_once_and_privately(
    action: str, text: str, slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """The answer's own question or the one that was pressed, as the user who presses, however often."""
    await slack.take(pressed(action, BEN, response_url=replies.url))
    [button] = replies.bodies[0]["blocks"][-1]["elements"]
    for ts in ("1700000011.000100", "1700000012.000100"):
        told = {"ts": ts, "thread_ts": TS, "team": TEAM}
        body = press(button["action_id"], button["value"], user={"id": BEN, "team_id": TEAM}, message=told)
        await slack.take(body | {"response_url": replies.url})
    assert [body["text"] for body in replies.bodies[1:]] == [
        words.share.private_received(f"<@{BOT}>"),
        words.share.ALREADY_ASKED_PRIVATELY,
    ]
    [job] = await jobs(redis)
    asked = Question.from_json(job.payload)
    assert (job.kind, job.user, asked.asker, asked.text) == (JobKind.PRIVATE, BEN, BEN, text)
    assert (asked.place.thread, asked.asked_thread) == (None, TS)


async def test_what_is_asked_as_oneself_is_told_apart_by_its_button(slack: Listeners, redis: "Redis") -> None:
    """Its id says nothing of its words, which whoever reads it could guess."""
    for action, said in (("0", "by month?"), ("1", "by month?"), ("1", "by year?")):
        value = encode(ButtonValue(ID, said))
        body = press(f"{ASK_AS_MYSELF}:{SUGGESTION}:{action}", value, user={"id": BEN, "team_id": TEAM})
        await slack.take(body)
    found = [Question.from_json(job.payload).text for job in await jobs(redis)]
    assert found == ["by month?", "by month?"]


@pytest.mark.parametrize("text", ["and by month?", f"<@{BOT}> and by month?"])
async def test_a_reply_of_somebody_else_is_offered_to_be_asked(
    text: str, slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """It is no question of the thread; its words are read when its writer wants them asked."""
    for _ in range(2):  # Slack sends events again
        assert (await slack.take(reply(text))).status == 200
    [told] = await jobs(redis)
    assert (told.kind, told.user, told.payload) == (JobKind.TELL_WRITER, BEN, Aside.AS_MYSELF)
    assert not await redis.exists(KEYS.question(told.about))
    await redis.delete(KEYS.due)
    body = press(ASK_AS_MYSELF, encode(ButtonValue(told.about)), user={"id": BEN, "team_id": TEAM})
    await slack.take(body | {"response_url": replies.url})
    [job] = await jobs(redis)
    assert (job.user, Question.from_json(job.payload).text) == (BEN, "and by month?")


async def test_small_talk_of_others_stays_small_talk(slack: Listeners, redis: "Redis") -> None:
    """Nobody is told anything about thanks."""
    await slack.take(reply("thanks!"))
    assert await jobs(redis) == []


async def test_the_offer_among_people_who_talk_asks_privately_as_well(
    slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """Its button asks in the thread only for the owner."""
    value = encode(ButtonValue(f"{TEAM}.{CHANNEL}.{REPLY_TS}"))
    body = press(ASK_REPLY, value, user={"id": BEN, "team_id": TEAM}, response_url=replies.url)
    await slack.take(body)
    [job] = await jobs(redis)
    assert (job.kind, job.user) == (JobKind.PRIVATE, BEN)


async def test_what_cannot_be_read_is_not_asked(
    slack: Listeners, redis: "Redis", replies: ResponseUrl
) -> None:
    """The message is somebody else's, or gone."""
    value = encode(ButtonValue(f"{TEAM}.{CHANNEL}.{REPLY_TS}"))
    body = press(ASK_AS_MYSELF, value, user={"id": "U0CHLOE", "team_id": TEAM}, response_url=replies.url)
    await slack.take(body)
    assert replies.texts == [words.questions.BUTTON_TOO_OLD]
    assert await jobs(redis) == []
