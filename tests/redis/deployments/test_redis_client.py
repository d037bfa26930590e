"""Every Redis that people run, opened from its address: it works, and goes on after a failover."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.config.redis_address import parse
from bot.startup.redis_client import open_redis
from bot.store.availability.outage import Reason, reason_of
from bot.store.keys import Keys
from bot.store.limiter import Bucket, Rate
from tests import redis_servers
from tests.redis_servers import PLAIN, SERVICE, Server, running, until

pytestmark = pytest.mark.redis

KEYS = Keys("test")
Call = Callable[[], Coroutine[None, None, None]]
TURNS = 12
"""Of the event loop, in which a command is written and, mostly, answered."""


def opened(url: str, *, verify_tls: bool = True) -> AbstractAsyncContextManager["Redis"]:
    """Open what stands at an address, as the bot does."""
    return open_redis(parse(url), KEYS, verify_tls=verify_tls)


async def taken(redis: "Redis") -> int:
    """Use the client as the stores do: a script, and plain commands of one and of several keys."""
    bucket = Bucket(redis, KEYS, "b", Rate(1000, 60.0))
    assert await bucket.take() == 0
    await redis.set(KEYS.closed("x"), "1", px=60_000)
    assert await redis.mget([KEYS.closed("x"), KEYS.closed("y")]) == ["1", None]
    return await bucket.used()


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[Server, Server]]:
    """Run a primary and its replica."""
    async with redis_servers.replicated(tmp_path) as servers:
        yield servers


@pytest.mark.slow
async def test_a_sentinel_leads_to_the_primary_of_the_moment(tmp_path: Path) -> None:
    """Primary and replica change places: the same client goes on with the new one. All want a password."""
    options = ("--requirepass", "s3cret", "--masterauth", "s3cret")
    async with (
        redis_servers.replicated(tmp_path, *options, password="s3cret") as (primary, replica),
        redis_servers.sentinels(tmp_path, primary, 1, "s3cret") as (sentinel,),
    ):
        hosts = f"127.0.0.1:9,{sentinel.address}"  # the first is away
        async with opened(f"redis+sentinel://:s3cret@{hosts}/{SERVICE}/0") as redis:
            await asyncio.gather(*(taken(redis) for _ in range(10)))
            await until(lambda: sentinel.command("SENTINEL", "FAILOVER", SERVICE))
            await until(lambda: redis_servers.leads(sentinel, replica))
            await until(lambda: redis_servers.follows(primary))  # until then it takes writes, which are lost
            await asyncio.gather(*(taken(redis) for _ in range(10)))
            assert (await replica.command("ROLE"))[0] == "master"
            assert await replica.command("EXISTS", KEYS.grants("b"))


@pytest.mark.slow
async def test_three_sentinels_replace_a_primary_that_was_killed(
    pair: tuple[Server, Server], tmp_path: Path
) -> None:
    """Within seconds the same client writes to the replica that took its place."""
    primary, _ = pair
    async with redis_servers.sentinels(tmp_path, primary, 3) as watching:
        hosts = ",".join(each.address for each in watching)
        async with opened(f"redis+sentinel://{hosts}/{SERVICE}/0") as redis:
            assert await taken(redis) == 1
            await primary.stop()
            await until(lambda: taken(redis))


@pytest.mark.slow
async def test_a_primary_that_is_started_again_at_once_is_used_at_once(
    pair: tuple[Server, Server], tmp_path: Path
) -> None:
    """Also one that was a replica before: no time passes but that of its start and of one look."""
    primary, replica = pair
    async with redis_servers.sentinels(tmp_path, primary, 1) as (sentinel,):
        await sentinel.command("SENTINEL", "SET", SERVICE, "down-after-milliseconds", 5000)
        async with opened(f"redis+sentinel://{sentinel.address}/{SERVICE}/0") as redis:
            await until(lambda: sentinel.command("SENTINEL", "FAILOVER", SERVICE))
            await until(lambda: redis_servers.leads(sentinel, replica))
            await until(lambda: redis_servers.follows(primary))
            await replica.stop()
            await replica.start()
            await until(lambda: taken(redis), seconds=10)


async def test_a_primary_that_says_it_is_a_replica_is_told_as_read_only(
    pair: tuple[Server, Server], tmp_path: Path
) -> None:
    """Sentinels put up with one for 20 seconds and more: that is no server that is away."""
    primary, replica = pair
    async with (
        redis_servers.sentinels(tmp_path, primary, 1) as (sentinel,),
        opened(f"redis+sentinel://{sentinel.address}/{SERVICE}/0") as redis,
    ):
        await primary.command("REPLICAOF", "127.0.0.1", replica.port)
        with pytest.raises(RedisError) as refused:
            await taken(redis)
        assert reason_of(refused.value) is Reason.READ_ONLY


@pytest.mark.parametrize("scheme", ["redis", "redis+cluster"])
async def test_a_cluster_is_detected_and_used(scheme: str, tmp_path: Path) -> None:
    """The address names any one node, whether or not that is the one with our keys."""
    async with redis_servers.cluster(tmp_path) as nodes:
        for number, node in enumerate(nodes):
            async with opened(f"{scheme}://{node.address}") as redis:
                assert await taken(redis) == 2 * number + 1
                await asyncio.gather(*(each.command("SCRIPT", "FLUSH") for each in nodes))
                assert await taken(redis) == 2 * number + 2
                async with redis.pipeline(transaction=True) as pipe:  # as the store of ratings does
                    pipe.hset(KEYS.line_clock, "served", "1")
                    pipe.pexpire(KEYS.line_clock, 60_000)
                    assert (await pipe.execute())[1]


async def test_a_name_that_leads_to_another_primary_is_followed(
    pair: tuple[Server, Server],
) -> None:
    """The primary becomes a replica while connections to it stay open: the next call goes to the new one."""
    old, new = pair
    leads_to = old.port

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream = await asyncio.open_connection("127.0.0.1", leads_to)
        await asyncio.gather(pipe(reader, upstream[1]), pipe(upstream[0], writer), return_exceptions=True)

    proxy = await asyncio.start_server(connect, "127.0.0.1", 0)
    async with proxy, opened(f"redis://127.0.0.1:{proxy.sockets[0].getsockname()[1]}") as redis:
        await asyncio.gather(*(taken(redis) for _ in range(10)))
        await new.command("REPLICAOF", "NO", "ONE")
        await old.command("REPLICAOF", "127.0.0.1", new.port)
        leads_to = new.port
        await asyncio.gather(*(taken(redis) for _ in range(10)))
        assert await new.command("EXISTS", KEYS.closed("x"))


async def test_connections_that_the_server_cut_are_replaced(tmp_path: Path) -> None:
    """Providers cut idle connections: the next call does not notice."""
    server = Server(tmp_path / "server", *PLAIN)
    async with running(server), opened(f"redis://{server.address}") as redis:
        await asyncio.gather(*(taken(redis) for _ in range(10)))
        await server.command("CLIENT", "KILL", "TYPE", "normal")
        await asyncio.gather(*(taken(redis) for _ in range(10)))


@pytest.mark.parametrize("kind", ["server", pytest.param("cluster", marks=pytest.mark.slow)])
async def test_a_cancellation_ends_a_call_at_whatever_moment_it_comes(kind: str, tmp_path: Path) -> None:
    """While the client connects, writes or reads, and the next call gets its own answer."""
    key = KEYS.closed("x")

    async def get() -> None:
        await redis.get(key)

    async def pipeline(*, transaction: bool) -> None:
        async with redis.pipeline(transaction=transaction) as pipe:
            pipe.get(key)
            pipe.get(key)
            await pipe.execute()

    calls: tuple[Call, ...] = (get, partial(pipeline, transaction=False), partial(pipeline, transaction=True))
    async with AsyncExitStack() as stack:
        if kind == "cluster":
            server, *_ = await stack.enter_async_context(redis_servers.cluster(tmp_path))
        else:
            await stack.enter_async_context(running(server := Server(tmp_path / "server", *PLAIN)))
        redis = await stack.enter_async_context(opened(f"redis://{server.address}"))
        for call, turns, connected in product(calls, range(TURNS), (True, False)):
            if connected:  # else it may connect first: a cancelled call leaves no connection
                await taken(redis)
            task = asyncio.create_task(call())
            for _ in range(turns):
                await asyncio.sleep(0)
            cancelling = task.cancel()
            await asyncio.wait({task})
            assert task.cancelled() is cancelling


async def test_a_connection_that_was_cancelled_as_it_began_is_in_its_database(tmp_path: Path) -> None:
    """What is written to it later would be lost in another one."""
    key, server = KEYS.closed("x"), Server(tmp_path / "server", *PLAIN)
    async with running(server), opened(f"redis://{server.address}/1") as redis:
        await redis.set(key, "1", px=60_000)
        for turns in range(3 * TURNS):
            await redis.connection_pool.disconnect()
            redis.connection_pool.reset()  # type: ignore[no-untyped-call]  # redis-py's own
            task = asyncio.create_task(taken(redis))
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait({task})
            assert await redis.get(key) == "1"


async def test_tls_with_a_password_and_a_user_of_its_own(tmp_path: Path) -> None:
    """Over TLS as an ACL user; the certificate is checked unless a setting says otherwise."""
    tls, options = await redis_servers.with_tls(tmp_path)
    user = ("--user", "ann", "on", ">s3cret", "~*", "+@all", "-@dangerous", "+info")
    server = Server(tmp_path / "server", *PLAIN, *options, *user)
    async with running(server):
        async with opened(f"rediss://ann:s3cret@127.0.0.1:{tls}/0", verify_tls=False) as redis:
            assert await taken(redis) == 1
        with pytest.raises(RedisError) as refused:
            async with opened(f"rediss://ann:s3cret@127.0.0.1:{tls}/0"):
                pass
        assert reason_of(refused.value) is Reason.CERTIFICATE
