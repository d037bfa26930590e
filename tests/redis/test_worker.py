import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.slack.api import SlackBusy, SlackRefused, SlackSignedOut, SlackUnreachable
from bot.store.questions import NotStored
from bot.worker import Step, Worker
from genie.errors import NotFound, Unavailable
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis


@asynccontextmanager
async def working(bot: Bot, step: Step) -> AsyncIterator[tuple[Worker, Responses]]:
    """Run a worker that takes `step` in the first state."""
    responses = Responses(bot)
    worker = Worker(bot.queue, {State.RECEIVED: step, State.SHOWN: step}, {}, responses.responder)
    running = asyncio.create_task(worker.run())
    yield worker, responses
    worker.stop()
    await running


async def ended(bot: Bot, within: float = 5) -> None:
    """Wait until no question is left to do."""
    async with asyncio.timeout(within):
        while await bot.queue.active():  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("error", [NotFound(), SlackRefused("is_archived")])
async def test_what_no_repetition_mends_ends_at_once(redis: "Redis", error: Exception) -> None:
    """A refusal is told in words and not tried again."""
    bot = Bot(redis)
    calls = []

    async def refused(lease: QuestionLease) -> None:
        calls.append(lease)
        raise error

    await bot.questions.accept(question("1"))
    async with working(bot, refused) as (_, responses):
        await ended(bot)
    assert len(calls) == 1
    assert len(responses.texts) == 1


@pytest.mark.parametrize(
    "error", [SlackBusy(0.1), SlackUnreachable("away"), Unavailable(), ValueError("bug")]
)
async def test_what_passes_is_tried_again(redis: "Redis", error: Exception) -> None:
    """A busy or absent server, and even a bug of ours, cost the question one try and not its life."""
    bot = Bot(redis)
    calls = []

    async def once_bad(lease: QuestionLease) -> None:
        calls.append(lease)
        if len(calls) == 1:
            raise error
        await bot.queue.finish(lease, State.DELIVERED)

    await bot.questions.accept(question("1"))
    async with working(bot, once_bad) as (_, responses):
        await ended(bot)
    assert len(calls) == 2
    assert responses.texts == []


async def test_a_revoked_token_keeps_questions_for_the_next_start(redis: "Redis") -> None:
    """When Slack refuses us, and not a message, the question stays until an operator has mended that."""
    bot = Bot(redis)
    tried = asyncio.Event()

    async def refused(_held: QuestionLease) -> None:
        tried.set()
        raise SlackSignedOut("token_revoked")

    await bot.questions.accept(question("1"))
    async with working(bot, refused) as (_, responses):
        await tried.wait()
    assert responses.outcomes == []
    assert await bot.queue.active() == 1


async def test_an_answer_shown_a_moment_ago_is_not_written_over_either(redis: "Redis") -> None:
    """What counts is how far the question has come, not how far it was when its step began."""
    bot = Bot(redis)

    async def shows_and_fails(lease: QuestionLease) -> None:
        await bot.queue.save(lease, state=State.SHOWN)
        raise SlackRefused("file_uploads_disabled")

    await bot.questions.accept(question("1"))
    async with working(bot, shows_and_fails) as (_, responses):
        await ended(bot)
    assert responses.texts == []


async def test_a_shown_answer_is_never_written_over(redis: "Redis") -> None:
    """If what comes after the answer fails for good, the question ends without another word."""
    bot = Bot(redis)

    async def refused(_held: QuestionLease) -> None:
        raise SlackRefused("file_uploads_disabled")

    await bot.questions.accept(question("1"))
    await redis.hset(KEYS.question("T1.C1.1"), "state", State.SHOWN.value)
    async with working(bot, refused) as (_, responses):
        await ended(bot)
    assert responses.texts == []
    assert responses.outcomes == ["slack_refused"]


async def test_a_stopping_worker_lets_running_steps_end(redis: "Redis") -> None:
    """After `stop` the step that runs is waited for, and nothing new is begun."""
    bot = Bot(redis)
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(lease: QuestionLease) -> None:
        begun.set()
        await go.wait()
        await bot.queue.finish(lease, State.DELIVERED)

    await bot.questions.accept(question("1"))
    async with working(bot, slow) as (worker, _):
        await begun.wait()
        worker.stop()
        await bot.questions.accept(question("2"))
        go.set()
    assert await bot.queue.active() == 1


@pytest.mark.parametrize("error", [NotStored(), RedisError()])
async def test_a_step_without_redis_is_repeated_when_redis_answers(redis: "Redis", error: Exception) -> None:
    """Long before its lease ends; it may have done a part of its work, so it counts as one attempt."""
    bot, attempts = Bot(redis), []

    async def once_without(lease: QuestionLease) -> None:
        attempts.append(lease.progress.attempts)
        if len(attempts) == 1:
            raise error
        await bot.queue.finish(lease, State.DELIVERED)

    await bot.questions.accept(question("1"))
    async with working(bot, once_without):
        await ended(bot)
    assert attempts == [0, 1]


@pytest.mark.parametrize("error", [NotStored(), RedisError()])
async def test_a_step_without_redis_is_no_fault_of_its_question(
    redis: "Redis", error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """It waits for the next attempt, and nobody reads a word about it."""
    caplog.set_level(logging.DEBUG)
    bot, tried = Bot(redis), asyncio.Event()

    async def lost(_held: QuestionLease) -> None:
        tried.set()
        raise error

    await bot.questions.accept(question("1"))
    async with working(bot, lost) as (_, responses):
        async with asyncio.timeout(5):
            await tried.wait()
    assert "step.no_redis" in caplog.messages
    assert "step.crashed" not in caplog.messages
    assert (responses.texts, await bot.queue.active()) == ([], 1)


async def test_a_step_that_has_saved_its_end_tells_of_it(
    redis: "Redis", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of a lease is not taken for its loss, whenever the leases are renewed."""
    monkeypatch.setattr("bot.worker.LEASE_SECONDS", 0.09)  # renewed every 0.03 s
    bot, told = Bot(redis), asyncio.Event()

    async def ends(held: QuestionLease) -> None:
        await bot.queue.finish(held, State.DELIVERED)
        await asyncio.sleep(0.1)  # for longer than until the next renewal
        told.set()

    await bot.questions.accept(question("1"))
    async with working(bot, ends):
        async with asyncio.timeout(5):
            await told.wait()


async def test_a_step_that_lost_its_lease_is_dropped(redis: "Redis", monkeypatch: pytest.MonkeyPatch) -> None:
    """A step whose question another worker has taken over is cancelled and saves nothing."""
    monkeypatch.setattr("bot.worker.LEASE_SECONDS", 0.09)  # renewed every 0.03 s
    bot, other = Bot(redis, name="slow"), Bot(redis, name="quick")
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def hangs(_held: QuestionLease) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    await bot.questions.accept(question("1"))
    async with working(bot, hangs):
        await begun.wait()
        await redis.zadd(KEYS.due, {"T1.C1.1": 0})  # as if the hold had ended while the process was stopped
        [taken] = await other.claim(1)
        async with asyncio.timeout(10):
            await cancelled.wait()
        await other.queue.finish(taken, State.DELIVERED)
