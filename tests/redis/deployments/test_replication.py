"""The writes on which the promises rest wait for a replica, where there is one that answers."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.config.redis_address import parse
from bot.identity.model import SlackUser
from bot.records.job import Job, JobKind
from bot.records.lease import QuestionLease
from bot.startup.redis_client import open_redis
from bot.store.availability import replication
from bot.store.grants import GrantRecord, GrantStore
from bot.store.jobs import JobStore
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.questions import QuestionStore
from bot.store.queue import Queue
from genie.model import MessageRef
from tests import redis_servers
from tests.redis.queue_moves import question
from tests.redis_servers import PLAIN, Server, running

pytestmark = pytest.mark.redis

KEYS = Keys("test")


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a replica take its time: the machine may be busy."""
    monkeypatch.setattr(replication, "WAIT_SECONDS", 1.2)
    monkeypatch.setattr(replication, "LOOK_AGAIN_SECONDS", 3600.0)


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[tuple[Server, Server]]:
    """Run a primary and its replica."""
    async with redis_servers.replicated(tmp_path) as servers:
        yield servers


async def waits(server: Server) -> int:
    """Count the times that somebody waited for replicas."""
    async with server.client() as client:
        return int((await client.info("commandstats")).get("cmdstat_wait", {}).get("calls", 0))


async def lead_to_genie(redis: "Redis") -> None:
    """Bring a question from its arrival to the moment when Genie has it."""
    queue = Queue(redis, KEYS, Rate(20, 60.0), worker="w", settle=0)
    await QuestionStore(redis, KEYS, settle=0).accept(question("1"))
    [lease] = (await queue.claim(1)).leases
    assert isinstance(lease, QuestionLease)
    await queue.join(lease)
    await queue.release(lease, 60, state="announced")
    [granted] = (await queue.claim(1)).leases
    assert isinstance(granted, QuestionLease)
    assert granted.granted
    assert await queue.asked(granted, MessageRef("s", "c", "m"), poll_in=60)


async def test_received_asking_and_asked_wait_for_a_replica(pair: tuple[Server, Server]) -> None:
    """The saves without which a question could be lost or asked twice, and that of a private question."""
    primary, replica = pair
    async with open_redis(parse(f"redis://{primary.address}"), KEYS, verify_tls=True) as redis:
        await lead_to_genie(redis)
        assert await waits(primary) == 3
        job = Job("j", JobKind.PRIVATE, question("2").place, "U1")
        await JobStore(redis, KEYS).enqueue(job)
        assert await waits(primary) == 4
        assert await replica.command("EXISTS", KEYS.question("j"))


async def test_what_people_give_at_a_sign_in_waits_for_a_replica(pair: tuple[Server, Server]) -> None:
    """A failover brings neither a refresh token back that has served, nor a grant after a sign-out."""
    primary, replica = pair
    async with open_redis(parse(f"redis://{primary.address}"), KEYS, verify_tls=True) as redis:
        store, ana = GrantStore(redis, KEYS), SlackUser("T1", "UANA")
        old = GrantRecord("sign-in", "encrypted")
        await store.save(ana, old)
        assert await store.replace(ana, old, "encrypted anew")
        assert await replica.command("HGET", KEYS.grant(ana), "encrypted") == "encrypted anew"
        assert await store.take(ana) == GrantRecord("sign-in", "encrypted anew")
        assert not await replica.command("EXISTS", KEYS.grant(ana))
        assert await waits(primary) == 3


async def test_a_replica_that_hangs_holds_nobody_up_for_long(
    pair: tuple[Server, Server], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first write waits in vain for a moment, and says so; the next ones do not."""
    primary, replica = pair
    assert replica.process
    async with open_redis(parse(f"redis://{primary.address}"), KEYS, verify_tls=True) as redis:
        store = QuestionStore(redis, KEYS)
        await store.accept(question("0"))
        monkeypatch.setattr(replication, "WAIT_SECONDS", 0.2)
        os.kill(replica.process.pid, signal.SIGSTOP)
        for number in range(1, 11):
            await store.accept(question(str(number)))
        os.kill(replica.process.pid, signal.SIGCONT)
        assert caplog.messages == ["redis.replica_silent"]
        assert await waits(primary) == 2


async def test_nothing_waits_where_there_is_no_replica(tmp_path: Path) -> None:
    """A single server costs no more than before."""
    server = Server(tmp_path / "server", *PLAIN)
    async with (
        running(server),
        open_redis(parse(f"redis://{server.address}"), KEYS, verify_tls=True) as redis,
    ):
        await lead_to_genie(redis)
        assert await waits(server) == 0


@pytest.mark.slow
async def test_a_cluster_waits_on_the_node_that_has_the_keys(tmp_path: Path) -> None:
    """There, too, the replica of the right primary is waited for."""
    async with redis_servers.cluster(tmp_path) as nodes:
        replica = redis_servers.cluster_node(tmp_path)
        async with (
            running(replica),
            open_redis(parse(f"redis://{nodes[0].address}"), KEYS, verify_tls=True) as redis,
        ):
            slot = await nodes[0].command("CLUSTER", "KEYSLOT", KEYS.due)
            lasts = zip(nodes, redis_servers.LAST_SLOTS, strict=True)
            owner = next(node for node, last in lasts if slot <= last)
            await replica.command("CLUSTER", "MEET", "127.0.0.1", owner.port, owner.bus)
            name = await owner.command("CLUSTER", "MYID")
            await redis_servers.until(lambda: replica.command("CLUSTER", "REPLICATE", name))
            await redis_servers.until(lambda: redis_servers.has_replica(owner))
            async with asyncio.timeout(10):
                await lead_to_genie(redis)
            assert [await waits(node) for node in nodes] == [3 * (node is owner) for node in nodes]
