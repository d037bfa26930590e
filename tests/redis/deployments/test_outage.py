"""A Redis that takes no writes: why is told once, and its return too."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.config.redis_address import parse
from bot.startup.redis_client import open_redis, write_probe
from bot.store.keys import Keys
from bot.store.outage import Reason, reason_of
from tests.redis_servers import PLAIN, Server, running, until

pytestmark = pytest.mark.redis

KEYS = Keys("test")


@dataclass(frozen=True)
class Trouble:
    """How a server comes to refuse writes, and how it is mended."""

    reason: Reason
    begin: Callable[[Server, "Redis"], Awaitable[object]]
    end: Callable[[Server, "Redis"], Awaitable[object]]


async def fill(_: Server, operator: "Redis") -> None:
    await operator.config_set("maxmemory", 1)


async def empty(_: Server, operator: "Redis") -> None:
    await operator.config_set("maxmemory", 0)


async def demote(server: Server, _: "Redis") -> None:
    await server.command("REPLICAOF", "127.0.0.1", 9)


async def promote(server: Server, _: "Redis") -> None:
    await server.command("REPLICAOF", "NO", "ONE")


async def want_replicas(_: Server, operator: "Redis") -> None:
    await operator.config_set("min-replicas-to-write", 1)


async def want_no_replicas(_: Server, operator: "Redis") -> None:
    await operator.config_set("min-replicas-to-write", 0)


async def fail_to_save(server: Server, operator: "Redis") -> None:
    """Let a save fail, as on a full disk."""
    (server.folder / "dump.rdb").mkdir()
    await operator.config_set("save", "3600 1")
    await operator.bgsave()
    await until(lambda: _last_save_is(operator, "err"))


async def save_again(server: Server, operator: "Redis") -> None:
    (server.folder / "dump.rdb").rmdir()
    await operator.bgsave()
    await until(lambda: _last_save_is(operator, "ok"))


async def _last_save_is(operator: "Redis", result: str) -> bool:
    return bool((await operator.info("persistence"))["rdb_last_bgsave_status"] == result)


async def occupy(_: Server, operator: "Redis") -> None:
    """Run a script that does not end."""
    await operator.config_set("busy-reply-threshold", 10)
    asyncio.create_task(_endless(operator))  # noqa: RUF006 - `release` ends it
    await asyncio.sleep(0.2)


async def _endless(operator: "Redis") -> None:
    with contextlib.suppress(RedisError):
        await operator.eval("while true do end", 0)


async def release(_: Server, operator: "Redis") -> None:
    await operator.script_kill()


async def forbid(server: Server, _: "Redis") -> None:
    await server.command("ACL", "SETUSER", "default", "-set")


async def permit(server: Server, _: "Redis") -> None:
    await server.command("ACL", "SETUSER", "default", "+set")


async def stop(server: Server, _: "Redis") -> None:
    await server.stop()


async def start(server: Server, _: "Redis") -> None:
    await server.start()


async def freeze(server: Server, _: "Redis") -> None:
    assert server.process
    os.kill(server.process.pid, signal.SIGSTOP)


async def thaw(server: Server, _: "Redis") -> None:
    assert server.process
    os.kill(server.process.pid, signal.SIGCONT)


TROUBLES = (
    Trouble(Reason.FULL, fill, empty),
    Trouble(Reason.READ_ONLY, demote, promote),
    Trouble(Reason.FEW_REPLICAS, want_replicas, want_no_replicas),
    Trouble(Reason.DISK, fail_to_save, save_again),
    Trouble(Reason.BUSY, occupy, release),
    Trouble(Reason.FORBIDDEN, forbid, permit),
    Trouble(Reason.AWAY, stop, start),
    Trouble(Reason.AWAY, freeze, thaw),
)


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
