"""Waits until a replica has what was written, where Redis has replicas.

Replication is asynchronous: a primary that dies takes along what no replica has got yet. The writes on which
"no question is lost" and "none is asked twice" rest (a question was received, is being asked, was asked) wait
for one replica before the next step. The wait is bounded: a replica that does not answer stops nobody.
https://redis.io/docs/latest/commands/wait/
"""

import logging
import time
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.cluster import RedisCluster
from redis.exceptions import RedisClusterException, RedisError

from bot.store.keys import Key, Keys

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.2
LOOK_AGAIN_SECONDS = 10.0
"""Between looks at how many replicas there are, and after one that did not answer."""


class Replication:
    """Of one client: knows whether there are replicas, and waits for one."""

    def __init__(self, redis: "Redis", keys: Keys) -> None:
        """Write under `keys`."""
        self._redis: Any = redis
        self._mark = keys.replicated
        self._looked_at = float("-inf")
        self._has_replicas = False

    async def wait(self) -> None:
        """Wait until a replica has all that this process wrote before; never raises for want of one."""
        try:
            now = time.monotonic()
            if now - self._looked_at > LOOK_AGAIN_SECONDS:
                self._looked_at = now
                self._has_replicas = await self._look()
            if self._has_replicas and not await self._reached():
                self._has_replicas = False  # until the next look, so that not every question waits in vain
                log.warning("redis.replica_silent", extra={"seconds": WAIT_SECONDS})
        except (RedisError, RedisClusterException) as error:
            log.debug("redis.not_replicated", extra={"error": type(error).__name__})

    async def _look(self) -> bool:
        told = await self._redis.info("replication", **node_of(self._redis, self._mark))
        return bool(told.get("connected_slaves"))

    async def _reached(self) -> bool:
        """Write once more and wait for that on the same connection: replicas get writes in their order."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.set(self._mark, 1, px=60_000)
            pipe.execute_command("WAIT", 1, round(WAIT_SECONDS * 1000), **node_of(self._redis, self._mark))
            _, replicas = await pipe.execute()
        return bool(replicas)


def node_of(redis: object, key: Key) -> dict[str, Any]:
    """Name the node of a Cluster that has our keys, for commands that name no key."""
    return {"target_nodes": redis.get_node_from_key(key)} if isinstance(redis, RedisCluster) else {}
