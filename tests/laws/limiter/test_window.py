"""No window over the limit: the real step and scripts, in virtual time, in whatever order things happen."""

import asyncio
import time
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.identity.identities import shared_identity
from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.steps.ask import AskStep
from bot.steps.wait_for_conversation import WaitForConversationStep
from bot.store.limiter import QUESTIONS, Bucket, Rate
from bot.store.scripts.script import LeaseLost
from bot.store.threads import ThreadStore
from genie.client import Genie
from genie.errors import Ambiguous, GenieError, NotSent, RateLimited
from genie.model import MessageRef
from tests.laws.examples import examples
from tests.laws.limiter.line import most_in_window
from tests.laws.limiter.virtual_time import VirtualRedis, virtual_redis
from tests.redis.queue_moves import KEYS, Bot, question
from tests.redis.responses import Responses, choose_space, private_first, same_question

pytestmark = [pytest.mark.redis, pytest.mark.property, pytest.mark.many]

WINDOW_SECONDS, GUARD_SECONDS = 60.0, 2.0
HOLDS_MS = (0, 100, 450)
ENDS: tuple[GenieError | None, ...] = (
    None,
    None,
    RateLimited(retry_after=7.0),
    RateLimited(),
    NotSent(),
    Ambiguous(),
)


class Databricks:
    """Takes each question after its way over the network, and ends it as the law says."""

    def __init__(self, redis: VirtualRedis) -> None:
        """Begin with none."""
        self._redis = redis
        self.arrived: list[float] = []
        self.way_ms, self.end = 0, ENDS[0]

    async def ask(self, _space: str, _text: str, *, visualization: bool) -> MessageRef:  # noqa: ARG002
        """Note a question when it arrives."""
        if not isinstance(self.end, NotSent):
            self.arrived.append(self._redis.now_ms + self.way_ms)
        if self.end:
            raise self.end
        return MessageRef("s", f"c{len(self.arrived)}", f"m{len(self.arrived)}")

    async def find(self, *_question: object, **_more: object) -> list[MessageRef]:
        """Find nothing."""
        return []


class Replicas:
    """Two replicas that claim and work when they are told to, however late that is."""

    def __init__(self, redis: VirtualRedis, rate: Rate) -> None:
        """Share one limit."""
        self._redis, self.databricks = redis, Databricks(redis)
        self._bots = [Bot(redis, rate, str(number), settle=0.1) for number in range(2)]
        self._held: list[tuple[Bot, QuestionLease]] = []
        self._bucket = Bucket(redis, KEYS, QUESTIONS, rate)
        self._asked, self._wait_ms = 0, 0.0

    async def ask(self, person: int) -> None:
        """Let a person ask."""
        self._asked += 1
        await self._bots[0].questions.accept(question(str(self._asked), f"U{person}"))

    async def claim(self, number: int) -> None:
        """Let a replica claim."""
        bot = self._bots[number % 2]
        claim = await bot.queue.claim(4)
        self._held += [(bot, each) for each in claim.leases if isinstance(each, QuestionLease)]
        self._wait_ms = (claim.wait or 0) * 1000

    async def take_turn(self, number: int, way_ms: int) -> None:
        """Let a replica claim just when it may, hold what it got for a while, and do a step."""
        await self._redis.sleep_ms(self._wait_ms)
        await self.claim(number)
        await self._redis.sleep_ms(HOLDS_MS[number % len(HOLDS_MS)])
        await self.step(number, way_ms)

    async def step(self, number: int, way_ms: int) -> None:
        """Let a replica do one of the steps that it holds."""
        if not self._held:
            return
        bot, lease = self._held.pop(number % len(self._held))
        # The step reads the process's own clock, so the lease is made as old as it is by ours.
        lease = replace(lease, since=time.monotonic() - (self._redis.now_ms - lease.now) / 1000)
        self.databricks.way_ms, self.databricks.end = way_ms, ENDS[number % len(ENDS)]
        try:
            if lease.progress.state in {State.RECEIVED, State.ANNOUNCED}:
                await bot.queue.join(lease)
                await bot.queue.release(lease, 15, state=State.ANNOUNCED)
            elif lease.progress.state is State.ASKING:
                await self._ask_step(bot).run(lease)
            else:
                await bot.queue.finish(lease, State.DELIVERED)
        except LeaseLost:
            return

    def _ask_step(self, bot: Bot) -> AskStep:
        return AskStep(
            queue=bot.queue,
            responder=Responses(bot).responder,
            threads=ThreadStore(self._redis, KEYS),
            genie_of=shared_identity(cast("Genie", self.databricks)),
            wait_for_conversation=cast("WaitForConversationStep", None),
            private_first=private_first(bot),
            question_bucket=self._bucket,
            choose_space=choose_space(bot, self._redis),
            same_question=same_question(bot, self._redis),
            max_token_age_seconds=GUARD_SECONDS / 4,
        )


moves = st.tuples(
    st.sampled_from(["turn", "turn", "turn", "turn", "ask", "claim", "step", "sleep"]),
    st.integers(0, 11),
    st.sampled_from([0, 0, 100, 400, 1_500]),
)


@settings(max_examples=examples(60, 2_000), deadline=None)
@given(
    capacity=st.integers(1, 4),
    waiting=st.integers(0, 8),
    moves=st.lists(moves, min_size=20, max_size=80),
)
def test_no_window_holds_more_questions_than_the_limit(
    redis_url: str, capacity: int, waiting: int, moves: list[tuple[str, int, int]]
) -> None:
    """Whoever claims, works late, is refused or loses a lease: no 60 seconds see more than the limit."""

    async def arrived() -> list[float]:
        async with virtual_redis(redis_url) as redis:
            replicas = Replicas(redis, Rate(capacity, WINDOW_SECONDS + GUARD_SECONDS))
            for person in range(waiting):
                await replicas.ask(person)
            for move, number, ms in moves:
                if move == "ask":
                    await replicas.ask(number)
                elif move == "turn":
                    await replicas.take_turn(number, ms)
                elif move == "claim":
                    await replicas.claim(number)
                elif move == "step":
                    await replicas.step(number, ms)
                else:
                    await redis.sleep_ms(ms if number % 3 else ms * 40)
            return replicas.databricks.arrived

    assert most_in_window(asyncio.run(arrived()), WINDOW_SECONDS * 1000) <= capacity
