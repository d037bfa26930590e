"""Why Redis does not do what it is asked, and since when.

Every client that `bot.startup.redis_client` opens reports its errors here: one line in the log when Redis
goes, and one when it takes writes again.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextvars import Context
from enum import StrEnum

from redis.asyncio.sentinel import MasterNotFoundError
from redis.exceptions import (
    AuthenticationError,
    AuthorizationError,
    BusyLoadingError,
    ClusterDownError,
    MaxConnectionsError,
    MovedError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

log = logging.getLogger(__name__)

FIRST_PROBE_SECONDS, PROBE_SECONDS = 0.2, 1.0
"""Until the first attempt to write to a Redis that was away, and between the next ones."""


class Reason(StrEnum):
    """Why Redis takes no writes; docs/operating/redis.md says what to check."""

    AWAY = "away"
    """No connection, or no answer in time."""
    NO_PRIMARY = "no primary"
    """No Sentinel names one."""
    CERTIFICATE = "certificate not trusted"
    LOGIN = "login refused"
    FORBIDDEN = "not permitted"
    LOADING = "loading"
    READ_ONLY = "read only"
    FULL = "out of memory"
    DISK = "cannot save"
    BUSY = "busy"
    CLUSTER_DOWN = "cluster down"
    SLOT_MOVING = "slot moving"
    """Of a Cluster, whose next node has a part of our keys."""
    MOVED = "cluster node"
    """A node of a Cluster, called as if it were one server."""
    FEW_REPLICAS = "too few replicas"
    CROWDED = "no connection free"
    """All of this process's own connections are in use."""
    REFUSED = "refused"


_BY_CLASS = (
    (MasterNotFoundError, Reason.NO_PRIMARY),
    (MaxConnectionsError, Reason.CROWDED),
    (BusyLoadingError, Reason.LOADING),
    (AuthenticationError, Reason.LOGIN),
    (AuthorizationError, Reason.LOGIN),
    (NoPermissionError, Reason.FORBIDDEN),
    (ReadOnlyError, Reason.READ_ONLY),
    (OutOfMemoryError, Reason.FULL),
    (MovedError, Reason.MOVED),
    (ClusterDownError, Reason.CLUSTER_DOWN),
    (TryAgainError, Reason.SLOT_MOVING),
)
_BY_CODE = {
    "LOADING": Reason.LOADING,
    "READONLY": Reason.READ_ONLY,
    "OOM": Reason.FULL,
    "MISCONF": Reason.DISK,
    "BUSY": Reason.BUSY,
    "NOREPLICAS": Reason.FEW_REPLICAS,
    "MASTERDOWN": Reason.NO_PRIMARY,
    "CLUSTERDOWN": Reason.CLUSTER_DOWN,
    "MOVED": Reason.MOVED,
    "NOPERM": Reason.FORBIDDEN,
}
"""Codes that redis-py leaves in the text, or that a server before Redis 7 quotes from within a script."""
_CODE = re.compile(rf"(?:^|[\s-])({'|'.join(_BY_CODE)})\s")
_BY_TEXT = {
    "CERTIFICATE_VERIFY_FAILED": Reason.CERTIFICATE,
    "No connection available": Reason.CROWDED,
    "user executing the script can't": Reason.FORBIDDEN,
    "previous master is now a slave": Reason.READ_ONLY,
    "TTL exhausted": Reason.SLOT_MOVING,  # the client was sent to and fro
}
"""Errors of this side, which redis-py puts into words, and refusals of a server that have no code."""


def reason_of(error: BaseException) -> Reason:
    """Return why Redis raised this; `error` may wrap what happened while connecting."""
    for each in _chain(error):
        for kind, reason in _BY_CLASS:
            if isinstance(each, kind):
                return reason
        if found := _CODE.search(str(each)):
            return _BY_CODE[found[1]]
        for text, reason in _BY_TEXT.items():
            if text in str(each):
                return reason
    away = isinstance(error, RedisConnectionError | RedisTimeoutError | OSError)
    return Reason.AWAY if away else Reason.REFUSED


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error:
        yield error
        error = error.__cause__


class Outages:
    """Notices when Redis goes and when it is back, of one process."""

    def __init__(self, write: Callable[[], Awaitable[object]]) -> None:
        """`write` puts something into Redis, and raises as long as that cannot be done."""
        self._write = write
        self._waiting: asyncio.Task[None] | None = None

    def failed(self, error: Exception) -> None:
        """Say so, unless it is known, and look for the end."""
        if self._waiting and not self._waiting.done():
            return
        # The lines of the log carry what the context names: a question that only met the error first.
        self._waiting = Context().run(self._begin, error)

    def _begin(self, error: Exception) -> asyncio.Task[None]:
        log.warning("redis.down", extra={"reason": reason_of(error).value, "error": type(error).__name__})
        return asyncio.create_task(self._until_back())

    async def _until_back(self) -> None:
        began, pause = time.monotonic(), FIRST_PROBE_SECONDS
        while True:
            await asyncio.sleep(pause)
            pause = PROBE_SECONDS
            try:
                await self._write()
            except (RedisError, OSError, TimeoutError):
                continue
            log.warning("redis.up", extra={"seconds": round(time.monotonic() - began, 1)})
            return

    def close(self) -> None:
        """Look no longer."""
        if self._waiting:
            self._waiting.cancel()
