"""A worker process for CPU-bound work: charts, large replies, files.

Measured: 20 charts at once hold the loop up for 2 ms this way, 88 ms with threads, 1.8 s on the loop itself.
"""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import connection
from pathlib import Path
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from bot.observability.records import OK, Observe, Rendered, nobody
from render.chart.model import Chart

TIMEOUT_SECONDS = 30.0
"""For one piece of work; generous, since the process yields to all others on a busy machine."""
NICENESS = 5
"""Of the process: of a core that the bot wants too it gets a quarter, so that Slack is not kept waiting."""

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class ExecutorError(Exception):
    """Work failed, took too long or lost its process. Its text says which, and contains no data."""


class Executor:
    """One worker process, started on first use and again after it was lost.

    It does one piece of work at a time, in the order of the calls, so one that hangs costs no other. What
    somebody waits for goes before charts and files (`run_next`).
    """

    def __init__(self, timeout: float = TIMEOUT_SECONDS, observe: Observe = nobody) -> None:
        """Give each piece of work `timeout` seconds, counted from its turn."""
        self._timeout, self._observe = timeout, observe
        self._line, self._turn = asyncio.Lock(), asyncio.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._pid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process at once, whatever it is doing."""
        await self._discard()

    async def warm(self) -> None:
        """Have a process that can draw before it is needed; if that fails, the first chart tries again."""
        try:
            await self.run(_load_matplotlib)
        except ExecutorError as error:
            log.warning("executor.start_failed", extra={"reason": str(error)})

    async def draw(self, chart: Chart) -> bytes:
        """Return `chart` as a PNG, without matplotlib in the process of the bot; raise ExecutorError."""
        return await self.run(_draw, chart)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in the process and return its result; all of it is pickled. Raise ExecutorError."""
        async with self._line:
            return await self.run_next(work, *args, **kwargs)

    async def run_next(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` before all that waits in line, as `run` does: for what takes some milliseconds."""
        name = getattr(work, "__qualname__", type(work).__qualname__)
        job = partial(_perform, name, partial(work, *args, **kwargs))
        async with self._turn:
            began = time.monotonic()
            try:
                done = await self._in_time(name, job)
            except ExecutorError:
                self._observe(Rendered(name.lstrip("_"), "failed", time.monotonic() - began))
                raise
            self._observe(Rendered(name.lstrip("_"), OK, time.monotonic() - began))
            return done

    async def _in_time(self, name: str, job: Callable[[], T]) -> T:
        try:
            async with asyncio.timeout(self._timeout) as deadline:
                return await asyncio.wrap_future(await self._submit(job))
        except ExecutorError:
            raise
        except BaseException as error:
            # Lost, hung or cancelled: in each case nothing may wait behind this piece of work.
            await self._discard()
            if isinstance(error, TimeoutError) and deadline.expired():
                raise ExecutorError(f"{name} took more than {self._timeout:g} s") from None
            if isinstance(error, (BrokenProcessPool, OSError, EOFError)):
                raise ExecutorError(f"{name} lost its process") from None
            raise

    async def _submit(self, job: Callable[[], T]) -> Future[T]:
        """Hand over the work, to a new process if there is none or it died while it was idle."""
        if self._pool is not None:
            try:
                return self._pool.submit(job)
            except BrokenProcessPool:
                await self._discard()
        pool = await self._start()
        return pool.submit(job)

    async def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["bot.offload.preload"])
        pool = self._pool = ProcessPoolExecutor(
            max_workers=1, mp_context=context, initializer=_begin, initargs=(NICENESS,)
        )
        # The first submission starts the process and blocks until it has: not on the loop.
        started = await asyncio.to_thread(pool.submit, os.getpid)
        self._pid = await asyncio.wrap_future(started)
        return pool

    async def _discard(self) -> None:
        """Kill the process, by its id, and forget it."""
        pool, pid = self._pool, self._pid
        self._pool = self._pid = None
        if pool is None:
            return
        if pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # With the process dead there is nothing to wait for but the pool's own thread.
        await asyncio.to_thread(pool.shutdown, wait=pid is not None, cancel_futures=True)


def _load_matplotlib() -> None:
    import render.figure.draw  # noqa: F401, PLC0415 (matplotlib must not be loaded in the bot)


def _draw(chart: Chart) -> bytes:
    from render.figure.draw import draw  # noqa: PLC0415 (matplotlib must not be loaded in the bot)

    return draw(chart)


def _perform(name: str, work: Callable[[], T]) -> T:
    """Do the work in the process; of a failure only its type and place come back, its text may quote rows."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 (whatever the work raises)
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        raise ExecutorError(f"{name} failed with {type(error).__name__} at {place}") from None


def _begin(niceness: int) -> None:
    """Prepare the process: it yields to the bot, only the bot ends it, and it never outlives the bot."""
    os.nice(niceness)
    # A terminal's Ctrl-C and a platform's SIGTERM reach every process; the bot still drains its work then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Loaded already, unless this process has a fork server that was started for other processes.
    import bot.offload.preload  # noqa: F401, PLC0415 (loads much that the bot itself does not need)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
