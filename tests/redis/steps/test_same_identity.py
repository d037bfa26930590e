"""Questions on which Genie works when it is changed as whom the bot asks."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.steps.same_identity import SameIdentity
from tests.redis.queue_moves import Bot, question
from tests.redis.responses import Responses

pytestmark = pytest.mark.redis

ANA = "T1.U1"
ASKED = (State.ASKED, State.ANSWERED, State.SHOWN)


async def outcomes(
    redis: "Redis", state: State, asked_as: str, *, as_users: bool, published_from: str = ""
) -> list[str]:
    """Return how a question ends before the step of its state runs, or that it runs."""
    bot = Bot(redis)
    await bot.questions.accept(replace(question("1", "U1"), published_from=published_from))
    [lease] = await bot.claim(1)
    replies = Responses(bot)
    steps = SameIdentity(queue=bot.queue, responder=replies.responder, as_users=as_users)

    async def run(_lease: QuestionLease) -> None:
        replies.outcomes.append("runs")

    await steps.only(run)(replace(lease, progress=replace(lease.progress, state=state, asked_as=asked_as)))
    return replies.outcomes


@pytest.mark.parametrize("state", ASKED)
async def test_what_the_same_identity_has_asked_goes_on(redis: "Redis", state: State) -> None:
    """Be that each person, or the bot for everybody."""
    assert await outcomes(redis, state, ANA, as_users=True) == ["runs"]
    await redis.flushdb()
    assert await outcomes(redis, state, "", as_users=False) == ["runs"]


@pytest.mark.parametrize("state", ASKED)
async def test_what_one_identity_has_asked_no_other_one_reads(redis: "Redis", state: State) -> None:
    """Neither a person what the bot has asked, nor the bot what a person has."""
    assert await outcomes(redis, state, "", as_users=True) == ["identity_changed"]
    await redis.flushdb()
    assert await outcomes(redis, state, ANA, as_users=False) == ["identity_changed"]


async def test_a_shared_answer_is_shown_to_everybody(redis: "Redis") -> None:
    """Its owner wanted that, and it was asked as another question."""
    assert await outcomes(redis, State.ANSWERED, "", as_users=True, published_from="T1.D1.1") == ["runs"]
