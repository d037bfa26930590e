"""What admins read on the Home tab of the last days."""

import pytest
from redis.asyncio import Redis

from bot.records.progress import State
from bot.store.limiter import QUESTION_RATE
from bot.store.oversight.figures import FigureStore
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis


async def test_each_end_is_counted(redis: "Redis") -> None:
    """Research that was stopped or ended early, too, as the digest counts it."""
    bot, ends = Bot(redis), ("answered", "incomplete", "withdrawn", "stopped", "failed:Timeout")
    for end in ends:
        await bot.questions.accept(question(end))
    for lease, end in zip(await bot.claim(len(ends)), ends, strict=True):
        await bot.queue.finish(lease, State.DELIVERED, end)
    found = await FigureStore(redis, KEYS, QUESTION_RATE).read()
    assert (found.answered, found.withdrawn, found.failures) == (2, 2, (("Timeout", 1),))
