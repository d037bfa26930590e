"""Which Genie space a channel is bound to, a thread goes on in, and a question is asked in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from redis.asyncio import Redis

from bot.records.lease import QuestionLease
from bot.records.question import Place
from bot.store.keys import AGENT_MODE_OFF_LIFETIME, BINDING_LIFETIME, Keys
from bot.store.limiter import Line
from bot.store.questions import in_time
from bot.store.results import SpaceChoice
from bot.store.scripts import spaces

OFFER_AGAIN_MILLISECONDS = 3_000
"""Until spaces are offered again where Slack took no edit with them."""


@dataclass(frozen=True, slots=True)
class ThreadSpace:
    """What decides about the space of a question in a thread."""

    space: str
    """In which the thread goes on; empty if none is chosen."""
    is_first: bool
    """No earlier question of the thread, which may decide about its space, waits for an answer."""


class SpaceStore:
    """Bindings and choices. The methods of listeners raise NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep them under `keys`."""
        self._redis, self._keys = redis, keys

    async def bound(self, team: str, channel: str) -> str:
        """Return the id of the space to which a channel is bound; empty without one."""
        key = self._keys.bound_space(team, channel)
        return str(await in_time(self._redis.getex(key, px=BINDING_LIFETIME)) or "")

    async def bind(self, team: str, channel: str, space_id: str) -> None:
        """Bind a channel to a space: questions there that name none are asked in it."""
        key = self._keys.bound_space(team, channel)
        await in_time(self._redis.set(key, space_id, px=BINDING_LIFETIME))

    async def unbind(self, team: str, channel: str) -> None:
        """Leave the space of questions in a channel to their words again."""
        await in_time(self._redis.delete(self._keys.bound_space(team, channel)))

    async def is_agent_mode_off(self, space_id: str) -> bool:
        """Tell whether Databricks said within a day that agent mode is switched off for a space."""
        return bool(await self._redis.exists(self._keys.agent_mode_off(space_id)))

    async def note_agent_mode_off(self, space_id: str) -> None:
        """Remember that for a day: research is not tried meanwhile."""
        await self._redis.set(self._keys.agent_mode_off(space_id), 1, px=AGENT_MODE_OFF_LIFETIME)

    async def of_place(self, place: Place) -> str:
        """Return the id of the space in which a thread or a channel goes on; empty where words decide."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hget(self._keys.thread(place, place.thread or ""), "space")
            pipe.get(self._keys.bound_space(place.team, place.channel))
            own, bound = await in_time(pipe.execute())
        return str(own or bound or "")

    async def of_thread(self, lease: QuestionLease) -> ThreadSpace:
        """Return what is known of a question's thread."""
        place, keys = lease.question.place, self._keys
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.hget(keys.thread(place, lease.thread), "space")
            pipe.lindex(keys.thread_line(place, lease.thread), 0)
            space, first = await pipe.execute()
        return ThreadSpace(str(space or ""), first in {None, lease.question.id})

    async def settle(self, lease: QuestionLease, space: str, *, own: bool) -> QuestionLease:
        """Save in which space a question is asked; with `own` its thread goes on there."""
        keys, question = self._keys, lease.question
        await spaces.settle_space(
            self._redis,
            question_key=keys.question(question.id),
            thread_key=keys.thread(question.place, lease.thread),
            owner=lease.owner,
            space=space,
            own=own,
        )
        return replace(lease, progress=replace(lease.progress, space=space))

    async def wait(self, lease: QuestionLease, fields: Mapping[str, str | int]) -> None:
        """Give a question back until its space is chosen, or the wait is over; soon where none is offered."""
        keys, question = self._keys, lease.question
        line = Line.of(keys, question.bucket, question.queue_name)
        await spaces.wait_for_space(
            self._redis,
            question_key=keys.question(question.id),
            due_key=keys.due,
            line_key=line.line,
            own_key=line.own,
            question_id=question.id,
            owner=lease.owner,
            offer_again_ms=OFFER_AGAIN_MILLISECONDS,
            fields=fields,
        )

    async def choose(self, place: Place, question_id: str, space_id: str, reply: str = "") -> SpaceChoice:
        """Let a question that waits in a thread go on in a space, once, and the thread with it.

        `reply` is the id of the message that says so; heard again, it is no question.
        """
        keys = self._keys
        return await in_time(
            spaces.choose_space(
                self._redis,
                question_key=keys.question(question_id),
                due_key=keys.due,
                thread_key=keys.thread(place, place.thread or ""),
                question_prefix=keys.question(""),
                question_id=question_id,
                space=space_id,
                reply=reply,
            )
        )

    async def choose_for_thread(self, place: Place, space_id: str, reply: str) -> SpaceChoice:
        """Do the same, as a reply says, for the question of a thread that waits for it, if there is one."""
        first = await in_time(self._redis.lindex(self._keys.thread_line(place, place.thread or ""), 0))
        return await self.choose(place, str(first), space_id, reply) if first else SpaceChoice.ALREADY
