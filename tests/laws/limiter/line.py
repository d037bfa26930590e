"""A day at the line in virtual time: people ask, and a worker does at once whatever is due."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.lease import QuestionLease
from bot.question import Place, Question, State, Surface
from bot.store.limiter import Rate
from bot.store.queue import Place as PlaceInLine
from genie.model import MessageRef
from tests.laws.limiter.virtual_time import VirtualRedis
from tests.redis.queue_moves import Bot

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
        queue = self.bot.queue
        if lease.granted:
            self.granted.append((lease.now, self.arrived[int(lease.question.id)]))
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
        """Work until every question has its token."""
        while len(self.granted) < len(self.arrived):
            wait = await self.work()
            assert wait is not None, "a question is forgotten"
            await self.redis.sleep_ms(wait)


def most_in_window(times_ms: Sequence[float], window_ms: float) -> int:
    """Return the most moments that any window holds; it ends before its end."""
    times = sorted(times_ms)
    return max((sum(first <= at < first + window_ms for at in times) for first in times), default=0)
