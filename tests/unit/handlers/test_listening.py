"""Replies of people who talk, and choices about them: durable, once, and told to one person alone."""

import json

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind
from bot.records.question import Aside, Place
from bot.store.listening import Choice, ListeningStore, ThreadReplies
from handlers.payloads.envelope import microseconds
from render import words
from render.notices.listening import ASK_REPLY, LISTEN, ONLY_MENTIONS, QUIET
from tests.unit.handlers.slack_app import (
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
)

pytestmark = pytest.mark.redis

PLACE = Place(TEAM, CHANNEL, TS)
REPLY_TS, LATER_TS = "1700000009.000100", "1700000010.000100"


async def talk(listeners: Listeners) -> None:
    """Have Ada ask, and Ben and Chloe talk below it."""
    await listeners.take(mention())
    for user, ts in (("U0BEN", REPLY_TS), ("U0CHLOE", LATER_TS)):
        body = event(
            "message", user=user, ts=ts, thread_ts=TS, channel_type="channel", text="looks low since March"
        )
        assert (await listeners.take(body)).status == 200


async def jobs(redis: "Redis") -> list[Job]:
    """Return the jobs that are waiting."""
    stored = [
        await redis.hget(KEYS.question(str(each)), "job") for each in await redis.zrange(KEYS.due, 0, -1)
    ]
    return [Job.from_json(str(each)) for each in stored if each]


async def test_an_offer_is_a_job_without_the_text(redis: "Redis") -> None:
    """What people write to each other is not kept, also where it is offered to be asked."""
    listeners = Listeners(redis)
    await talk(listeners)
    [offer] = await jobs(redis)
    about = f"{TEAM}.{CHANNEL}.{LATER_TS}"
    assert (offer.kind, offer.user, offer.about, offer.payload) == (
        JobKind.TELL_WRITER,
        "U0CHLOE",
        about,
        Aside.OFFER,
    )
    stored = [await redis.dump(key) for key in await redis.keys() if about in str(key)]
    assert "March" not in str(stored)
    assert await redis.hgetall(KEYS.talk(PLACE, TS)) == {
        "one": f"{TEAM}.U0BEN",
        "other": f"{TEAM}.U0CHLOE",
        "heard": str(microseconds(LATER_TS)),
        f"told:offer:{TEAM}.U0CHLOE": "1",
    }


async def test_a_redelivered_reply_is_offered_once(redis: "Redis") -> None:
    """Slack may send an event again, and the offer stays one."""
    listeners = Listeners(redis)
    await talk(listeners)
    again = event(
        "message", user="U0CHLOE", ts=LATER_TS, thread_ts=TS, channel_type="channel", text="low since March"
    )
    assert (await listeners.take(again)).status == 200
    assert len(await jobs(redis)) == 1


async def test_a_reply_that_cannot_be_read_is_not_asked(redis: "Redis", replies: ResponseUrl) -> None:
    """It may be deleted, or Slack may be slow: its writer is told how to ask."""
    listeners = Listeners(redis)
    listeners.app.client.base_url = "http://127.0.0.1:9/api/"
    await talk(listeners)
    before = await redis.zcard(KEYS.due)
    value = json.dumps({"i": f"{TEAM}.{CHANNEL}.{LATER_TS}"})
    assert (await listeners.take(press(ASK_REPLY, value, response_url=replies.url))).status == 200
    assert replies.texts == [words.listening.NOT_READ]
    assert await redis.zcard(KEYS.due) == before


async def test_choices_are_kept_and_told(redis: "Redis", replies: ResponseUrl) -> None:
    """One's own, and those for a whole thread."""
    listeners, store = Listeners(redis), ListeningStore(redis, KEYS)
    await listeners.take(mention())
    for body in (
        press(ONLY_MENTIONS, "", response_url=replies.url),
        choose(f"{QUIET}:k", response_url=replies.url),
    ):
        assert (await listeners.take(body)).status == 200
    heard = await store.hear(
        PLACE, "U0ADA", REPLY_TS, microseconds(REPLY_TS), to_people=True, may_answer=True
    )
    assert (heard.choice, heard.replies) == (Choice.MENTIONS, ThreadReplies.MENTIONS)
    assert (await listeners.take(press(LISTEN, "", response_url=replies.url))).status == 200
    heard = await store.hear(
        PLACE, "U0ADA", REPLY_TS, microseconds(REPLY_TS), to_people=True, may_answer=True
    )
    assert (heard.choice, heard.replies) == (Choice.NONE, ThreadReplies.SMART)
    assert replies.texts == [
        words.listening.MENTIONS_CHOSEN,
        words.listening.NOW_QUIET,
        words.listening.NOW_LISTENING,
    ]


@pytest.mark.parametrize("choice", [QUIET, LISTEN])
async def test_an_unknown_thread_is_told(choice: str, redis: "Redis", replies: ResponseUrl) -> None:
    """There is nothing to remember the choice with."""
    await Listeners(redis).take(choose(f"{choice}:key", response_url=replies.url))
    assert replies.texts == [words.threads.FRESH_UNKNOWN]


async def test_a_command_finds_no_thread_or_a_private_one(redis: "Redis") -> None:
    """In direct messages every message is a question, so there is nothing to choose."""
    listeners = Listeners(redis)
    assert (await listeners.take(command("quiet"))).body == words.listening.NO_THREAD
    await redis.set(KEYS.latest(TEAM, CHANNEL, "U0ADA"), f"D1 {TS}", px=1000)
    assert (await listeners.take(command(" Listen "))).body == words.listening.DIRECT
    assert (await listeners.take(command("quiet quarters of 2025"))).body == words.questions.COMMAND_RECEIVED


async def test_a_reply_in_a_thread_of_others_costs_one_call(redis: "Redis") -> None:
    """The bot gets all messages of its channels: those that are not for it cost as little as can be."""
    listeners = Listeners(redis)
    body = event("message", ts=REPLY_TS, thread_ts=TS, channel_type="channel", text="looks low since March")
    await listeners.take(body)
    await redis.config_resetstat()
    await listeners.take(body)
    calls = {name: each["calls"] for name, each in (await redis.info("commandstats")).items()}
    assert {name: number for name, number in calls.items() if name.startswith("cmdstat_eval")} == {
        "cmdstat_evalsha": 1
    }
