"""Stores and finds questions; used by the Slack listeners."""

import asyncio
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.records.old_records import upgraded
from bot.records.progress import Progress
from bot.records.question import Place, Question, Surface
from bot.store.availability.replication import Replication
from bot.store.keys import Key, Keys
from bot.store.limiter import QUESTION_RATE, QUESTIONS, RESEARCH, RESEARCH_RATE, Line, Rate
from bot.store.results import Receipt, Resumed
from bot.store.scripts import records

T = TypeVar("T")
_deadline: ContextVar[tuple[asyncio.Task[Any] | None, float]] = ContextVar("_deadline", default=(None, 0.0))
"""The task whose calls end together (those that it starts live longer), and when by the loop's clock."""

SETTLE_SECONDS = 0.1
"""For so long the event of a question that was asked earlier may be on its way: until then no user is told a
place in line, and no question leaves for Genie."""
REDIS_TIMEOUT_SECONDS = 2.0
"""Of the three seconds in which Slack wants to hear that something has arrived."""


REFUSAL_MILLISECONDS = 60_000
"""Between two refusals that a user reads."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many questions may wait, besides those that the limit lets through at once."""

    by_person: int = 10
    in_channel: int = 50
    rate: Rate = QUESTION_RATE
    """The limit of question POSTs."""
    research_rate: Rate = RESEARCH_RATE
    """The limit of research, of which as many may wait besides."""

    @property
    def rates(self) -> Mapping[str, Rate]:
        """Both limits, by their buckets."""
        return {QUESTIONS: self.rate, RESEARCH: self.research_rate}


def waiting_keys(keys: Keys, question: Question) -> tuple[Key, Key]:
    """Return the keys of what waits of the asker of a question, and of what does in its channel."""
    place, asker = question.place, question.queue_name
    if question.research:
        in_channel = keys.research_waiting_in_channel(place.team, place.channel)
        return keys.research_waiting_by_person(asker), in_channel
    return keys.waiting_by_person(asker), keys.waiting_in_channel(place.team, place.channel)


class NotStored(Exception):  # noqa: N818 - named for what happened
    """Redis did not answer: nothing is stored, and Slack or the user has to send it again."""


class QuestionStore:
    """Stores and finds questions; used by the Slack listeners. Methods raise NotStored without Redis."""

    def __init__(
        self, redis: "Redis", keys: Keys, settle: float = SETTLE_SECONDS, bounds: Bounds | None = None
    ) -> None:
        """Keep questions under `keys`, no more at a time than `bounds` allows."""
        self._redis, self._keys, self._settle = redis, keys, settle
        self._replication = Replication(redis, keys)
        self.bounds = bounds or Bounds()

    async def accept(self, question: Question) -> Receipt:
        """Store a question, unless it is here already: it is answered whatever becomes of this process."""
        return await in_time(self._accept(question))

    async def _accept(self, question: Question) -> Receipt:
        place, keys = question.place, self._keys
        thread, line = place.thread or "", Line.of(keys, question.bucket, question.queue_name)
        by_person, in_channel = waiting_keys(keys, question)
        rate = self.bounds.rates[question.bucket]
        receipt = await records.accept_question(
            self._redis,
            question_key=keys.question(question.id),
            due_key=keys.due,
            thread_key=keys.thread(place, thread),
            thread_line_key=keys.thread_line(place, thread),
            line_key=line.line,
            turns_key=line.turns,
            own_key=line.own,
            clock_key=line.clock,
            latest_key=keys.latest(place.team, place.channel, question.asker),
            asked_key=keys.asked(place.team, place.channel, question.asker),
            recent_key=keys.recent(question.queue_name),
            by_person_key=by_person,
            in_channel_key=in_channel,
            grants_key=line.grants,
            closed_key=line.closed,
            question_prefix=keys.question(""),
            question_id=question.id,
            question=question.to_json(),
            thread=thread,
            for_genie=question.for_genie,
            research=question.research,
            only_known_thread=question.surface is Surface.REPLY,
            again=question.surface is Surface.BUTTON and not question.scheduled,
            scheduled=bool(question.scheduled),
            asker=question.queue_name,
            written_at=question.written_at,
            settle_ms=round(self._settle * 1000),
            most_by_person=self.bounds.by_person,
            most_in_channel=self.bounds.in_channel,
            capacity=rate.capacity,
            window_ms=rate.window_ms,
        )
        await self._replication.wait()
        return receipt

    async def may_tell_refusal(self, asker: str) -> bool:
        """Whether a user was not told within the last minute that too many questions wait."""
        key = self._keys.refused(asker)
        return bool(await in_time(self._redis.set(key, 1, nx=True, px=REFUSAL_MILLISECONDS)))

    async def find(self, question_id: str) -> Question | None:
        """Return a question that was asked before, while it is remembered."""
        stored = upgraded(await in_time(self._redis.hgetall(self._keys.question(question_id))))
        return Question.from_json(stored["question"]) if "question" in stored else None

    async def owner(self, place: Place) -> str:
        """Return the user who asked first in a thread; empty for one that is not known."""
        owner = await in_time(self._redis.hget(self._keys.thread(place, place.thread or ""), "owner"))
        return str(owner or "").removeprefix(f"{place.team}.")

    async def progress(self, question_id: str) -> Progress | None:
        """Return how far a question has come, while it is remembered."""
        stored = upgraded(await in_time(self._redis.hgetall(self._keys.question(question_id))))
        return Progress.from_hash(stored) if "state" in stored else None

    async def resume(self, question_id: str) -> Resumed:
        """Look again for an answer that missed its deadline, if that is so."""
        return await in_time(
            records.resume_polling(
                self._redis,
                question_key=self._keys.question(question_id),
                due_key=self._keys.due,
                question_id=question_id,
            )
        )


async def in_time(asking: Awaitable[T]) -> T:
    """Return what Redis answers, to one call or to several, while Slack waits; NotStored when not in time."""
    try:
        task, ends = _deadline.get()
        shared = task is asyncio.current_task()
        async with asyncio.timeout_at(ends if shared else _ends(asyncio.get_running_loop().time())):
            return await asking
    except (RedisError, OSError, TimeoutError) as error:
        raise NotStored(type(error).__name__) from error


@contextmanager
def one_deadline(since: float) -> Iterator[None]:
    """Give what this task asks inside as long together, `since` then by the loop's clock, as one call has."""
    token = _deadline.set((asyncio.current_task(), _ends(since)))
    try:
        yield
    finally:
        _deadline.reset(token)


def _ends(since: float) -> float:
    return since + REDIS_TIMEOUT_SECONDS
