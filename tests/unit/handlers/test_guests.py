"""Guests press, submit and rate nothing, unless a setting says so, and are told."""

import pytest
from redis.asyncio import Redis

from bot.records.question import Place
from bot.store.feedback import FeedbackStore
from genie.model import Rating
from handlers import ACTIONS, VIEWS
from render import words
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


@pytest.mark.parametrize("text", ["revenue?", "private revenue?"])
async def test_no_command_of_a_guest_asks(text: str, redis: "Redis") -> None:
    """Neither in the channel nor in private."""
    listeners = Listeners(redis)
    answer = await listeners.take(command(text) | {"user_id": GUEST})
    assert words.questions.GUEST in answer.body
    assert await redis.zcard(KEYS.due) == 0


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
