"""Waiting for the question that occupies a conversation: as long as that may help, and no longer."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import cast

import pytest
from redis.asyncio import Redis

from bot.failures import causes
from bot.failures.model import Cause
from bot.identity.identities import shared_identity
from bot.records.lease import QuestionLease
from bot.records.progress import Placeholder, State
from bot.spaces.catalog import Catalog
from bot.spaces.model import Space
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.threads import ThreadStore
from genie.client import Genie
from genie.errors import Forbidden, GenieError, NotFound, SignInFailed, Unavailable
from genie.model import Message, MessageRef
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis


class Databricks:
    """Does not let anybody look."""

    def __init__(self, refusal: GenieError) -> None:
        """Raise `refusal`."""
        self._refusal = refusal

    def messages(self, _space: str, _conversation: str) -> AsyncIterator[Message]:
        """Refuse."""
        raise self._refusal


async def blocked(redis: "Redis") -> tuple[Bot, QuestionLease]:
    """Let a follow-up find its conversation occupied."""
    bot, conversations = Bot(redis), ThreadStore(redis, KEYS)
    await bot.questions.accept(question("1"))
    await bot.announce()
    [lease] = await bot.granted()
    await bot.queue.asked(lease, MessageRef("s", "c", "m"), poll_in=0)
    [lease] = await bot.claim(1)
    lease, _ = await conversations.pick_conversation(lease, "s")
    return bot, replace(lease, progress=replace(lease.progress, placeholder=Placeholder.BLOCKED))


@pytest.mark.parametrize(
    ("refusal", "polls", "cause"),
    [
        (Forbidden(), 1, causes.ERROR_CAUSES[Forbidden]),
        (SignInFailed(), 6, causes.ERROR_CAUSES[SignInFailed]),
        (Unavailable(), 12, None),
        (NotFound(), 1, None),
    ],
)
async def test_a_look_that_stays_refused_ends_the_wait(
    redis: "Redis", refusal: GenieError, polls: int, cause: Cause | None
) -> None:
    """A right that is gone is told at once, an odd page after some looks; an outage is waited for."""
    bot, lease = await blocked(redis)
    responses = Responses(bot)
    step = WaitForConversationStep(
        queue=bot.queue,
        responder=responses.responder,
        threads=ThreadStore(redis, KEYS),
        genie_of=shared_identity(cast("Genie", Databricks(refusal))),
        catalog=Catalog((Space("", "s"),)),
        deadline_seconds=600.0,
    )
    await step.begin(lease, 1)
    for _ in range(polls):
        assert responses.outcomes == []
        await redis.zadd(KEYS.due, {lease.question.id: 0})
        [lease] = await bot.claim(1)
        assert lease.progress.state is State.BLOCKED
        await step.run(lease)
    assert responses.outcomes == ([cause.name] if cause else [])
