"""The one place that makes a client of Redis: one server, a Cluster, or the primary that Sentinels name.

All of them take the same commands from the stores, since every key has the same hash tag. Beside what
redis-py does, each client here

- reports its errors to `bot.store.availability.outage`, and raises no others than RedisError;
- repeats a call once whose connection broke, as providers cut idle ones;
- after a refusal to write drops its connections, so that the call goes to the primary of today: a proxy or a
  name may lead there, while old connections stay open to what is a replica now (redis-py#3443);
- keeps a cancellation that comes while it writes, which `asyncio.wait_for` of Python 3.11 loses.
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.exceptions import (
    AuthenticationError,
    NoPermissionError,
    NoScriptError,
    RedisClusterException,
    RedisError,
)
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.config.redis_address import Kind, RedisAddress
from bot.store.availability.outage import Outages, Reason, reason_of
from bot.store.keys import Keys
from bot.store.scripts import processes

CONNECTIONS = 16
"""To one server, by one process; the smallest of Heroku's plans allows 20 in all."""
TURN_SECONDS = 5.0
"""For which a call waits for a connection to become free."""
SOCKET_SECONDS = 1.5
"""Less than a listener's wait (`bot.store.questions`), so that it is the client which notices."""
IDLE_SECONDS = 30
"""A connection that was idle for longer is tried with a PING: firewalls drop some without a word."""
SENTINEL_SECONDS = 0.5
"""For the answer of one Sentinel, before the next one is asked."""
START_SECONDS = 10.0
PASSING, PASSING_SECONDS = frozenset({Reason.LOADING, Reason.SLOT_MOVING}), 60.0
"""Reasons that end by themselves, and for how long a start waits for that."""
CLUSTER_RETRIES = 3
"""Of a call, each after a new look at which node has our keys."""


_within_call: ContextVar[bool] = ContextVar("_within_call", default=False)


@contextmanager
def _cancellation_kept() -> Iterator[None]:
    """Raise at the end of a call, not of a part of it, a cancellation that came meanwhile and was lost.

    A connection that is left after its first PING has not chosen its database, and is used as if it had.
    """
    task, is_part = cast("asyncio.Task[Any]", asyncio.current_task()), _within_call.get()
    before, outside = task.cancelling(), _within_call.set(True)
    try:
        yield
    finally:
        _within_call.reset(outside)
        if task.cancelling() > before and not is_part:
            raise asyncio.CancelledError


class _Retry(Retry):
    """Around every command, pipeline and connection, but what a Cluster's client sends to its nodes."""

    async def call_with_retry(self, *args: Any, **options: Any) -> Any:
        with _cancellation_kept():
            return await super().call_with_retry(*args, **options)


class _Client(Redis):
    """Of one server, or of the primary of the moment."""

    outages: Outages | None = None

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return await self._on_primary(*args, **options)
        except RedisError as error:
            _report(self.outages, error, args[0])
            raise

    async def _on_primary(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py's own
        except RedisError as error:
            if reason_of(error) is not Reason.READ_ONLY:
                raise
            await self.connection_pool.disconnect(inuse_connections=False)
            return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call]  # redis-py's own


class _ClusterClient(RedisCluster):
    """Of a Cluster, in which one primary has all our keys."""

    outages: Outages | None = None
    turns: asyncio.Semaphore
    """A node's connections are not waited for: a call that finds none free fails at once."""

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            with _cancellation_kept():
                async with self.turns:
                    return await super().execute_command(*args, **options)
        except RedisError as error:
            _report(self.outages, error, args[0])
            raise
        except RedisClusterException as error:
            translated = RedisConnectionError(str(error))
            _report(self.outages, translated, args[0])
            raise translated from error


class _PrimaryPool(SentinelConnectionPool, BlockingConnectionPool):
    """Connections to the primary that the Sentinels name; with all of them in use a call waits for one."""


def _report(outages: Outages | None, error: RedisError, command: str) -> None:
    # After NOSCRIPT the script is sent whole; and a user that may not use INFO can do all that we need.
    if outages and not isinstance(error, NoScriptError) and command != "INFO":
        outages.failed(error)


@asynccontextmanager
async def open_redis(
    address: RedisAddress, keys: Keys, *, verify_tls: bool, own: bool = False
) -> AsyncIterator["Redis"]:
    """Connect to whatever stands at an address, and see that it works; RedisError, OSError if it does not.

    The bot's `own` store comes back by itself: a moment ago, the server of a process that was killed may have
    answered, which ends with it.
    """
    options = {
        "decode_responses": True,
        "socket_timeout": SOCKET_SECONDS,
        "socket_connect_timeout": SOCKET_SECONDS,
        "health_check_interval": IDLE_SECONDS,
        "retry": _Retry(NoBackoff(), 1, (RedisConnectionError,)),  # after a timeout more calls would do harm
    } | ({"ssl_cert_reqs": ssl.CERT_NONE} if address.tls and not verify_tls else {})
    async with _client(address, options, own=own) as client:
        redis: Redis = client  # type: ignore[assignment]  # a Cluster's has the same methods for our commands
        await _ready(redis, keys, PASSING | {Reason.AWAY} if own else PASSING)
        outages = client.outages = Outages(partial(write_probe, redis, keys))
        try:
            yield redis
        finally:
            outages.close()


async def write_probe(redis: "Redis", keys: Keys) -> None:
    """Write something, which a Redis that is away, read-only, full or half moved does not take."""
    await processes.write_probe(redis, probe_key=keys.probe, absent_key=keys.absent)


async def _ready(redis: "Redis", keys: Keys, passing: Collection[Reason]) -> None:
    """Return when Redis takes a write by a script, also after it has read its data."""
    deadline = time.monotonic() + PASSING_SECONDS
    while True:
        try:
            async with asyncio.timeout(START_SECONDS):
                await write_probe(redis, keys)
        except RedisError as error:
            if reason_of(error) not in passing or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.25)
        else:
            return


@asynccontextmanager
async def _client(
    address: RedisAddress, options: dict[str, Any], *, own: bool
) -> AsyncIterator[_Client | _ClusterClient]:
    if address.kind is Kind.SENTINEL:
        sentinel = await _sentinel(address, options)
        async with sentinel, _primary(sentinel, address, options) as primary:
            yield primary
    elif address.kind is Kind.CLUSTER or (not own and await _is_cluster(address, options)):
        cluster = _cluster(address, options)
        async with cluster:
            yield cluster
    else:
        # With all connections in use a call waits for one; the default pool would refuse at once.
        # To find out its own name costs the library some milliseconds of each new connection.
        pool = BlockingConnectionPool.from_url(address.url, **options, **_blocking(), driver_info=None)
        server = cast("_Client", _Client.from_pool(pool))
        async with server:
            yield server


def _blocking() -> dict[str, Any]:
    return {"max_connections": CONNECTIONS, "timeout": TURN_SECONDS}


async def _is_cluster(address: RedisAddress, options: dict[str, Any]) -> bool:
    """Tell whether a server is a node of a Cluster."""
    async with Redis.from_url(address.url, **options) as redis:
        try:
            return bool((await redis.info("cluster")).get("cluster_enabled"))
        except NoPermissionError:
            return False


def _cluster(address: RedisAddress, options: dict[str, Any]) -> _ClusterClient:
    nodes = [ClusterNode(host, port) for host, port in address.hosts]
    again = _Retry(ExponentialWithJitterBackoff(cap=0.3, base=0.05), CLUSTER_RETRIES)
    client = _ClusterClient.from_url(address.url, startup_nodes=nodes, **options | {"retry": again})
    cluster = cast("_ClusterClient", client)
    cluster.turns = asyncio.Semaphore(CONNECTIONS)
    return cluster


async def _sentinel(address: RedisAddress, options: dict[str, Any]) -> Sentinel:
    """Return a client of the Sentinels, which log in with our password only where they want one."""
    given = parse_url(address.url)
    login = {name: given[name] for name in ("username", "password") if name in given}
    timeouts = {"socket_timeout": SENTINEL_SECONDS, "socket_connect_timeout": SENTINEL_SECONDS}
    once = _Retry(NoBackoff(), 0)
    common = {"decode_responses": True, "retry": once, **timeouts, **_tls(address, options)}
    sentinel = Sentinel(address.hosts, sentinel_kwargs=common)  # type: ignore[no-untyped-call]  # redis-py's own
    for each in sentinel.sentinels:
        try:
            await each.ping()
        except AuthenticationError:
            await sentinel.aclose()
            return Sentinel(address.hosts, sentinel_kwargs=common | login)  # type: ignore[no-untyped-call]  # redis-py's own
        except RedisError:
            continue
        break
    return sentinel


def _primary(sentinel: Sentinel, address: RedisAddress, options: dict[str, Any]) -> _Client:
    given = {
        name: value
        for name, value in parse_url(address.url).items()
        if name not in {"host", "port", "connection_class"}
    }
    return cast(
        "_Client",
        sentinel.master_for(
            address.service,
            _Client,
            _PrimaryPool,
            **options | given | _tls(address, options) | _blocking(),
        ),
    )


def _tls(address: RedisAddress, options: dict[str, Any]) -> dict[str, Any]:
    if not address.tls:
        return {}
    given = options | dict(parse_url(address.url))
    return {"ssl": True, **{name: value for name, value in given.items() if name.startswith("ssl_")}}
