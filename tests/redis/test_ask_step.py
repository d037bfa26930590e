"""Asking Genie: what a refusal makes of a question that has left the line."""

from typing import cast

import pytest
from redis.asyncio import Redis

from bot.replies.responder import Ending
from bot.steps.ask import LONGEST, Asking
from bot.steps.wait_for_conversation import Blocked
from bot.store.limiter import Bucket
from bot.store.threads import Conversations
from genie.client import Genie
from genie.errors import GenieError, NotSent, Unavailable
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, question

pytestmark = pytest.mark.redis


class Databricks:
    """Refuses every question."""

    def __init__(self, refusal: GenieError) -> None:
        """Raise `refusal`."""
        self._refusal = refusal

    async def ask(self, _space: str, _text: str, *, visualization: bool) -> MessageRef:  # noqa: ARG002
        """Refuse."""
        raise self._refusal


@pytest.mark.parametrize("refusal", [Unavailable(retry_after=3600.0), NotSent(retry_after=3600.0)])
async def test_nobody_waits_an_hour_without_a_word(redis: "Redis", refusal: GenieError) -> None:
    """An outage that names its end far away is tried again sooner, so that the thread hears of it."""
    bot = Bot(redis)
    asking = Asking(
        bot.queue,
        Conversations(redis, KEYS),
        cast("Genie", Databricks(refusal)),
        cast("Ending", None),
        cast("Blocked", None),
        cast("Bucket", None),
        "s",
        5.0,
    )
    await bot.intake.accept(question("1"))
    await bot.announce()
    [held] = await bot.granted()
    await asking(held)
    due = await redis.zscore(KEYS.due, held.question.id)
    assert due is not None
    assert 0 < due - held.now <= LONGEST * 1000 + 1000
