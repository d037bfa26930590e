"""Dismissing a report that was private, and one of its results."""

from dataclasses import replace
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from bot.jobs.private_answers import PrivateJobs
from bot.records.job import Job, JobKind
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Question
from bot.replies.load_answer import AnswerLoader
from bot.store.jobs import JobStore
from bot.store.threads import ThreadStore
from tests.redis.queue_moves import KEYS, Bot
from tests.redis.research.test_research_queue import begun
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis


class DirectMessages:
    """Keeps what would be taken away."""

    def __init__(self) -> None:
        """Take nothing away yet."""
        self.removed: list[str] = []

    async def remove_thread(self, _channel: str, thread: str) -> None:
        """Keep the thread."""
        self.removed.append(f"thread {thread}")

    async def remove_answer(self, _channel: str, _thread: str, ts: str, _files: object) -> None:
        """Keep the message."""
        self.removed.append(f"message {ts}")


async def dismiss(redis: "Redis", bot: Bot, question: Question) -> list[str]:
    """Press the button and run its job once; return what was taken away."""
    direct_messages = DirectMessages()
    jobs = PrivateJobs(
        queue=bot.queue,
        responder=Responses(bot).responder,
        loader=AnswerLoader(questions=bot.questions, genie_of=cast("Any", None)),
        questions=bot.questions,
        threads=ThreadStore(redis, KEYS),
        direct_messages=cast("Any", direct_messages),
        privacy=cast("Any", None),
        messages=cast("Any", None),
    )
    job = Job(f"{question.id}.dismiss", JobKind.DISMISS, question.place, question.asker, about=question.id)
    await JobStore(redis, KEYS).enqueue(job)
    [lease] = [each for each in await bot.claim_jobs(9) if each.job.id == job.id]
    await jobs.dismiss(lease)
    return direct_messages.removed


async def with_result(redis: "Redis", bot: Bot) -> tuple[QuestionLease, Question]:
    """Have a report shown whose only result is still to be shown."""
    lease = await bot.queue.save(await begun(redis, bot), message="m1", ts="2.0")
    run = lease.question
    result = replace(run, id=f"{run.id}.result.1", research=False, result_of=run.id, attachment="a")
    await ThreadStore(redis, KEYS).add_results(lease, [result])
    await bot.queue.finish(lease, State.DELIVERED)
    [showing] = await bot.claim(9)
    return await bot.queue.save(showing, ts="3.0"), run


async def test_a_result_goes_alone_and_its_report_stays(redis: "Redis") -> None:
    """It is one answer of several in its thread, although nobody asked anything else there."""
    bot = Bot(redis)
    result, _ = await with_result(redis, bot)
    await bot.queue.finish(result, State.DELIVERED)
    assert await dismiss(redis, bot, result.question) == ["message 3.0"]


async def test_a_report_goes_when_its_results_have_come(redis: "Redis") -> None:
    """What came after that would stand in a thread that is gone."""
    bot = Bot(redis)
    result, run = await with_result(redis, bot)
    assert await dismiss(redis, bot, run) == []
    await bot.queue.finish(result, State.DELIVERED)
    await redis.delete(KEYS.question(f"{run.id}.dismiss"))
    assert await dismiss(redis, bot, run) == ["thread 1"]
