"""Guests press, submit and rate nothing, unless a setting says so; nor do people whom one leaves out."""

import json

import pytest
from redis.asyncio import Redis

from bot.records.question import Place
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.store.feedback import FeedbackStore
from genie.model import Rating
from handlers import ACTIONS, VIEWS
from render import words
from render.expert.card import ON_CARD
from render.notices import share_modal
from tests.unit.handlers.slack_app import (
    BOT,
    CHANNEL,
    GUEST,
    KEYS,
    TEAM,
    TS,
    Listeners,
    ResponseUrl,
    command,
    event,
    mention,
    press,
    submit,
)

pytestmark = pytest.mark.redis

ID, ANSWER = f"{TEAM}.{CHANNEL}.{TS}", "1700000001.000100"
OF_GUEST = {"id": GUEST, "team_id": TEAM}


@pytest.mark.parametrize("action", sorted(ACTIONS))
async def test_no_button_serves_a_guest(action: str, redis: "Redis", replies: ResponseUrl) -> None:
    """No listener sees the click, and the guest is told."""
    listeners = Listeners(redis)
    await listeners.take(press(action, "", response_url=replies.url, user=OF_GUEST))
    assert replies.texts == [words.questions.GUEST]
    assert (listeners.wakes, listeners.modal_requests, await redis.keys()) == (0, [], [])


@pytest.mark.parametrize("callback", sorted(VIEWS))
async def test_no_modal_serves_a_guest(callback: str, redis: "Redis") -> None:
    """However it came to be open; it says why."""
    listeners = Listeners(redis)
    answer = await listeners.take(submit(callback, "") | {"user": OF_GUEST})
    assert words.questions.GUEST in answer.body
    assert (listeners.wakes, await redis.keys()) == (0, [])


@pytest.mark.parametrize("action", sorted(ACTIONS))
@pytest.mark.parametrize("named", [{"users": ("U0BEN",)}, {"channels": ("C2",)}], ids=str)
async def test_no_button_serves_a_person_who_is_not_allowed(
    action: str, named: dict[str, tuple[str, ...]], redis: "Redis", replies: ResponseUrl
) -> None:
    """Nor anybody in a channel that the settings do not name."""
    listeners = Listeners(redis, named=named)
    await listeners.take(press(action, "", response_url=replies.url))
    told = words.access.NOT_ALLOWED if "users" in named else words.access.not_here(["<#C2>"])
    if action in ON_CARD and "channels" in named:  # experts decide in a channel of their own, and there alone
        told = words.experts.NO_CHANNEL
    assert replies.texts == [told]
    assert (listeners.wakes, listeners.modal_requests, await redis.keys()) == (0, [], [])


@pytest.mark.parametrize("callback", sorted(VIEWS))
async def test_no_modal_serves_a_person_who_is_not_allowed(callback: str, redis: "Redis") -> None:
    """However it came to be open; it says why."""
    listeners = Listeners(redis, named={"users": ("U0BEN",)})
    answer = await listeners.take(submit(callback, ""))
    assert words.access.NOT_ALLOWED in answer.body
    assert (listeners.wakes, await redis.keys()) == (0, [])


@pytest.mark.parametrize("text", ["", "revenue?", "private revenue?", "new", "quiet", "help", "sign-in"])
@pytest.mark.parametrize("named", [{"users": ("U0BEN",)}, {"channels": ("C2",)}], ids=str)
async def test_no_command_serves_a_person_who_is_not_allowed(
    text: str, named: dict[str, tuple[str, ...]], redis: "Redis"
) -> None:
    """But for those that take something away."""
    listeners = Listeners(redis, named=named)
    answer = await listeners.take(command(text))
    assert (
        words.access.NOT_ALLOWED if "users" in named else "I do not answer in this channel"
    ) in answer.body
    assert await redis.keys() == []


@pytest.mark.parametrize(
    ("text", "told"), [("cancel", words.changes.NOTHING), ("sign-out", words.sign_in.NO_NEED)]
)
async def test_everybody_may_take_away(text: str, told: str, redis: "Redis") -> None:
    """An own question that waits, and an own sign-in."""
    answer = await Listeners(redis, named={"users": ("U0BEN",)}).take(command(text))
    assert told in answer.body


@pytest.mark.parametrize("text", ["revenue?", "private revenue?"])
async def test_no_command_of_a_guest_asks(text: str, redis: "Redis") -> None:
    """Neither in the channel nor in private."""
    listeners = Listeners(redis)
    answer = await listeners.take(command(text) | {"user_id": GUEST})
    assert words.questions.GUEST in answer.body
    assert await redis.zcard(KEYS.due) == 0


@pytest.mark.parametrize(("allowed", "space"), [(False, None), (True, "01b")])
async def test_no_reply_of_a_guest_chooses_a_space(allowed: bool, space: str | None, redis: "Redis") -> None:  # noqa: FBT001 - a row of the table
    """It is stored, to be declined in words; a colleague's question waits on."""
    spaces = Catalog([Space("sales", "01a"), Space("finance", "01b")])
    listeners = Listeners(redis, allow_guests=allowed, catalog=spaces)
    await listeners.take(mention())
    await redis.hset(KEYS.question(ID), "choosing_at", "1")
    await redis.rpush(KEYS.thread_line(Place(TEAM, CHANNEL, TS), TS), ID)
    reply = {"user": GUEST, "text": f"<@{BOT}> finance", "ts": "1700000002.000100", "thread_ts": TS}
    await listeners.take(mention(**reply))
    assert await redis.hget(KEYS.question(ID), "space") == space
    assert await redis.zcard(KEYS.due) == (1 if allowed else 2)


@pytest.mark.parametrize(("allowed", "rating"), [(False, Rating.NONE), (True, Rating.POSITIVE)])
async def test_no_reaction_of_a_guest_rates(allowed: bool, rating: Rating, redis: "Redis") -> None:  # noqa: FBT001 - a row of the table
    """Unless guests are answered."""
    listeners = Listeners(redis, allow_guests=allowed)
    await listeners.take(mention())
    await redis.hset(KEYS.question(ID), mapping={"message": "m", "state": "delivered"})
    await redis.set(KEYS.answer(Place(TEAM, CHANNEL, TS), ANSWER), f"{ID} {TS}", px=60_000)
    item = {"type": "message", "channel": CHANNEL, "ts": ANSWER}
    thumb = {"user": GUEST, "reaction": "+1", "item": item, "item_user": BOT, "event_ts": "1700000002.1"}
    await listeners.take(event("reaction_added", **thumb))
    assert (await FeedbackStore(redis, KEYS).effective(ID)).rating is rating


@pytest.mark.parametrize(("channel", "shared"), [(CHANNEL, 1), ("C2", 0)])
async def test_an_answer_is_shared_only_where_people_may_ask(
    channel: str, shared: int, redis: "Redis"
) -> None:
    """A private one may be from before the settings named channels; direct messages are open to all."""
    private = Place(TEAM, "D1", TS)
    await Listeners(redis).take(mention())
    await redis.hset(KEYS.thread(private, TS), "asked_in", CHANNEL)
    await redis.pexpire(KEYS.thread(private, TS), 60_000)
    body = submit(share_modal.CALLBACK, json.dumps([ID, TEAM, "D1", TS, None]))
    answer = await Listeners(redis, named={"channels": (channel,)}).take(body)
    assert ("I do not answer in this channel" in (answer.body or "")) is not bool(shared)
    assert await redis.zcard(KEYS.due) == 1 + shared
