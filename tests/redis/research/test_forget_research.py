"""Forgetting a person who had something researched."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.store.oversight.forget_person import forget_person
from bot.store.threads import ThreadStore
from tests.redis.queue_moves import KEYS, Bot, names
from tests.redis.research.test_research_queue import begun

pytestmark = pytest.mark.redis


async def test_results_that_are_still_to_be_shown_are_shown_all_the_same(redis: "Redis") -> None:
    """They wait for each other and are not due; what Genie got of the research is forgotten with it."""
    bot = Bot(redis)
    lease = await bot.queue.save(await begun(redis, bot), content="what is behind my secret?")
    run = lease.question
    results = [
        replace(run, id=f"{run.id}.result.{n}", research=False, result_of=run.id, attachment=f"a{n}")
        for n in (1, 2)
    ]
    await ThreadStore(redis, KEYS).add_results(lease, results)
    await bot.queue.finish(lease, State.DELIVERED)
    forgotten = await forget_person(redis, KEYS, "T1", "U1")
    assert (forgotten.asked, forgotten.running) == (1, 2)
    left = await redis.hgetall(KEYS.question(run.id))
    assert {"question", "text", "content", "response", "conversation"}.isdisjoint(left)
    for result in results:
        [shown] = await bot.claim(9)
        assert names([shown]) == names([replace(lease, question=result)])
        await bot.queue.finish(shown, State.DELIVERED)
    assert (await forget_person(redis, KEYS, "T1", "U1")).asked == len(results)
