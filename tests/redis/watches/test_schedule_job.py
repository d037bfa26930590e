"""How the run of a schedule asks its question, and ends with it."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.jobs.watch.job import MAX_FAILURES
from bot.records.progress import FAILED, State
from bot.records.watch import WatchKind
from genie.model import COMPLETED
from tests.redis.queue_moves import KEYS, end_withdrawn
from tests.redis.watches.company import MORNING, opened
from tests.redis.watches.watching import HOUR, OWNER, Replica, at, watch

pytestmark = pytest.mark.redis


@pytest.mark.parametrize("how", ["stop", "pause"])
@pytest.mark.parametrize("started", [False, True], ids=["waiting", "started"])
async def test_a_schedule_that_is_stopped_asks_nothing(redis: "Redis", how: str, *, started: bool) -> None:
    """Also where its run waits for a worker, or was about to ask: what it asks is withdrawn then."""
    company, asked = opened(redis), watch(kind=WatchKind.QUESTION)
    store, bot = company.replica.store, company.replica.bot
    await store.add(asked, MORNING)
    await company.replica.clock.tick(MORNING)
    [lease] = await bot.claim_jobs(9)
    if started:
        company.meanwhile = lambda: getattr(store, how)(asked.id, OWNER)
        await company.job.run(lease)
        await redis.zadd(KEYS.due, {lease.job.id: 0})
        [lease] = await bot.claim_jobs(1)
    else:
        await getattr(store, how)(asked.id, OWNER)
    await company.job.run(lease)
    assert company.closed == ["stopped"]
    assert [each.progress.withdrawn for each in await bot.claim(9)] == ([1] if started else [])


@pytest.mark.parametrize("died", [False, True])
async def test_a_question_that_waits_until_quiet_hours_is_asked_when_they_are_over(
    redis: "Redis",
    died: bool,  # noqa: FBT001 - a row of the table
) -> None:
    """In a long line, or as no process lived: nothing is answered at night, and the run is made up.

    Also where a process died after it had taken the question back.
    """
    company, asked = opened(redis), watch(kind=WatchKind.QUESTION)
    await company.replica.store.add(asked, MORNING)
    await company.replica.clock.tick(MORNING)
    bot, night = company.replica.bot, at("2026-11-30T22:00")
    for now in (MORNING, night):
        [lease] = await bot.claim_jobs(1)
        if died and now == night:
            await company.job.ask.withdraw(lease)
            await end_withdrawn(bot)
        progress = replace(lease.progress, received_at=MORNING)
        await company.job.run(replace(lease, now=now, progress=progress))
        await redis.zadd(KEYS.due, {lease.job.id: 0}, xx=True)
    assert company.closed == ["put off"]
    assert [each.progress.withdrawn for each in await bot.claim(9)] == ([] if died else [1])
    kept = await company.replica.store.find(asked.id)
    assert kept
    assert kept.progress.due == at("2026-12-01T07:00")


async def test_a_schedule_asks_one_question_and_ends_with_it(redis: "Redis") -> None:
    """As its owner, behind what people ask, in a conversation of its own; looked at until it has ended.

    Kept before its space was settled as it is set, it is asked in the one that its words name.
    """
    company, bot = opened(redis), Replica(redis, "b").bot
    asked = watch(kind=WatchKind.QUESTION, text="finance: units by region", about="", space="")
    await company.replica.store.add(asked, MORNING)
    await company.run(MORNING)
    assert company.closed == []
    await bot.announce()
    [lease] = await bot.granted()
    question = lease.question
    assert (question.text, question.asker, question.scheduled) == (asked.text, "U1", asked.id)
    assert (question.space, question.fresh) == ("f", True)
    await bot.answer(lease)
    await redis.zadd(company.replica.keys.due, {f"{asked.id}.{MORNING}": 0})
    await company.run(MORNING)
    assert company.closed == ["asked"]


async def test_a_schedule_whose_questions_have_no_answer_rests_with_their_cause(redis: "Redis") -> None:
    """Also where that is no failed call to Databricks."""
    company, bot = opened(redis), Replica(redis, "b").bot
    asked, cause = watch(kind=WatchKind.QUESTION), causes.STATUS_CAUSES[COMPLETED]
    await company.replica.store.add(asked, MORNING)
    for day in range(MAX_FAILURES):
        due = MORNING + day * 24 * HOUR
        await company.run(due)
        [lease] = await bot.claim(9)
        await bot.queue.finish(lease, State.DELIVERED, FAILED + cause.name)
        await redis.zadd(company.replica.keys.due, {f"{asked.id}.{due}": 0})
        await company.run(due)
    found = await company.replica.store.find(asked.id)
    assert found
    assert found.progress.paused == cause.name
    assert cause.words in company.told[-1][1]
