"""Take questions in: durable in one Redis call, before Slack is told that they arrived."""

from enum import StrEnum

from redis.asyncio import Redis

from bot.keys import LINE_LIFETIME, QUESTION_LIFETIME, THREAD_LIFETIME, Keys
from bot.question import Question, Surface
from bot.scripts import Script


class Receipt(StrEnum):
    """What became of a question at the door."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    STRANGER = "stranger"
    """A reply in a thread that the bot has no part in."""


class Intake:
    """The door: what Slack's listeners may do with questions."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep questions under `keys`."""
        self._redis, self._keys = redis, keys
        self._accept = Script(redis, "accept")
        self._resume = Script(redis, "resume")

    async def accept(self, question: Question) -> Receipt:
        """Store a question, unless it is here already: it is answered whatever becomes of this process."""
        place, keys = question.place, self._keys
        thread = place.thread or ""
        result = await self._accept(
            [
                keys.question(question.id), keys.due,
                keys.thread(place, thread), keys.thread_line(place, thread),
                keys.line, keys.line_turns, keys.line_clock,
            ],
            question.id, question.to_json(), int(question.surface is Surface.REPLY), int(bool(thread)),
            question.queue_name, QUESTION_LIFETIME, THREAD_LIFETIME, LINE_LIFETIME,
            question.asked_at,
        )  # fmt: skip
        return Receipt(result)

    async def find(self, question_id: str) -> Question | None:
        """Return a question that was asked before, while it is remembered."""
        stored = await self._redis.hget(self._keys.question(question_id), "question")
        return Question.from_json(str(stored)) if stored else None

    async def resume(self, question_id: str) -> bool:
        """Look again for an answer that missed its deadline; False if that is not so."""
        return bool(await self._resume([self._keys.question(question_id), self._keys.due], question_id))
