"""Clicks on "Insights": who may, what is remembered, and one job however many press."""

from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.job import Stage
from bot.records.question import Place, Question, Surface
from bot.store.keys import QUESTION_LIFETIME
from render import words
from render.answer.actions import INSIGHTS
from render.blockkit.buttons import ButtonValue, encode
from tests.unit.handlers.slack_app import ADA, CHANNEL, KEYS, TEAM, TS, Listeners, ResponseUrl, press

pytestmark = pytest.mark.redis

QUESTION_ID = f"{TEAM}.{CHANNEL}.{TS}"


async def answered(redis: "Redis") -> None:
    """Let a question have its answer."""
    question = Question(QUESTION_ID, "revenue?", Place(TEAM, CHANNEL, TS), ADA, Surface.MENTION)
    key = KEYS.question(QUESTION_ID)
    await redis.hset(key, mapping={"question": question.to_json(), "state": "delivered", "message": "m"})
    await redis.pexpire(key, QUESTION_LIFETIME)


def pressed(address: str, **fields: Any) -> dict[str, Any]:
    """Press the button of the answer."""
    return press(INSIGHTS, encode(ButtonValue(QUESTION_ID)), response_url=address, **fields)


async def due(redis: "Redis") -> list[str]:
    """Return the ids of the jobs that are due."""
    return [str(each) for each in await redis.zrange(KEYS.due, 0, -1)]


async def test_a_click_is_one_job(redis: "Redis", replies: ResponseUrl) -> None:
    """The second user is told that the job is under way; the first is told nothing."""
    await answered(redis)
    listeners = Listeners(redis)
    await listeners.take(pressed(replies.url))
    await listeners.take(pressed(replies.url, user={"id": "U0BEN", "team_id": TEAM}))
    assert replies.texts == [words.insights.ALREADY]
    [job] = await due(redis)
    assert await redis.hget(KEYS.question(job), "stage") == Stage.QUEUED
    assert listeners.wakes == 1


async def test_a_job_that_ended_without_insights_runs_again(redis: "Redis", replies: ResponseUrl) -> None:
    """It finds the message that said so, and edits it."""
    await answered(redis)
    listeners = Listeners(redis)
    await listeners.take(pressed(replies.url))
    [job] = await due(redis)
    await redis.hset(KEYS.question(job), mapping={"stage": Stage.REFUSED, "ts": "7.7", "attempts": 3})
    await listeners.take(pressed(replies.url))
    assert await redis.hmget(KEYS.question(job), "stage", "ts", "attempts") == ["queued", "7.7", None]
    assert replies.texts == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"user": {"id": "U9", "team_id": "T9"}}, words.questions.EXTERNAL_PERSON),
        ({"container": {"is_ephemeral": True}}, words.insights.PRIVATE),
    ],
)
async def test_some_clicks_are_refused(
    redis: "Redis", replies: ResponseUrl, fields: dict[str, Any], sentence: str
) -> None:
    """People of other companies, and answers that one person alone sees."""
    await answered(redis)
    await Listeners(redis).take(pressed(replies.url, **fields))
    assert replies.texts == [sentence]
    assert await due(redis) == []


async def test_a_forgotten_answer_is_told(redis: "Redis", replies: ResponseUrl) -> None:
    """What Redis does not know any more cannot be computed."""
    await Listeners(redis).take(pressed(replies.url))
    assert replies.texts == [words.insights.FORGOTTEN]


async def test_without_redis_whoever_pressed_learns_it(replies: ResponseUrl) -> None:
    """Slack does not send a click again."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        assert (await Listeners(away).take(pressed(replies.url))).status == 200
    assert replies.texts == [words.insights.NOT_STORED]
