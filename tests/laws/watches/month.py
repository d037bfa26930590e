"""Watches in virtual time, on the real scripts: two replicas that die, outages, and people who ask.

The clocks and the queue are those of the bot; what a run does is to note that it was done.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bot.jobs.watch.ask import AskAgain
from bot.records.lease import JobLease, Lease, QuestionLease
from bot.records.progress import State
from bot.records.question import Place, Question, Surface
from bot.records.watch import Watch, WatchKind, run_of
from bot.store.changes import QuestionChanges
from bot.store.limiter import Rate
from genie.model import MessageRef
from tests.laws.limiter.virtual_time import VirtualRedis
from tests.redis.watches.watching import SPACES, Replica

LOOK_MS, SOON_MS, GENIE_SECONDS = 5_000, 1_000, 5.0
RATE = Rate(6, 62.0)


@dataclass(frozen=True, slots=True)
class Outage:
    """No process lives from one time until another."""

    begins: int
    ends: int


@dataclass(slots=True)
class Month:
    """What is watched and asked, and what came of it; times are milliseconds."""

    redis: VirtualRedis
    watches: Sequence[Watch]
    people: Sequence[int]
    """When somebody asks."""
    outages: Sequence[Outage]
    chance: Random
    replicas: tuple[Replica, Replica] = field(init=False)
    runs: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Of each watch: when a run was due, and when it was done."""
    granted: list[tuple[int, str]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    """Questions of schedules that Genie got while a person's waited."""
    _waiting: dict[str, int] = field(default_factory=dict)
    """Questions of people that Genie has not got, and since when they are in line."""

    def __post_init__(self) -> None:
        """Have two replicas."""
        one, other = (Replica(self.redis, name, rate=RATE) for name in ("a", "b"))
        self.replicas = one, other

    async def live(self, begins: int, days: int) -> None:
        """Let so many days pass."""
        await self._move_to(begins)
        asking, ends = sorted(self.people), begins + days * 24 * 3_600_000
        while self.redis.now_ms < ends:
            for outage in self.outages:
                if outage.begins <= self.redis.now_ms < outage.ends:
                    await self._move_to(outage.ends)
            while asking and asking[0] <= self.redis.now_ms:
                await self._ask(asking.pop(0))
            more = await asyncio.gather(*(each.clock.tick(self.redis.now_ms) for each in self.replicas))
            wait = await self._work()
            soon = [SOON_MS] if any(more) else [await self._until_due()]
            later = [wait, *soon, *(at - self.redis.now_ms for at in asking[:1])]
            await self._move_to(self.redis.now_ms + max(1, round(min(later))))

    async def _until_due(self) -> float:
        """Return after how long the next watch is due, and somebody looks."""
        due = min(at for [(_, at)] in filter(None, await self.replicas[0].store.due(1 << 62, 1, {})))
        return max(0.0, due - self.redis.now_ms) + self.chance.randrange(LOOK_MS)

    async def _move_to(self, at: int) -> None:
        await self.redis.sleep_ms(at - self.redis.now_ms)

    async def _ask(self, at: int) -> None:
        place = Place("T1", "C1", f"{at}")
        asked = Question(
            f"T1.C1.{at}", "revenue?", place, f"U{at % 7}", Surface.MENTION, written_at=at * 1000
        )
        await self.replicas[0].bot.questions.accept(asked)
        self._waiting[asked.id] = at

    async def _work(self) -> float:
        """Do what is due; return the milliseconds until there may be more."""
        while True:
            replica = self.chance.choice(self.replicas)
            claim = await replica.bot.queue.claim(64)
            for lease in claim.leases:
                await self._step(replica, lease)
            if not claim.leases:
                return 1e12 if claim.wait is None else claim.wait * 1000

    async def _step(self, replica: Replica, lease: Lease) -> None:
        if isinstance(lease, JobLease):
            await self._run(replica, lease)
        elif isinstance(lease, QuestionLease):
            await self._question(replica, lease)

    async def _run(self, replica: Replica, lease: JobLease) -> None:
        """Do what the job of a watch does, or die before or after its effect."""
        name, due = run_of(lease.job.id)
        stored = await replica.store.find(name)
        assert stored
        if stored.progress.done == due:
            await replica.end(lease)
            return
        if self.chance.random() < 0.02:
            return  # a kill -9: the lease ends by itself
        if stored.watch.kind is WatchKind.QUESTION:
            asking = AskAgain(
                questions=replica.bot.questions,
                changes=QuestionChanges(self.redis, replica.keys),
                catalog=SPACES,
            )
            asked = await asking.begun(lease)
            if not asked:
                await asking.begin(lease, stored.watch)
            if not (asked and asked.ended):
                await replica.bot.queue.release(lease, GENIE_SECONDS)
                return
        if (due, lease.progress.received_at) not in self.runs[name]:
            self.runs[name].append((due, lease.progress.received_at))
        if self.chance.random() < 0.02:
            return
        await replica.end(lease)

    async def _question(self, replica: Replica, lease: QuestionLease) -> None:
        queue, asked = replica.bot.queue, lease.question
        if lease.granted:
            self.granted.append((lease.now, asked.id))
            self._waiting.pop(asked.id, None)
            if asked.scheduled and self._waiting:
                self.passed.append(asked.id)
            ref = MessageRef("s", f"c{asked.id}", f"m{asked.id}")
            await queue.asked(lease, ref, poll_in=GENIE_SECONDS)
        elif lease.progress.state in {State.RECEIVED, State.ANNOUNCED}:
            await queue.join(lease)
            await queue.release(lease, 15, state=State.ANNOUNCED)
        else:
            await queue.finish(lease, State.DELIVERED)
