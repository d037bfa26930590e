"""Questions for tests of the queue, and the moves that a worker makes with them."""

import asyncio
import itertools

from redis.asyncio import Redis

from bot.question import Held, Place, Question, State, Surface
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.questions import Intake
from bot.store.queue import Claim, Queue
from genie.model import MessageRef

KEYS = Keys("test")
SETTLED = 0.11
"""Seconds that the line waits for those who asked earlier."""
CLOCK = itertools.count(1_795_324_546_109_225)


def question(
    name: str, asker: str = "U1", thread: str | None = None, surface: Surface = Surface.MENTION
) -> Question:
    """Return a question that is told apart by `name`, asked after all before."""
    place = Place("T1", "C1", thread or name)
    return Question(f"T1.C1.{name}", f"what about {name}?", place, asker, surface, written_at=next(CLOCK))


class Bot:
    """One replica's hands on the queue."""

    def __init__(self, redis: "Redis", rate: Rate = Rate(20, 60), name: str = "worker") -> None:  # noqa: B008
        """Limit question POSTs to `rate`."""
        self.queue = Queue(redis, KEYS, rate, name)
        self.intake = Intake(redis, KEYS)

    async def claim(self, most: int) -> Claim:
        """Claim once those who asked a moment ago are due."""
        await asyncio.sleep(SETTLED)
        return await self.queue.claim(most)

    async def announce(self) -> list[str]:
        """Bring all that is due and new into the line; return ids in the order of the claims."""
        held = (await self.claim(100)).held
        for each in held:
            place = await self.queue.join(each)
            if place.number is None:
                await self.queue.park(each, state=State.ANNOUNCED)
            else:
                await self.queue.save(each, again_in=15, state=State.ANNOUNCED, ts="1.0")
        await asyncio.sleep(SETTLED)
        return [each.question.id for each in held]

    async def granted(self) -> list[Held]:
        """Claim once and return what came with a token."""
        return [held for held in (await self.queue.claim(100)).held if held.granted]

    async def answer(self, held: Held) -> None:
        """Take a granted question to its end."""
        name = held.question.id.rpartition(".")[2]
        await self.queue.asked(held, MessageRef("s", f"c{name}", f"m{name}"), look_in=0)
        claim = await self.queue.claim(100)
        mine = next(each for each in claim.held if each.question.id == held.question.id)
        for other in claim.held:
            if other is not mine:
                await self.queue.save(other, again_in=0)
        await self.queue.finish(mine, State.DELIVERED)


def names(held: list[Held]) -> list[str]:
    """Return the names that `question` was given."""
    return [each.question.id.rpartition(".")[2] for each in held]
