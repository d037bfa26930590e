"""Questions for tests of the queue, and the moves that a worker makes with them."""

import itertools

from redis.asyncio import Redis

from bot.question import Lease, Place, Question, State, Surface
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.questions import QuestionStore
from bot.store.queue import Queue
from genie.model import MessageRef

KEYS = Keys("test")
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
    ) -> None:
        """Limit question POSTs to `rate`; the line waits `settle` seconds for earlier questions."""
        self.queue = Queue(redis, KEYS, rate, name, settle)
        self.intake = QuestionStore(redis, KEYS, settle)

    async def announce(self) -> list[str]:
        """Bring all that is due and new into the line; return ids in the order of the claims."""
        lease = (await self.queue.claim(100)).leases
        for each in lease:
            place = await self.queue.join(each)
            if place.number is None:
                await self.queue.park(each, state=State.ANNOUNCED)
            else:
                await self.queue.save(each, again_in=15, state=State.ANNOUNCED, ts="1.0")
        return [each.question.id for each in lease]

    async def granted(self) -> list[Lease]:
        """Claim once and return what came with a token."""
        return [lease for lease in (await self.queue.claim(100)).leases if lease.granted]

    async def answer(self, lease: Lease) -> None:
        """Take a granted question to its end."""
        name = lease.question.id.rpartition(".")[2]
        await self.queue.asked(lease, MessageRef("s", f"c{name}", f"m{name}"), poll_in=0)
        claim = await self.queue.claim(100)
        mine = next(each for each in claim.leases if each.question.id == lease.question.id)
        for other in claim.leases:
            if other is not mine:
                await self.queue.save(other, again_in=0)
        await self.queue.finish(mine, State.DELIVERED)


def names(lease: list[Lease]) -> list[str]:
    """Return the names that `question` was given."""
    return [each.question.id.rpartition(".")[2] for each in lease]
