"""A report that was given in private and is shared: its thread, its conversation and its results."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.job import Job, JobKind
from bot.records.progress import State
from bot.records.question import Place
from bot.store.jobs import JobStore
from bot.store.threads import ThreadStore
from tests.redis.queue_moves import KEYS, Bot
from tests.redis.research.test_research_queue import begun, research

pytestmark = pytest.mark.redis


async def test_a_shared_report_takes_its_conversation_along(redis: "Redis") -> None:
    """Its results follow in their order, and replies below it go on from it."""
    bot, threads = Bot(redis), ThreadStore(redis, KEYS)
    lease = await begun(redis, bot)
    lease = await bot.queue.save(lease, message="m1", status="completed", content="why, in words?")
    await bot.queue.finish(lease, State.DELIVERED)
    await JobStore(redis, KEYS).enqueue(
        Job("T1.C1.1.publish", JobKind.PUBLISH, Place("T1", "C1", None), "U1", about=lease.question.id)
    )
    [job] = await bot.claim_jobs(10)
    public = replace(lease.question, id=job.job.id, place=Place("T1", "C1", "7"))
    answered = await bot.questions.progress(lease.question.id)
    assert answered
    await threads.adopt(job, public, answered, lease.question.place, may_move=True)
    [shared] = await bot.claim(10)
    saved = shared.progress
    assert (saved.state, saved.response_ref.response_id) == (State.ANSWERED, "resp1")
    assert (saved.status, saved.content, saved.ref.message_id) == ("completed", "why, in words?", "m1")
    results = [replace(public, id=f"{public.id}.result.{n}", result_of=public.id) for n in (1, 2)]
    await threads.add_results(shared, results)
    assert await bot.claim(10) == []
    await bot.queue.finish(shared, State.DELIVERED)
    for each in results:
        [result] = await bot.claim(10)
        assert result.question.id == each.id
        await bot.queue.finish(result, State.DELIVERED)
    await bot.questions.accept(research("8", thread="7"))
    await bot.announce()
    [reply] = await bot.granted()
    reply, _ = await threads.pick_conversation(reply, "s")
    assert reply.progress.into == "agent1"
