"""Questions for tests of the queue, and the moves that a worker makes with them."""

import itertools
from dataclasses import replace

from redis.asyncio import Redis

from bot.records.lease import JobLease, QuestionLease
from bot.records.progress import State
from bot.records.question import Place, Question, Surface
from bot.store.changes import QuestionChanges
from bot.store.keys import Keys
from bot.store.limiter import RESEARCH_RATE, Rate
from bot.store.questions import QuestionStore
from bot.store.queue import Queue
from bot.store.results import Revised
from genie.model import MessageRef

KEYS = Keys("test")
EDITS = itertools.count(1_795_324_600_000_000)
CLOCK = itertools.count(1_795_324_546_109_225)


def question(
    name: str, asker: str = "U1", thread: str | None = None, surface: Surface = Surface.MENTION
) -> Question:
    """Return a question that is told apart by `name`, asked after all before."""
    place = Place("T1", "C1", thread or name)
    return Question(f"T1.C1.{name}", f"what about {name}?", place, asker, surface, written_at=next(CLOCK))


class Bot:
    """One replica's hands on the queue."""

    def __init__(
        self,
        redis: "Redis",
        rate: Rate = Rate(20, 60),  # noqa: B008
        name: str = "worker",
        settle: float = 0,
        research_rate: Rate = RESEARCH_RATE,
    ) -> None:
        """Limit question POSTs to `rate`; the line waits `settle` seconds for earlier questions."""
        self.queue = Queue(redis, KEYS, rate, name, settle, research_rate=research_rate)
        self.questions = QuestionStore(redis, KEYS, settle)

    async def claim(self, most: int) -> list[QuestionLease]:
        """Claim, and return the questions."""
        return [each for each in (await self.queue.claim(most)).leases if isinstance(each, QuestionLease)]

    async def claim_jobs(self, most: int) -> list[JobLease]:
        """Claim, and return the jobs."""
        return [each for each in (await self.queue.claim(most)).leases if isinstance(each, JobLease)]

    async def announce(self) -> list[str]:
        """Bring all that is due and new into the line; return ids in the order of the claims."""
        lease = await self.claim(100)
        for each in lease:
            place = await self.queue.join(each)
            if place.number is None:
                await self.queue.park(each, state=State.ANNOUNCED)
            else:
                await self.queue.release(each, 15, state=State.ANNOUNCED, ts="1.0")
        return [each.question.id for each in lease]

    async def granted(self) -> list[QuestionLease]:
        """Claim once and return what came with a token."""
        return [lease for lease in await self.claim(100) if lease.granted]

    async def answer(self, lease: QuestionLease) -> None:
        """Take a granted question to its end."""
        name = lease.question.id.rpartition(".")[2]
        await self.queue.asked(lease, MessageRef("s", f"c{name}", f"m{name}"), poll_in=0)
        claimed = await self.claim(100)
        mine = next(each for each in claimed if each.question.id == lease.question.id)
        for other in claimed:
            if other is not mine:
                await self.queue.release(other, 0)
        await self.queue.finish(mine, State.DELIVERED)


def names(lease: list[QuestionLease]) -> list[str]:
    """Return the names that `question` was given."""
    return [each.question.id.rpartition(".")[2] for each in lease]


class Person(QuestionChanges):
    """Somebody who changes what they have asked."""

    async def edit(self, first: Question, text: str, at: int | None = None) -> Revised:
        """Edit a question's message, now or at a time."""
        at = at or next(EDITS)
        new = replace(first, id=f"{first.id}.{at}", text=text, revises=first.id)
        return await self.revise(new, at, "UBOT")


async def end_withdrawn(bot: Bot) -> list[QuestionLease]:
    """Do what the step of withdrawn questions does in Redis; return the other leases."""
    others = []
    for lease in await bot.claim(100):
        if lease.progress.withdrawn:
            await bot.queue.pass_on(lease)
            await bot.queue.finish(lease, State.WITHDRAWN)
        else:
            others.append(lease)
    return others
