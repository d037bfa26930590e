"""The bot as a process of its own, forked from a parent that has imported it already.

It is what `python -m bot` is, apart from the second that the imports take, its own and those of its executor:
it has its own pid, environment, output and connections, it takes signals, and nobody else ends it.
"""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path

import genie.polling

ROOT = Path(__file__).parents[2]
Prepare = Callable[[], None]
"""What is pickled, and done in the process of a bot before it starts."""
FIRST_POLL_SECONDS = 0.5
"""Sooner than usual, since Genie answers most stories in 0.4 s."""

FORKSERVER = multiprocessing.get_context("forkserver")
FORKSERVER.set_forkserver_preload(
    [
        "bot.wiring.app",
        "bot.config.load",
        "handlers",
        "tests.stories.bot_process",
        "bot.offload.preload",
        "render.figure.draw",
        "render.sql.read",
        # What the bot imports at its start or with its first answer, each bot anew.
        "bot.observability.logs",
        "multiprocessing.synchronize",
        "render.text.markdown_parser",
        "slack_bolt.listener_matcher.async_builtins",
        "tabulate",
    ]
)


def run_bot(
    environment: dict[str, str],
    stdout: Connection,
    stderr: Connection,
    *,
    warm: bool,
    prepare: Prepare | None,
) -> None:
    """Become the bot; ends the process with the bot's exit status."""
    from bot.__main__ import main  # noqa: PLC0415 (the tests themselves do not load it)

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    # A fork server is meant to serve its children too, yet Python starts another: ours has loaded what an
    # executor needs, which costs more than most stories.
    server = forkserver._forkserver
    server.ensure_running = lambda: None  # type: ignore[method-assign]
    for number, pipe in ((1, stdout), (2, stderr)):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    vars(genie.polling).update(_FIRST_SECONDS=FIRST_POLL_SECONDS)
    if prepare:
        prepare()
    raise SystemExit(main(warm=warm))


class BotProcess:
    """A running bot, with the part of `asyncio.subprocess.Process` that stories use."""

    returncode: int | None = None

    def __init__(self, environment: dict[str, str], *, warm: bool, prepare: Prepare | None = None) -> None:
        """Fork it; `warm` starts its executor at once, `prepare` runs in its process before the bot."""
        (self._stdout, stdout), (self._stderr, stderr) = (FORKSERVER.Pipe(duplex=False) for _ in range(2))
        arguments = (environment, stdout, stderr)
        self._process = FORKSERVER.Process(
            target=run_bot, args=arguments, kwargs={"warm": warm, "prepare": prepare}
        )
        self._process.start()
        self.pid = self._process.pid or 0
        stdout.close()
        stderr.close()
        self._transports: list[asyncio.ReadTransport] = []
        self._ended = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._process.sentinel, self._end)

    def _end(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        self.returncode = self._process.exitcode
        self._process.close()
        self._ended.set()

    async def stdout(self) -> asyncio.StreamReader:
        """Return what the bot prints."""
        return await self._read(self._stdout)

    async def stderr(self) -> asyncio.StreamReader:
        """Return what the bot logs."""
        return await self._read(self._stderr)

    async def _read(self, pipe: Connection) -> asyncio.StreamReader:
        stream = asyncio.StreamReader()
        file = os.fdopen(os.dup(pipe.fileno()), "rb", 0)
        pipe.close()
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), file)
        self._transports.append(transport)
        return stream

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal; ProcessLookupError when the bot has ended."""
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    async def wait(self) -> int:
        """Wait for the end; return the exit status, negative for a signal."""
        await self._ended.wait()
        for transport in self._transports:
            transport.close()
        assert self.returncode is not None
        return self.returncode
