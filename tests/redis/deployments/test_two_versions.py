"""Records that one version cannot read are left to the others, with all that they had."""

import json
from collections.abc import Callable

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind, Stage
from bot.records.progress import State
from bot.records.question import Place
from bot.store.jobs import JobStore
from bot.store.limiter import QUESTIONS, Rate
from bot.store.results import EnqueueResult
from tests.redis.queue_moves import KEYS, Bot, names, question

pytestmark = pytest.mark.redis

RATE = Rate(1, 60)
LONG = 6 * 60 * 1000
"""Milliseconds after which a record has waited too long for another version."""
FIRST = KEYS.question("T1.C1.1")

Change = Callable[[str], tuple[str, str]]
"""From a stored question to the field of the record that changes, and its value."""


def _changed(**fields: object) -> Change:
    return lambda stored: ("question", json.dumps(json.loads(stored) | fields))


UNREADABLE: dict[str, Change] = {
    "a later field": _changed(later=1),
    "a later value": _changed(surface="moon"),
    "a later place": _changed(place={"team": "T1", "channel": "C1", "thread": "1", "later": 1}),
    "damaged": lambda _: ("question", "{"),
    "of another kind": lambda _: ("question", "[]"),
    "a later value of its progress": lambda _: ("placeholder", "moon"),
}


async def spoil(redis: "Redis", change: Change) -> str:
    """Let this version be unable to read the first question; return the question as it was."""
    stored = str(await redis.hget(FIRST, "question"))
    await redis.hset(FIRST, *change(stored))
    return stored


async def mend(redis: "Redis", stored: str) -> None:
    """Let the first question be one that this version reads."""
    await redis.hset(FIRST, "question", stored)
    await redis.hdel(FIRST, "placeholder")


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the events that were logged."""
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize("change", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_token_goes_to_the_version_that_can_read_the_question(
    redis: "Redis", caplog: pytest.LogCaptureFixture, change: Change
) -> None:
    """The other version gets the question at once, with its turn and the token that it was granted."""
    old, new = Bot(redis, RATE, "old"), Bot(redis, RATE, "new")
    await old.questions.accept(question("1"))
    await old.announce()
    line = await redis.zrange(KEYS.line, 0, -1, withscores=True)
    stored = await spoil(redis, change)
    assert [await old.claim(10) for _ in range(5)] == [[]] * 5
    assert told(caplog) == ["question.unreadable"]
    assert await redis.zrange(KEYS.line, 0, -1, withscores=True) == line
    assert await redis.llen(KEYS.grants(QUESTIONS)) == 0
    assert await redis.hmget(FIRST, ["state", "asking_at", "owner"]) == [State.ANNOUNCED, None, None]
    await mend(redis, stored)
    [lease] = await new.claim(10)
    assert (lease.granted, lease.progress.attempts) == (True, 0)


async def test_the_next_in_line_gets_the_token(redis: "Redis") -> None:
    """A question that this version cannot read keeps the head of the line, and nobody behind it waits."""
    old = Bot(redis, RATE, "old")
    for number in range(1, 3):
        await old.questions.accept(question(str(number), asker=f"U{number}"))
    await old.announce()
    await spoil(redis, _changed(later=1))
    assert names([each for _ in range(2) for each in await old.granted()]) == ["2"]
    wait = (await old.queue.claim(10)).wait
    assert wait is not None
    assert wait > 5  # what stays due does not wake this worker


async def test_a_worker_with_little_room_sees_behind_what_it_cannot_read(redis: "Redis") -> None:
    """What is left to another version stays due, and takes no room."""
    old = Bot(redis, name="old")
    for number in range(1, 4):
        await old.questions.accept(question(str(number), asker=f"U{number}"))
    await spoil(redis, _changed(later=1))
    await redis.zadd(KEYS.due, {"T1.C1.1": 1_000})
    assert await old.claim(1) == []
    assert names(await old.claim(1) + await old.claim(1)) == ["2", "3"]


async def test_an_interrupted_step_stays_one(redis: "Redis") -> None:
    """That a worker died with the question is known to the version that can read it, once."""
    old, new = Bot(redis, name="old"), Bot(redis, name="new")
    await new.questions.accept(question("1"))
    assert len(await new.claim(1)) == 1
    await redis.zadd(KEYS.due, {"T1.C1.1": 0})  # as if the lease were over
    stored = await spoil(redis, _changed(later=1))
    assert await old.claim(1) == []
    await mend(redis, stored)
    [lease] = await new.claim(1)
    assert lease.progress.attempts == 1


async def test_a_job_of_a_later_kind_is_left_to_that_version(redis: "Redis") -> None:
    """A job that is not known here is done by the process that knows it."""
    old, new = Bot(redis, name="old"), Bot(redis, name="new")
    job = Job("j", JobKind.FRESH, Place("T1", "C1", "1"), "U1")
    assert await JobStore(redis, KEYS).enqueue(job) is EnqueueResult.ACCEPTED
    await redis.hset(KEYS.question("j"), "job", job.to_json().replace("fresh", "moon"))
    assert await old.claim_jobs(1) == []
    await redis.hset(KEYS.question("j"), "job", job.to_json())
    assert await old.claim_jobs(1) == []
    assert [each.job for each in await new.claim_jobs(1)] == [job]


@pytest.mark.parametrize("change", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_nobody_can_read_ends_and_its_thread_goes_on(
    redis: "Redis", caplog: pytest.LogCaptureFixture, change: Change
) -> None:
    """Twice five minutes are left to another version; then the next question of the thread is asked."""
    old = Bot(redis, RATE, "old")
    await old.questions.accept(question("1"))
    await old.questions.accept(question("2", thread="1"))
    await old.announce()
    await spoil(redis, change)
    for _ in range(2):
        assert await old.claim(10) == []
        await redis.zincrby(KEYS.due, -LONG, "T1.C1.1")
    assert await redis.hget(FIRST, "state") == State.ANNOUNCED
    [lease] = await old.claim(10)
    assert told(caplog) == ["question.unreadable"] * 3 + ["question.given_up"]
    assert (lease.unread, lease.progress.ts, lease.thread) == (True, "1.0", "1")
    await old.queue.finish(lease, State.DELIVERED)
    assert await redis.zscore(KEYS.due, "T1.C1.1") is None
    await old.announce()
    assert names(await old.granted()) == ["2"]


async def test_an_unknown_job_may_be_started_again(redis: "Redis") -> None:
    """It ends as refused, so that another click is no double."""
    old = Bot(redis, name="old")
    job = Job("j", JobKind.FRESH, Place("T1", "C1", "1"), "U1")
    await JobStore(redis, KEYS).enqueue(job)
    await redis.hset(KEYS.question("j"), "job", "{")
    for _ in range(2):
        assert await old.claim_jobs(1) == []
        await redis.zincrby(KEYS.due, -LONG, "j")
    assert await old.claim_jobs(1) == []
    assert await redis.hget(KEYS.question("j"), "stage") == Stage.REFUSED
