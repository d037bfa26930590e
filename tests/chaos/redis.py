"""A primary with a replica and three Sentinels, which keep their data when they are killed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.redis_servers import SERVICE, Server, has_replica, primary_known_to, replicated, sentinels, until

TURN_SECONDS = 120.0
"""At most, for a replica to take over or to catch up."""
DOWN_SECONDS = 5.0
"""After which the Sentinels replace a primary: longer than a restart takes on a busy machine."""
KEPT = ("--appendonly", "yes")
"""As docs/operating/redis.md asks of operators."""


@dataclass
class ReplicatedRedis:
    """Both servers, of which one is the primary."""

    primary: Server
    replica: Server
    sentinels: tuple[Server, ...]

    @property
    def url(self) -> str:
        """Its address, as `REDIS_URL` takes it."""
        return f"redis+sentinel://{','.join(each.address for each in self.sentinels)}/{SERVICE}/0"

    async def restart(self) -> None:
        """Kill the primary and start it at once."""
        await self.settled()
        await self.primary.stop()
        await self.primary.start()

    async def fail_over(self) -> None:
        """Kill the primary, and start it as the replica of the one that took its place."""
        await self.settled()
        before = self.primary
        await before.stop()
        await until(lambda: self._has_another_primary_than(before), TURN_SECONDS)
        await before.start()

    async def settled(self) -> None:
        """Wait until there is one primary, and a replica that has all.

        What a replica has not got is lost with its primary, whatever the bot does.
        """
        await until(self._is_settled, TURN_SECONDS)

    async def memory(self) -> int:
        """Return the memory of the primary's data, in kilobytes."""
        await self._find_primary()
        async with self.primary.client() as client:
            about: dict[str, Any] = await client.info("memory")
        return int(about["used_memory"]) // 1024

    async def _is_settled(self) -> bool:
        await self._find_primary()
        return await has_replica(self.primary)

    async def _find_primary(self) -> None:
        if await self._has_another_primary_than(self.primary):
            self.primary, self.replica = self.replica, self.primary

    async def _has_another_primary_than(self, server: Server) -> bool:
        known = [await primary_known_to(each) for each in self.sentinels]
        return all(each["port"] != server.port for each in known)


@asynccontextmanager
async def replicated_redis(folder: Path) -> AsyncIterator[ReplicatedRedis]:
    """Run all of them."""
    async with (
        replicated(folder, *KEPT) as (primary, replica),
        sentinels(folder, primary, 3) as watching,
    ):
        for each in watching:
            wait = round(DOWN_SECONDS * 1000)
            await each.command("SENTINEL", "SET", SERVICE, "down-after-milliseconds", wait)
        yield ReplicatedRedis(primary, replica, watching)
