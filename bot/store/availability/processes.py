"""Counts the living processes of this installation, and those that ask Databricks as somebody else.

Slack's count of connections is compared with it.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from redis.asyncio import Redis

from bot.store.keys import CONNECTIONS_LIFETIME, Keys
from bot.store.questions import NotStored, in_time
from bot.store.scripts import processes

log = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
"""Between two signs of life."""
LIFETIME_SECONDS = 35.0
"""After its last sign of life a process counts as dead."""


@dataclass(frozen=True, slots=True)
class Connections:
    """What was known when a connection to Slack began."""

    connections: int
    """Of the app, as Slack counts them."""
    processes: int
    """Of this installation."""
    strangers: bool
    """Whether the others are of another installation, and not connections that broke just before."""


class ProcessStore:
    """Keeps when each process was last alive; methods raise NotStored without Redis."""

    def __init__(self, redis: "Redis", keys: Keys, name: str, identity: str) -> None:
        """Count this process as `name`, which no other one has; `identity` is its setting."""
        self._redis: Any = redis
        self._keys = keys
        self._identity, self._name = f"{identity}:", f"{identity}:{name}"

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

    async def living(self) -> int:
        """Return how many processes live, apart from this one if it never said so."""
        beats: Any = await in_time(self._redis.zrange(self._keys.processes, 0, -1, withscores=True))
        # Those that went at once are not taken out before another one's next sign of life.
        ats = [float(at) for _, at in beats]
        return sum(at > max(ats) - LIFETIME_SECONDS * 1000 for at in ats)

    async def note_connections(self, seen: Connections) -> None:
        """Keep what was found when a connection began, until the next one begins."""
        text = json.dumps(asdict(seen))
        await in_time(self._redis.set(self._keys.connections, text, px=CONNECTIONS_LIFETIME))

    async def connections(self) -> Connections | None:
        """Return what was found when a connection began last, within a day."""
        text = await in_time(self._redis.get(self._keys.connections))
        return Connections(**json.loads(text)) if text else None

    async def others(self) -> int:
        """Return how many processes were alive at the last sign of life that have another IDENTITY."""
        names = await in_time(self._redis.zrange(self._keys.processes, 0, -1))
        # A version before this one does not name it.
        return sum(":" in name and not name.startswith(self._identity) for name in map(str, names))

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
        mixed = False
        while True:
            with suppress(NotStored):
                await self.beat()
                was_mixed, others = mixed, await self.others()
                mixed = others > 0
                if mixed and not was_mixed:
                    log.warning("identity.mixed", extra={"others": others})
            await asyncio.sleep(BEAT_SECONDS)
