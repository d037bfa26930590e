"""A day at the line in virtual time: people ask and withdraw, and a worker does at once whatever is due."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.records.lease import QuestionLease
from bot.records.progress import State
from bot.records.question import Place, Question, Surface
from bot.store.limiter import Rate
from bot.store.results import Place as PlaceInLine
from genie.model import MessageRef
from tests.laws.limiter.virtual_time import VirtualRedis
from tests.redis.queue_moves import KEYS, Bot, Person

GENIE_SECONDS = 5.0
LONGEST_SLEEP_MS = 500
"""As a worker looks for work at least so often."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a person, in a thread of its own."""

    number: int
    asker: str
    at_ms: int


@dataclass(slots=True)
class Line:
    """The queue with its one worker, and what became of the questions."""

    redis: VirtualRedis
    rate: Rate
    bot: Bot = field(init=False)
    arrived: list[Asked] = field(default_factory=list)
    granted: list[tuple[int, Asked]] = field(default_factory=list)
    """In their order, with the time."""
    withdrawn: set[Asked] = field(default_factory=set)
    """Those that have left the line for that."""

    def __post_init__(self) -> None:
        """Have a worker."""
        self.bot = Bot(self.redis, self.rate, settle=0.1)

    async def ask(self, asker: str) -> Asked:
        """Let a person ask."""
        asked = Asked(len(self.arrived), asker, self.redis.now_ms)
        ts = f"{asked.number:04}"
        written_at = self.redis.now_ms * 1000 + asked.number
        place = Place("T1", "C1", ts)
        question = Question(ts, "revenue?", place, asker, Surface.MENTION, written_at=written_at)
        self.arrived.append(asked)
        await self.bot.questions.accept(question)
        return asked

    async def withdraw(self, asked: Asked) -> None:
        """Let a person take a question back, and the worker take note; one with Genie stays there."""
        await Person(self.redis, KEYS).withdraw(f"{asked.number:04}")
        while await self.work() == 0:
            pass

    async def work(self) -> float | None:
        """Do what is due; return the milliseconds until there may be more."""
        claim = await self.bot.queue.claim(100)
        for lease in claim.leases:
            assert isinstance(lease, QuestionLease)
            await self._step(lease)
        if claim.leases:
            return 0
        return None if claim.wait is None else claim.wait * 1000

    async def _step(self, lease: QuestionLease) -> None:
        queue, asked = self.bot.queue, self.arrived[int(lease.question.id)]
        if lease.progress.withdrawn:
            await queue.pass_on(lease)
            await queue.finish(lease, State.WITHDRAWN)
            self.withdrawn |= {asked} - {each for _, each in self.granted}
        elif lease.granted:
            self.granted.append((lease.now, asked))
            ref = MessageRef("s", f"c{lease.question.id}", f"m{lease.question.id}")
            await queue.asked(lease, ref, poll_in=GENIE_SECONDS)
        elif lease.progress.state in {State.RECEIVED, State.ANNOUNCED}:
            await self.join(lease)
        else:
            await queue.finish(lease, State.DELIVERED)

    async def join(self, lease: QuestionLease) -> PlaceInLine:
        """Stand in line, as announced."""
        place = await self.bot.queue.join(lease)
        await self.bot.queue.release(lease, 15, state=State.ANNOUNCED)
        return place

    async def run_until(self, at_ms: float) -> None:
        """Work until a time."""
        while self.redis.now_ms < at_ms:
            wait = await self.work()
            left = at_ms - self.redis.now_ms
            await self.redis.sleep_ms(min(LONGEST_SLEEP_MS if wait is None else max(wait, 0), left))

    async def run_out(self) -> None:
        """Work until every question that is wanted has its token."""
        while len(self.granted) + len(self.withdrawn) < len(self.arrived):
            wait = await self.work()
            assert wait is not None, "a question is forgotten"
            await self.redis.sleep_ms(wait)


def most_in_window(times_ms: Sequence[float], window_ms: float) -> int:
    """Return the most moments that any window holds; it ends before its end."""
    times = sorted(times_ms)
    return max((sum(first <= at < first + window_ms for at in times) for first in times), default=0)
