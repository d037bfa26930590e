"""Edits, withdrawals, steps and deaths of workers in any order: one message, the last words, nothing left."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.store.scripts.script import LeaseLost, NotWanted
from genie.model import MessageRef
from tests.redis.queue_moves import KEYS, Bot, Person, question

pytestmark = pytest.mark.redis

Tick = Callable[[], Awaitable[None]]
FIRST = question("1")


class Steps:
    """The steps of questions, as far as Redis sees them, with a Slack and a Genie that only remember.

    A step calls `tick` around what it does outside of Redis: there others come in between, or it dies.
    """

    def __init__(self, redis: "Redis") -> None:
        """Work on the questions in `redis`."""
        self.redis, self.bot = redis, Bot(redis)
        self.slack, self.genie = dict[str, tuple[str, str]](), list[str]()

    async def take(self, lease: QuestionLease, tick: Tick) -> None:
        """Run the next step of a question."""
        try:
            if lease.progress.withdrawn:
                await self._withdraw(lease, tick)
            else:
                await {
                    State.RECEIVED: self._announce,
                    State.ANNOUNCED: self._wait,
                    State.ASKING: self._ask,
                    State.ASKED: self._answer,
                    State.ANSWERED: self._answer,
                    State.SHOWN: self._end,
                }[lease.progress.state](lease, tick)
        except NotWanted:
            await self.bot.queue.release(lease, 0)
        except LeaseLost:
            pass

    async def _announce(self, lease: QuestionLease, tick: Tick) -> None:
        place, ts = await self.bot.queue.join(lease), lease.progress.ts
        if not ts:
            ts = self._posted(lease) if lease.redelivered else None
        await tick()
        if not ts:
            ts = f"{len(self.slack)}.{random.randrange(10**6)}"  # noqa: S311 - a name
            self.slack[ts] = (lease.question.id, "…")
            await tick()
        give_back = self.bot.queue.park if place.number is None else self._soon
        await give_back(lease, state=State.ANNOUNCED, ts=ts, text=lease.question.text)

    async def _soon(self, lease: QuestionLease, **saved: object) -> None:
        await self.bot.queue.release(lease, 0, **saved)

    async def _wait(self, lease: QuestionLease, _tick: Tick) -> None:
        place = await self.bot.queue.join(lease)
        await (self.bot.queue.park(lease) if place.number is None else self._soon(lease))

    async def _ask(self, lease: QuestionLease, tick: Tick) -> None:
        text = lease.question.text
        if lease.granted:
            self.genie.append(text)
            await tick()
        if text in self.genie:
            await self.bot.queue.asked(lease, MessageRef("s", "c", text), poll_in=0)
        else:
            await self._soon(lease, state=State.ANNOUNCED)

    async def _answer(self, lease: QuestionLease, tick: Tick) -> None:
        lease = await self.bot.queue.advance(lease, state=State.ANSWERED)
        await tick()
        await self.bot.queue.check_wanted(lease)
        ts = lease.progress.ts or ""
        assert ts in self.slack
        self.slack[ts] = (self.slack[ts][0], lease.question.text)
        await tick()
        await self._end(await self.bot.queue.advance(lease, state=State.SHOWN), tick)

    async def _end(self, lease: QuestionLease, _tick: Tick) -> None:
        await self.bot.queue.finish(lease, State.DELIVERED)

    async def _withdraw(self, lease: QuestionLease, tick: Tick) -> None:
        saved = lease.progress
        lost = lease.redelivered and saved.state is State.RECEIVED and not (saved.ts or saved.passed)
        if lost:
            lease = await self.bot.queue.save(lease, ts=self._posted(lease) or "")
        left = await self.bot.queue.pass_on(lease)
        await tick()
        if left:
            self.slack.pop(left, None)
            await tick()
            lease = await self.bot.queue.save(lease, ts="")
        if lease.progress.state is State.ASKING:
            await self._ask(lease, tick)
        else:
            await self.bot.queue.finish(lease, State.WITHDRAWN)

    def _posted(self, lease: QuestionLease) -> str | None:
        return next((ts for ts, (mark, _) in self.slack.items() if mark == lease.question.id), None)


class Actor:
    """A coroutine that goes on from one tick to the next when it is told to."""

    def __init__(self, make: Callable[[Tick], Awaitable[None]], record: str = "") -> None:
        """Begin, and stop before the first move; `record` is the question that it holds."""
        self.record, self._go, self._stands = record, asyncio.Event(), asyncio.Event()
        self.task = asyncio.ensure_future(self._run(make))

    async def _run(self, make: Callable[[Tick], Awaitable[None]]) -> None:
        await self._tick()
        await make(self._tick)

    async def _tick(self) -> None:
        self._stands.set()
        await self._go.wait()
        self._go.clear()

    async def move(self) -> bool:
        """Go on to the next tick; False once it has ended."""
        await self._stands.wait()
        self._stands.clear()
        self._go.set()
        standing = asyncio.ensure_future(self._stands.wait())
        await asyncio.wait({self.task, standing}, return_when=asyncio.FIRST_COMPLETED)
        standing.cancel()
        if self.task.done():
            self.task.result()
        return not self.task.done()


async def run(redis: "Redis", seed: int) -> tuple[Steps, str]:
    """Let everything happen in an order that `seed` gives; return what is left, and what is wanted."""
    chance = random.Random(seed)  # noqa: S311 - the same order each time
    steps, person = Steps(redis), Person(redis, KEYS)
    await steps.bot.questions.accept(FIRST)
    changes = ["second", "third", "", "fourth"][: chance.randrange(1, 5)]
    chance.shuffle(changes)
    wanted, actors, deaths, haste = FIRST.text, list[Actor](), 2, chance.choice((0.1, 0.3, 0.6))
    for _ in range(400):
        if changes and chance.random() < haste:
            wanted = await change(steps, person, changes.pop(0), wanted)
        for lease in await steps.bot.claim(1):
            actors.append(Actor(partial(steps.take, lease), lease.question.id))
        if not actors:
            if not changes and not await redis.zcard(KEYS.due):
                break
            continue
        actor = chance.choice(actors)
        if deaths and chance.random() < 0.1:
            deaths -= 1
            actors.remove(actor)
            actor.task.cancel()
            await redis.hset(KEYS.question(actor.record), "held_until", 0)
            await redis.zadd(KEYS.due, {actor.record: 0}, xx=True)  # as if its lease were over
        elif not await actor.move():
            actors.remove(actor)
    return steps, wanted


async def change(steps: Steps, person: Person, text: str, wanted: str) -> str:
    """Edit the message, or delete it without a text; return what is wanted after that."""
    if not text:
        deleted = await person.withdraw(FIRST.id)
        return "" if deleted in {"waiting", "running"} else wanted
    return text if await person.edit(FIRST, text) == "revised" else wanted


@pytest.mark.parametrize(
    "first_seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (60, 120))]
)
async def test_whatever_happens_the_last_words_are_answered_in_one_message(
    redis: "Redis", first_seed: int
) -> None:
    """No order of edits, deletion and deaths leaves a second message, an old answer, or work in Redis."""
    for seed in range(first_seed, first_seed + 60):
        await redis.flushall()
        steps, wanted = await run(redis, seed)
        assert [text for _, text in steps.slack.values()] == ([wanted] if wanted else []), seed
        assert len(steps.genie) == len(set(steps.genie)), seed
        left = [KEYS.due, KEYS.line, KEYS.thread_line(FIRST.place, "1")]
        assert await redis.exists(*left) == 0, seed
