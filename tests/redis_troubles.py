"""How a Redis comes to refuse writes, and how it is mended."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.store.availability.outage import Reason
from tests.redis_servers import Server, until


@dataclass(frozen=True)
class Trouble:
    """One way, and the way back."""

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


FULL = Trouble(Reason.FULL, fill, empty)
READ_ONLY = Trouble(Reason.READ_ONLY, demote, promote)
AWAY = Trouble(Reason.AWAY, stop, start)
FORBIDDEN = Trouble(Reason.FORBIDDEN, forbid, permit)
TROUBLES = (
    FULL,
    READ_ONLY,
    AWAY,
    Trouble(Reason.FEW_REPLICAS, want_replicas, want_no_replicas),
    Trouble(Reason.DISK, fail_to_save, save_again),
    Trouble(Reason.BUSY, occupy, release),
    FORBIDDEN,
    Trouble(Reason.AWAY, freeze, thaw),
)
