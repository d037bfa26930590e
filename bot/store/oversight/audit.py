"""The audit trail in Redis; the script that ends a question or a job writes its entry (`finish.lua`)."""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from bot.store.keys import DAY, Keys

PAGE = 500
"""Entries that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as it is read."""

    stream_id: str
    fields: dict[str, str]
    content: dict[str, str] = field(default_factory=dict, repr=False)
    """Its question in words and its SQL, if they are kept."""

    @property
    def ended_at(self) -> int:
        """Milliseconds since 1970."""
        return int(self.stream_id.partition("-")[0])

    @property
    def asked_at(self) -> int:
        """Milliseconds since 1970; 0 where that is not known."""
        return int(self.fields.get("asked_at") or 0)

    @property
    def user(self) -> str:
        """Return who asked or pressed."""
        return self.fields.get("user", "")


class AuditTrail:
    """Reads the trail, and deletes a person's entries."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Read it under `keys`."""
        self._redis: Any = redis
        self._keys = keys

    async def rows(self, since: int, until: int) -> AsyncIterator[AuditRow]:
        """Yield what ended from `since` until before `until` (milliseconds since 1970), in that order."""
        for day in range(since // DAY, (until - 1) // DAY + 1):
            async for page in self._pages(str(day), str(since), str(until - 1)):
                for row in page:
                    yield row

    async def forget(self, day: str, is_theirs: Callable[[AuditRow], bool]) -> int:
        """Delete the entries of a person that are from a day; return how many."""
        deleted = 0
        async for page in self._pages(day, "-", "+"):
            theirs = [row for row in page if is_theirs(row)]
            if theirs:
                await self._redis.hdel(self._keys.audit_content(day), *(row.fields["id"] for row in theirs))
                deleted += await self._redis.xdel(self._keys.audit(day), *(row.stream_id for row in theirs))
        return deleted

    async def _pages(self, day: str, first: str, last: str) -> AsyncIterator[Sequence[AuditRow]]:
        while found := await self._redis.xrange(self._keys.audit(day), first, last, count=PAGE):
            stored = await self._redis.hmget(
                self._keys.audit_content(day), [fields["id"] for _, fields in found]
            )
            yield [
                AuditRow(stream_id, fields, json.loads(content or "{}"))
                for (stream_id, fields), content in zip(found, stored, strict=True)
            ]
            first = f"({found[-1][0]}"
