"""Reads the questions of some days from their records, which are there for a week.

It reads every record once, since no index has them by their time: a second for some hundred thousand.
"""

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from redis.asyncio import Redis

from bot.records.progress import Progress
from bot.records.question import Question
from bot.store.keys import Keys

log = logging.getLogger(__name__)

PAGE = 500
"""Records that are read in one round trip."""

Asked = tuple[Question, Progress]


class AskedStore:
    """Reads what was asked; RedisError without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Read the records under `keys`."""
        self._redis: Any = redis
        self._keys = keys

    async def between(self, since: int, until: int) -> Sequence[Asked]:
        """Return what was asked from `since` until before `until`, in milliseconds since 1970."""
        found: dict[str, Asked] = {}  # a scan may give a key twice
        async for question, progress in self._all():
            if since <= progress.received_at < until:
                found[question.id] = question, progress
        return tuple(found.values())

    async def _all(self) -> AsyncIterator[Asked]:
        names: list[str] = []
        async for name in self._redis.scan_iter(match=self._keys.question("*"), count=PAGE):
            if not str(name).endswith(":ratings"):
                names.append(str(name))
            if len(names) == PAGE:
                for each in await self._read(names):
                    yield each
                names = []
        for each in await self._read(names):
            yield each

    async def _read(self, names: Sequence[str]) -> Sequence[Asked]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hgetall(name)
            stored = await pipe.execute() if names else []
        return [record for fields in stored if (record := _record(fields))]


def _record(fields: Mapping[str, str]) -> Asked | None:
    """Return a question with its progress; None for a job, a forgotten question, or another version's."""
    if "question" not in fields:
        return None
    try:
        return Question.from_json(fields["question"]), Progress.from_hash(fields)
    except (AttributeError, KeyError, TypeError, ValueError):
        log.warning("digest.unreadable")
        return None
