"""A Redis that takes no writes: why is told once, and its return too."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from bot.config.redis_address import parse
from bot.startup.redis_client import open_redis, write_probe
from bot.store.availability.outage import Reason, reason_of
from bot.store.keys import Keys
from tests import redis_servers
from tests.redis_servers import LAST_SLOTS, PLAIN, Server, running, until
from tests.redis_troubles import TROUBLES, Trouble

pytestmark = pytest.mark.redis

KEYS = Keys("test")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path / "server", *PLAIN)
    async with running(server):
        yield server


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.begin.__name__)
async def test_one_line_when_redis_goes_and_one_when_it_is_back(
    trouble: Trouble, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    """However many calls fail meanwhile; the first line says why, the second for how long."""
    caplog.set_level(logging.INFO, "bot")
    async with (
        open_redis(parse(f"redis://{server.address}"), KEYS, verify_tls=True) as redis,
        server.client() as operator,
    ):
        await trouble.begin(server, operator)
        for _ in range(3):
            with pytest.raises(RedisError) as refused:
                await write_probe(redis, KEYS)
            assert reason_of(refused.value) is trouble.reason
        await trouble.end(server, operator)
        await until(lambda: logged(caplog, 2))
        down, up = caplog.records
        assert (down.message, down.__dict__["reason"]) == ("redis.down", trouble.reason)
        assert (up.message, 0 < up.__dict__["seconds"] < 30) == ("redis.up", True)
        await write_probe(redis, KEYS)


async def test_one_line_while_a_cluster_moves_our_slot(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Plain commands work meanwhile, scripts over several keys do not: so the probe fails as they do."""
    caplog.set_level(logging.INFO, "bot")
    async with redis_servers.cluster(tmp_path) as nodes:
        slot = await nodes[0].command("CLUSTER", "KEYSLOT", KEYS.probe)
        source = next(node for node, last in zip(nodes, LAST_SLOTS, strict=True) if slot <= last)
        target = next(node for node in nodes if node is not source)
        async with open_redis(parse(f"redis+cluster://{source.address}"), KEYS, verify_tls=True) as redis:
            source_id, target_id = [await node.command("CLUSTER", "MYID") for node in (source, target)]
            await target.command("CLUSTER", "SETSLOT", slot, "IMPORTING", source_id)
            await source.command("CLUSTER", "SETSLOT", slot, "MIGRATING", target_id)
            assert await redis.set(KEYS.closed("x"), 1, px=60_000)
            for move in ((), (KEYS.probe,)):  # before it has moved and after, the next node does not have all
                for key in move:
                    await source.command("MIGRATE", "127.0.0.1", target.port, key, 0, 5_000)
                with pytest.raises(RedisError) as refused:
                    await write_probe(redis, KEYS)
                assert reason_of(refused.value) is Reason.SLOT_MOVING
            for node in (target, source):
                await node.command("CLUSTER", "SETSLOT", slot, "NODE", target_id)
            await until(lambda: logged(caplog, 2))
        down, up = caplog.records
        assert (down.message, down.__dict__["reason"]) == ("redis.down", Reason.SLOT_MOVING)
        assert up.message == "redis.up"


async def logged(caplog: pytest.LogCaptureFixture, lines: int) -> bool:
    return len(caplog.records) == lines


async def test_a_start_waits_for_a_server_that_reads_its_data(tmp_path: Path) -> None:
    """LOADING ends by itself."""
    server = Server(
        tmp_path / "server", "--appendonly", "no", "--dbfilename", "dump", "--key-load-delay", "2000"
    )
    async with running(server), server.client() as operator:
        async with operator.pipeline(transaction=False) as pipe:
            for number in range(500):
                pipe.set(f"key:{number}", "x" * 5000)
            await pipe.execute()
        await operator.save()
        await server.stop()
        await server.start()
        async with open_redis(parse(f"redis://{server.address}"), KEYS, verify_tls=True) as redis:
            assert await redis.dbsize() > 500
