"""Asking Genie: what a refusal makes of a question that has left the line."""

from typing import cast

import pytest
from redis.asyncio import Redis

from bot.failures.retry import MAX_POST_RETRY_AFTER_SECONDS
from bot.replies.responder import Responder
from bot.steps.ask import AskStep
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.limiter import Bucket
from bot.store.threads import ThreadStore
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
    step = AskStep(
        queue=bot.queue,
        responder=cast("Responder", None),
        threads=ThreadStore(redis, KEYS),
        genie=cast("Genie", Databricks(refusal)),
        wait_for_conversation=cast("WaitForConversationStep", None),
        question_bucket=cast("Bucket", None),
        space="s",
        max_token_age_seconds=5.0,
    )
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await step.run(lease)
    due = await redis.zscore(KEYS.due, lease.question.id)
    assert due is not None
    assert 0 < due - lease.now <= MAX_POST_RETRY_AFTER_SECONDS * 1000 + 1000
