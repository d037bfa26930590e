"""What people order besides asking: more of an answer, or that a thread begins anew or is forgotten."""

from enum import StrEnum

from redis.asyncio import Redis

from bot.question import Held, Place, Question, State
from bot.store.keys import QUESTION_LIFETIME, THREAD_LIFETIME, Keys
from bot.store.questions import in_time
from bot.store.scripts import Script


class Outcome(StrEnum):
    """What became of an order at the door."""

    ACCEPTED = "accepted"
    ALREADY = "already"
    BUSY = "busy"
    """A question of the thread is being answered."""
    STRANGER = "stranger"
    """The thread is not known, or whoever gave the order has not asked in it."""


class Orders:
    """The door for orders: each is durable in one Redis call, and raises NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep orders under `keys`, beside the questions."""
        self._redis, self._keys = redis, keys
        self._order = Script(redis, "order")
        self._redraw = Script(redis, "redraw")
        self._redo = Script(redis, "redo")
        self._fresh = Script(redis, "fresh")
        self._forget = Script(redis, "forget")

    async def place(self, order: Question, state: State, *, anew: bool = False) -> Outcome:
        """Leave an order to the worker, whose step for `state` carries it out; pressed twice it is one.

        `anew`: one that has ended may be given again, and its step finds what was saved the first time.
        """
        keys = [self._keys.question(order.id), self._keys.due]
        ended = State.DELIVERED.value if anew else ""
        placing = self._order(keys, order.id, order.to_json(), state.value, QUESTION_LIFETIME, ended)
        return Outcome(await in_time(placing))

    async def redraw(self, order: Question) -> None:
        """Have an answer show another chart, and remember that for its thread; the last order counts."""
        keys, place = self._keys, order.place
        redrawing = self._redraw(
            [keys.question(order.id), keys.due, keys.thread(place, place.thread or "")],
            order.id,
            order.to_json(),
            State.REDRAWING.value,
            QUESTION_LIFETIME,
            THREAD_LIFETIME,
            order.wish,
        )
        await in_time(redrawing)

    async def redraw_again(self, held: Held, seconds: float) -> None:
        """Carry out what was ordered last, if `held` is overtaken: it may have been the last to edit."""
        keys, order = self._keys, held.question.id
        again = self._redo(
            [keys.question(order), keys.due], order, held.owner, State.REDRAWING.value, round(seconds * 1000)
        )
        await in_time(again)

    async def start_fresh(self, order: Question) -> Outcome:
        """Let the thread of `order` begin a new conversation with its next question."""
        keys, place = self._keys, order.place
        beginning = self._fresh(
            [keys.question(order.id), keys.due, keys.thread(place, place.thread or "")],
            order.id,
            order.to_json(),
            QUESTION_LIFETIME,
            THREAD_LIFETIME,
        )
        return Outcome(await in_time(beginning))

    async def may_forget(self, order: Question) -> Outcome:
        """Tell what `forget` would do."""
        return await self._forgetting(order, "")

    async def forget(self, order: Question) -> Outcome:
        """Forget the thread of `order`: what we hold at once, what Databricks holds as soon as possible."""
        return await self._forgetting(order, order.to_json())

    async def latest(self, team: str, channel: str, asker: str) -> Place | None:
        """Return the thread in which somebody asked last in a channel, perhaps privately."""
        latest = await in_time(self._redis.get(self._keys.latest(team, channel, asker)))
        private, _, thread = str(latest or "").rpartition(" ")
        return Place(team, private or channel, thread) if thread else None

    async def asked_in(self, place: Place) -> str:
        """Return the channel in which somebody asked privately what a thread answers; empty for others."""
        key = self._keys.thread(place, place.thread or "")
        return str(await in_time(self._redis.hget(key, "asked_in")) or "")

    async def _forgetting(self, order: Question, stored: str) -> Outcome:
        keys, place = self._keys, order.place
        thread = place.thread or ""
        forgetting = self._forget(
            [keys.question(order.id), keys.due, keys.thread(place, thread), keys.thread_line(place, thread)],
            order.id,
            stored,
            order.queue_name,
            QUESTION_LIFETIME,
            THREAD_LIFETIME,
            keys.question(""),
        )
        return Outcome(await in_time(forgetting))
