"""Reads the questions of some days from their records, which are there for a week.

It reads every record once, since no index has them by their time: half a second of work for ten thousand.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from bot.records.job import published
from bot.records.progress import Progress
from bot.records.question import Question
from bot.store.keys import Keys

log = logging.getLogger(__name__)

PAGE = 100
"""Records that are read in one round trip; more of them would hold the event loop up."""
RATINGS = ":ratings"
"""How the name of a record's ratings ends."""

Record = tuple[Question, Progress]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked."""

    records: Sequence[Record]
    rated: frozenset[str]
    """Ids of questions, of all times, whose answers have ratings; a published answer may have its own."""

    def is_rated(self, question_id: str) -> bool:
        """Tell whether an answer has ratings, where it is public or where it is private."""
        return not self.rated.isdisjoint((question_id, published(question_id)))


class AskedStore:
    """Reads what was asked; RedisError without Redis."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Read the records under `keys`."""
        self._redis: Any = redis
        self._keys = keys

    async def between(self, since: int, until: int) -> Asked:
        """Return what was asked from `since` until before `until`, in milliseconds since 1970."""
        before, names = self._keys.question(""), set[str]()  # a scan may give a key twice
        async for name in self._redis.scan_iter(match=self._keys.question("*"), count=5 * PAGE):
            names.add(str(name))
        records = sorted(name for name in names if not name.endswith(RATINGS))
        found: list[Record] = []
        for at in range(0, len(records), PAGE):
            page = await self._read(records[at : at + PAGE])
            found += [each for each in page if since <= each[1].received_at < until]
        rated = {name.removeprefix(before).removesuffix(RATINGS) for name in names if name.endswith(RATINGS)}
        return Asked(found, frozenset(rated))

    async def _read(self, names: Sequence[str]) -> Sequence[Record]:
        async with self._redis.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.hgetall(name)
            stored = await pipe.execute()
        return [record for fields in stored if (record := _record(fields))]


def _record(fields: Mapping[str, str]) -> Record | None:
    """Return a question with its progress; None for a job, a forgotten question, or another version's."""
    if "question" not in fields:
        return None
    try:
        return Question.from_json(fields["question"]), Progress.from_hash(fields)
    except (AttributeError, KeyError, TypeError, ValueError):
        log.warning("digest.unreadable")
        return None
