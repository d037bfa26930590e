"""Which Genie conversation a question is asked in; every thread has its own, and may begin a new one."""

from collections.abc import Sequence
from dataclasses import replace

from redis.asyncio import Redis

from bot.keys import NO_CHARTS_LIFETIME, THREAD_LIFETIME, Keys
from bot.question import Held
from bot.queue import Overtaken
from bot.scripts import Script


class Conversations:
    """The conversations of threads."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Keep them under `keys`."""
        self._redis, self._keys = redis, keys
        self._target = Script(redis, "target")

    async def target(self, held: Held, space: str) -> tuple[Held, bool]:
        """Save in which conversation a question is about to be asked; return it, and whether to want charts.

        The conversation is in `Progress.into`, empty for a new one.
        """
        question = held.question
        keys = [
            self._keys.question(question.id),
            self._keys.thread(question.place, held.thread),
            self._keys.no_charts(space),
        ]
        fresh = int(question.fresh or bool(held.progress.fresh))
        found = await self._target(keys, question.id, held.owner, fresh, THREAD_LIFETIME, NO_CHARTS_LIFETIME)
        if not found:
            raise Overtaken
        into, refused = found
        return replace(held, progress=replace(held.progress, into=str(into))), not refused

    async def others(self, held: Held, conversations: Sequence[str]) -> frozenset[str]:
        """Return those of some Genie conversations that belong to other questions than this one."""
        if not conversations:
            return frozenset()
        owners = await self._redis.mget([self._keys.conversation(each) for each in conversations])
        pairs = zip(conversations, owners, strict=True)
        return frozenset(each for each, owner in pairs if owner not in {None, held.question.id})

    async def current(self, held: Held) -> str:
        """Return the conversation in which the thread's next question would be asked, empty for a new one."""
        key = self._keys.thread(held.question.place, held.thread)
        return str(await self._redis.hget(key, "conversation") or "")
