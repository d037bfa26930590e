"""Counts the living processes of this installation, which Slack's count of connections is compared with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis

from bot.store.keys import Keys
from bot.store.questions import NotStored, in_time
from bot.store.scripts import processes

BEAT_SECONDS = 10.0
"""Between two signs of life."""
LIFETIME_SECONDS = 35.0
"""After its last sign of life a process counts as dead."""


class ProcessStore:
    """Keeps when each process was last alive; methods raise NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys, name: str) -> None:
        """Count this process as `name`, which no other one has."""
        self._redis, self._keys, self._name = redis, keys, name

    async def beat(self) -> int:
        """Say that this process lives; return how many do."""
        return await in_time(
            processes.count_processes(
                self._redis,
                processes_key=self._keys.processes,
                name=self._name,
                lifetime_ms=round(LIFETIME_SECONDS * 1000),
            )
        )

    @asynccontextmanager
    async def alive(self) -> AsyncIterator[None]:
        """Count this process within the block."""
        beating = asyncio.create_task(self._beat_on())
        try:
            yield
        finally:
            beating.cancel()
            with suppress(NotStored):
                await in_time(self._redis.zrem(self._keys.processes, self._name))

    async def _beat_on(self) -> None:
        while True:
            with suppress(NotStored):
                await self.beat()
            await asyncio.sleep(BEAT_SECONDS)
