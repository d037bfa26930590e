"""Take questions in: durable in one Redis call, before Slack is told that they arrived."""

import asyncio
from collections.abc import Awaitable
from enum import StrEnum
from typing import TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.question import Progress, Question, Surface
from bot.store.keys import LINE_LIFETIME, QUESTION_LIFETIME, THREAD_LIFETIME, Keys
from bot.store.scripts import Script

T = TypeVar("T")

PATIENCE = 2.0
"""Seconds for Redis, of the three in which Slack wants to hear that something has arrived."""


class NotStored(Exception):  # noqa: N818 - named for what happened
    """Redis did not take a question, or could not be asked about it; whoever sent it should send it again."""


class Receipt(StrEnum):
    """What became of a question at the door."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    STRANGER = "stranger"
    """A reply in a thread that the bot has no part in."""


class Resumed(StrEnum):
    """What became of the wish to look again."""

    RESUMED = "resumed"
    RUNNING = "running"
    """Somebody else wished it before, or the answer is here."""
    GONE = "gone"
    """The question is forgotten."""


class Intake:
    """The door: what Slack's listeners may do with questions; each raises NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep questions under `keys`."""
        self._redis, self._keys = redis, keys
        self._accept = Script(redis, "accept")
        self._resume = Script(redis, "resume")

    async def accept(self, question: Question) -> Receipt:
        """Store a question, unless it is here already: it is answered whatever becomes of this process."""
        place, keys = question.place, self._keys
        thread = place.thread or ""
        accepting = self._accept(
            [
                keys.question(question.id),
                keys.due,
                keys.thread(place, thread),
                keys.thread_line(place, thread),
                keys.line,
                keys.line_turns,
                keys.line_clock,
                keys.latest(place.team, place.channel, question.asker),
            ],
            question.id,
            question.to_json(),
            int(question.surface is Surface.REPLY),
            int(bool(thread)),
            question.queue_name,
            QUESTION_LIFETIME,
            THREAD_LIFETIME,
            LINE_LIFETIME,
            question.written_at,
            keys.question(""),
            thread,
        )
        return Receipt(await in_time(accepting))

    async def find(self, question_id: str) -> Question | None:
        """Return a question that was asked before, while it is remembered."""
        stored = await in_time(self._redis.hget(self._keys.question(question_id), "question"))
        return Question.from_json(str(stored)) if stored else None

    async def progress(self, question_id: str) -> Progress | None:
        """Return how far a question has come, while it is remembered."""
        stored = await in_time(self._redis.hgetall(self._keys.question(question_id)))
        fields = {str(name): str(value) for name, value in stored.items()}
        return Progress.from_hash(fields) if "state" in fields else None

    async def resume(self, question_id: str) -> Resumed:
        """Look again for an answer that missed its deadline, if that is so."""
        resuming = self._resume([self._keys.question(question_id), self._keys.due], question_id)
        return Resumed(await in_time(resuming))


async def in_time(asking: Awaitable[T]) -> T:
    """Return what Redis answers, to one call or to several, while Slack waits; NotStored when not in time."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await asking
    except (RedisError, OSError, TimeoutError) as error:
        raise NotStored(type(error).__name__) from error
