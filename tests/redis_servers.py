"""Redis as people run it: a primary with a replica and Sentinels, and a Cluster of three nodes."""

import asyncio
import contextlib
import shutil
import signal
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import BusyLoadingError, RedisError

from bot.startup.embedded_redis import server_binary

SERVICE = "mymaster"
FIRST_SLOTS, LAST_SLOTS = (0, 5_461, 10_923), (5_460, 10_922, 16_383)
PLAIN = ("--save", "", "--appendonly", "no")
"""Options of a server whose data need not outlive it."""
SECONDS = 20.0
"""For a server to do what is expected of it, on a busy machine."""


class Server:
    """One server, which can be killed and started again on its port."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Keep its files in `folder`."""
        folder.mkdir()
        self.folder, self.port, self._options = folder, free_port(), options
        self.password, self.bus = "", 0
        self.process: Process | None = None

    @property
    def address(self) -> str:
        """Its host and port."""
        return f"127.0.0.1:{self.port}"

    def client(self) -> "Redis":
        """Return a client of this server alone."""
        return Redis(host="127.0.0.1", port=self.port, password=self.password or None, decode_responses=True)

    async def start(self) -> "Server":
        """Start it and wait until it answers, if only that it reads its data."""
        binary = shutil.which("redis-server") or server_binary()
        plain = ("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder))
        self.process = await asyncio.create_subprocess_exec(
            binary, *self._options, *plain, stdout=DEVNULL, process_group=0
        )
        await until(self._answers)
        return self

    async def command(self, *words: str | int) -> Any:
        """Run a command of operators, for which redis-py has no method."""
        async with self.client() as redis:
            return await redis.execute_command(*words)  # type: ignore[no-untyped-call]  # redis-py's own

    async def stop(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it."""
        if self.process and self.process.returncode is None:
            self.process.send_signal(number)
            await self.process.wait()

    async def _answers(self) -> bool:
        async with self.client() as redis:
            try:
                return bool(await redis.ping())
            except BusyLoadingError:
                return True


async def until(condition: Callable[[], Awaitable[object]], seconds: float = SECONDS) -> None:
    """Wait until a condition holds, which fails as long as a server does not answer."""
    async with asyncio.timeout(seconds):
        while True:
            with contextlib.suppress(RedisError, OSError):
                if await condition():
                    return
            await asyncio.sleep(0.02)


@contextlib.asynccontextmanager
async def running(*servers: Server) -> AsyncIterator[None]:
    """Start servers, and leave none behind."""
    try:
        await asyncio.gather(*(each.start() for each in servers))
        yield
    finally:
        await asyncio.gather(*(each.stop() for each in servers))


@contextlib.asynccontextmanager
async def replicated(folder: Path, *options: str, password: str = "") -> AsyncIterator[tuple[Server, Server]]:
    """Run a primary and its replica, in step; each has a file in which Sentinels note what it is by now.

    With options alone a replica that was promoted would be one again after a restart, and the two would
    follow each other until the Sentinels see it, more than 20 seconds later.
    """
    options = (*PLAIN, "--repl-diskless-sync-delay", "0", *options)
    files = [folder / f"{name}.conf" for name in ("primary", "replica")]
    primary, replica = (Server(folder / each.stem, str(each), *options) for each in files)
    for each, line in zip(files, ("", f"replicaof 127.0.0.1 {primary.port}"), strict=True):
        await asyncio.to_thread(each.write_text, line)
    primary.password = replica.password = password
    async with running(primary), running(replica):
        await until(lambda: has_replica(primary))
        yield primary, replica


async def has_replica(primary: Server) -> bool:
    """Tell whether a replica is in step with a primary."""
    async with primary.client() as client:
        return bool((await client.info("replication")).get("slave0", {}).get("state") == "online")


async def follows(server: Server) -> bool:
    """Tell whether a server is a replica."""
    return bool((await server.command("ROLE"))[0] == "slave")


@contextlib.asynccontextmanager
async def sentinels(
    folder: Path, primary: Server, number: int, password: str = ""
) -> AsyncIterator[tuple[Server, ...]]:
    """Run Sentinels over a primary, which they replace when it is gone for half a second."""
    servers, quorum = [], number // 2 + 1
    for name in range(number):
        file = folder / f"sentinel-{name}.conf"
        lines = [
            f"sentinel monitor {SERVICE} 127.0.0.1 {primary.port} {quorum}",
            f"sentinel down-after-milliseconds {SERVICE} 500",
            f"sentinel failover-timeout {SERVICE} 3000",
            *([f"sentinel auth-pass {SERVICE} {password}", f"requirepass {password}"] if password else []),
        ]
        await asyncio.to_thread(file.write_text, "\n".join(lines))
        servers.append(Server(folder / f"sentinel-{name}", str(file), "--sentinel"))
        servers[-1].password = password
    async with running(*servers):

        async def know_all() -> bool:
            for each in servers:
                state = await primary_known_to(each)
                if state["num-other-sentinels"] < number - 1 or state["num-slaves"] < 1:
                    return False
            return True

        await until(know_all)
        yield tuple(servers)


async def primary_known_to(sentinel: Server) -> dict[str, Any]:
    """Return what a Sentinel says of the primary."""
    async with sentinel.client() as client:
        known: Any = await client.sentinel_masters()
        return dict(known[SERVICE])


async def leads(sentinel: Server, server: Server) -> bool:
    """Tell whether a Sentinel knows a server as the primary."""
    return bool((await primary_known_to(sentinel))["port"] == server.port)


def cluster_node(folder: Path) -> Server:
    """Return a node that belongs to no Cluster yet."""
    bus = free_port()
    options = (*PLAIN, "--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--cluster-port")
    node = Server(folder / f"node-{bus}", *options, str(bus))
    node.bus = bus
    return node


@contextlib.asynccontextmanager
async def cluster(folder: Path) -> AsyncIterator[tuple[Server, ...]]:
    """Run a Cluster of three primaries."""
    nodes = [cluster_node(folder) for _ in FIRST_SLOTS]
    async with running(*nodes):
        for number, (node, first, last) in enumerate(zip(nodes, FIRST_SLOTS, LAST_SLOTS, strict=True), 1):
            await node.command("CLUSTER", "ADDSLOTSRANGE", first, last)
            await node.command("CLUSTER", "SET-CONFIG-EPOCH", number)
        for node in nodes:
            await nodes[0].command("CLUSTER", "MEET", "127.0.0.1", node.port, node.bus)

        async def is_whole() -> bool:
            states = [await node.command("CLUSTER INFO") for node in nodes]
            return all(each["cluster_state"] == "ok" for each in states)

        await until(is_whole)
        yield tuple(nodes)


async def with_tls(folder: Path) -> tuple[int, tuple[str, ...]]:
    """Return a port for TLS and the options of a server there, with a certificate that nobody else signed."""
    port, certificate, key = free_port(), folder / "cert.pem", folder / "key.pem"
    openssl = await asyncio.create_subprocess_exec(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"),
        *("-keyout", str(key), "-out", str(certificate)),
        stderr=DEVNULL,
    )
    assert await openssl.wait() == 0
    files = ("--tls-cert-file", str(certificate), "--tls-key-file", str(key))
    return port, ("--tls-port", str(port), "--tls-auth-clients", "no", *files)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
