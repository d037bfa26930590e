"""Clicks for a file: each starts a job, the same one for all who see an answer."""

from typing import Any

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, Stage
from bot.records.question import Place
from render import words
from render.answer.actions import EXPORT_CSV, EXPORT_EXCEL
from render.blockkit.buttons import ButtonValue, encode
from tests.unit.handlers.slack_app import ADA, CHANNEL, KEYS, TEAM, TS, Listeners, ResponseUrl, choose, press

pytestmark = pytest.mark.redis

WANTED = encode(ButtonValue("T1.C1.1"))
JOB = f"{TEAM}.{CHANNEL}.{TS}.csv.T1.C1.1"


async def stored_job(redis: "Redis", job_id: str) -> Job:
    return Job.from_json(str(await redis.hget(KEYS.question(job_id), "job")))


async def test_a_click_starts_a_job_about_an_answer(redis: "Redis", replies: ResponseUrl) -> None:
    """It carries which answer, in which format, and where to reply to the user; two clicks are one job."""
    listeners = Listeners(redis)
    for user in (ADA, "U2"):
        body = press(EXPORT_CSV, WANTED, response_url=replies.url, user={"id": user, "team_id": TEAM})
        assert (await listeners.take(body)).status == 200
    job = await stored_job(redis, JOB)
    assert (job.about, job.payload, job.user) == ("T1.C1.1", "csv", ADA)
    assert (job.place, job.response_url) == (Place(TEAM, CHANNEL, TS), replies.url)
    assert await redis.zcard(KEYS.due) == 1
    assert replies.texts == [words.export.UNDER_WAY]
    assert listeners.wakes == 1


async def test_excel_is_another_file(redis: "Redis") -> None:
    """It is chosen from the menu."""
    listeners = Listeners(redis)
    await listeners.take(choose(f"{EXPORT_EXCEL}:T1.C1.1"))
    job = await stored_job(redis, JOB.replace("csv", "xlsx"))
    assert job.payload == "xlsx"


async def test_a_job_that_has_ended_may_run_again(redis: "Redis", replies: ResponseUrl) -> None:
    """It finds what the first run saved: the file that was uploaded."""
    listeners = Listeners(redis)
    body = press(EXPORT_CSV, WANTED, response_url=replies.url)
    await listeners.take(body)
    await redis.hset(KEYS.question(JOB), mapping={"stage": "done", "files": '{"file_id": "F1"}'})
    await redis.delete(KEYS.due)
    await listeners.take(body)
    progress = await listeners.services.jobs.progress(JOB)
    assert progress
    assert (progress.stage, progress.files) == (Stage.QUEUED, '{"file_id": "F1"}')
    assert await redis.zcard(KEYS.due) == 1
    assert replies.texts == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"user": {"id": "U9", "team_id": "T9"}}, words.questions.EXTERNAL_PERSON),
        ({"actions": [{"action_id": EXPORT_CSV, "value": "?"}]}, words.export.TOO_OLD),
    ],
)
async def test_what_comes_to_nothing_is_told(
    fields: dict[str, Any], sentence: str, redis: "Redis", replies: ResponseUrl
) -> None:
    """People of other companies, and buttons that we cannot read."""
    await Listeners(redis).take(press(EXPORT_CSV, WANTED, response_url=replies.url, **fields))
    assert replies.texts == [sentence]
    assert await redis.zcard(KEYS.due) == 0


async def test_without_redis_the_click_is_acknowledged_and_told(replies: ResponseUrl) -> None:
    """Slack would not send it again."""
    async with Redis.from_url("redis://127.0.0.1:9", decode_responses=True) as away:
        answer = await Listeners(away).take(press(EXPORT_CSV, WANTED, response_url=replies.url))
    assert answer.status == 200
    assert replies.texts == [words.questions.NOT_STORED]
