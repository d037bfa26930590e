"""The life of questions in Redis: one sorted set of due times that are leases at the same time.

A question's score is the time of its next short step; while a worker holds it, the time at which another
may take it over. So crash recovery is the scheduling itself.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from bot.question import Held, Progress, Question, State
from bot.store.keys import LINE_LIFETIME, NO_CHARTS_LIFETIME, QUESTION_LIFETIME, THREAD_LIFETIME, Keys
from bot.store.limiter import Rate
from bot.store.scripts import Script
from genie.model import MessageRef

log = logging.getLogger(__name__)

HOLD = 10.0
"""Seconds after which a question of a worker that has gone silent may be taken over."""

OVERTAKEN = -2
"""The place that `join.lua` gives to whoever no longer holds the question."""

QUESTIONS = "questions"
"""Name of the bucket of question POSTs."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the line: 0 is its head, None behind an earlier question of the same thread."""

    number: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Claim:
    """What a worker got to do, and after how many seconds there may be more (None: unknown)."""

    held: tuple[Held, ...]
    wait: float | None


class Overtaken(Exception):  # noqa: N818 - not an error: a worker that was too slow lets go
    """Another worker has taken this question over; whatever this one wanted to save is void."""


class Queue:
    """What a worker needs: claim questions, save their progress, give them back."""

    def __init__(self, redis: "Redis", keys: Keys, rate: Rate, worker: str) -> None:
        """Serve as `worker`, a name no other process has; `rate` is the limit of question POSTs."""
        self._redis, self._keys, self._rate, self._worker = redis, keys, rate, worker
        self._scripts = {
            name: Script(redis, name) for name in ("claim", "save", "join", "open_thread", "asked", "finish")
        }

    async def claim(self, most: int) -> Claim:
        """Hold up to `most` questions whose next step is due; those granted a token come first."""
        keys, since = self._keys, time.monotonic()
        now, wait, held = await self._scripts["claim"](
            [keys.due, keys.line, keys.line_clock, keys.grants(QUESTIONS), keys.closed(QUESTIONS)],
            keys.question(""),
            self._worker,
            most,
            HOLD * 1000,
            self._rate.capacity,
            self._rate.window_ms,
        )
        return Claim(
            held=tuple(
                each
                for question_id, granted, owner, fields in held
                if (each := _held(question_id, fields, owner, int(now), since, granted == "1"))
            ),
            wait=None if wait < 0 else wait / 1000,
        )

    async def save(self, held: Held, *, again_in: float | None = None, **progress: str | int) -> None:
        """Save fields of `Progress`; give the question back for a step in `again_in` seconds, or keep it."""
        await self._save(
            held, "hold" if again_in is None else "release", HOLD if again_in is None else again_in, progress
        )

    async def park(self, held: Held, **progress: str | int) -> None:
        """Give a question back until the one before it in its thread has ended."""
        await self._save(held, "park", 0, progress)

    async def _save(self, held: Held, how: str, seconds: float, progress: dict[str, str | int]) -> None:
        fields = [part for pair in progress.items() for part in pair]
        keys = [self._keys.question(held.question.id), self._keys.due, self._thread_line(held)]
        _mine(
            await self._scripts["save"](
                keys, held.question.id, held.owner, how, round(seconds * 1000), *fields
            )
        )

    async def open_thread(self, held: Held, thread: str) -> None:
        """Save the root message that was posted for a slash command, and make its thread ours."""
        place, question = held.question.place, held.question
        keys = [
            self._keys.question(question.id),
            self._keys.thread(place, thread),
            self._keys.thread_line(place, thread),
            self._keys.latest(place.team, place.channel, question.asker),
            self._keys.latest(place.team, question.asked_in, question.asker),
        ]
        _mine(
            await self._scripts["open_thread"](
                keys,
                question.id,
                held.owner,
                thread,
                QUESTION_LIFETIME,
                THREAD_LIFETIME,
                question.queue_name,
                question.asked_in,
                place.channel,
            )
        )

    async def join(self, held: Held, *, first: bool = False) -> Place:
        """Stand in the line (again and again is the same as once), at its head if `first`."""
        keys, question = self._keys, held.question
        number, wait = await self._scripts["join"](
            [
                keys.question(question.id),
                keys.line,
                keys.line_turns,
                keys.line_clock,
                keys.grants(QUESTIONS),
                keys.closed(QUESTIONS),
                self._thread_line(held),
            ],
            question.id,
            held.owner,
            question.queue_name,
            self._rate.capacity,
            self._rate.window_ms,
            int(first),
            LINE_LIFETIME,
            question.written_at,
            QUESTION_LIFETIME,
        )
        _mine(number != OVERTAKEN)
        return Place(number if number >= 0 else None, wait / 1000)

    async def asked(self, held: Held, ref: MessageRef, *, look_in: float, found: bool = False) -> bool:
        """Save where Genie has the question; False if a message that was `found` belongs to another one."""
        keys, question = self._keys, held.question
        result = await self._scripts["asked"](
            [
                keys.question(question.id),
                keys.due,
                keys.message(ref.message_id),
                keys.thread(question.place, held.thread),
                keys.no_charts(ref.space_id),
                keys.conversation(ref.conversation_id),
                keys.line,
            ],
            question.id,
            held.owner,
            ref.space_id,
            ref.conversation_id,
            ref.message_id,
            int(found),
            round(look_in * 1000),
            QUESTION_LIFETIME,
            THREAD_LIFETIME,
            NO_CHARTS_LIFETIME,
        )
        _mine(result)
        return bool(result == 1)

    async def finish(self, held: Held, state: State) -> None:
        """End a question; the next one of its thread begins."""
        keys = self._keys
        _mine(
            await self._scripts["finish"](
                [keys.question(held.question.id), keys.due, keys.line, self._thread_line(held)],
                held.question.id,
                held.owner,
                state.value,
            )
        )

    async def state(self, held: Held) -> State:
        """Return how far a question has come by now, which may be further than when it was claimed."""
        return State(str(await self._redis.hget(self._keys.question(held.question.id), "state")))

    async def active(self) -> int:
        """Count the questions that have not ended."""
        return int(await self._redis.zcard(self._keys.due))

    def _thread_line(self, held: Held) -> str:
        return self._keys.thread_line(held.question.place, held.thread)


def _mine(result: int | bool) -> None:  # noqa: FBT001 - a script's 0 or 1
    if not result:
        raise Overtaken


def _held(
    question_id: str,
    flat: Sequence[str],
    owner: str,
    now: int,
    since: float,
    granted: bool,  # noqa: FBT001
) -> Held | None:
    """Read a record; None for one that we cannot read, which is left to whoever wrote it."""
    record = dict(zip(flat[::2], flat[1::2], strict=True))
    try:
        question, progress = Question.from_json(record["question"]), Progress.from_hash(record)
    except (KeyError, TypeError, ValueError):
        # Another version's, perhaps, while it is being replaced: it must not stop all the others.
        log.warning("question.unreadable", extra={"question": question_id})
        return None
    return Held(question, progress, owner, now, since, granted)
