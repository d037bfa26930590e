"""The drawing process: it works off the loop, comes back after every loss, and leaves nothing behind."""

import asyncio
import json
import os
import signal
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.offload.executor import NICENESS, TIMEOUT_SECONDS, Executor, ExecutorError
from render.chart.model import Chart, ChartKind, Series

CHART = Chart(
    kind=ChartKind.BAR,
    title="Revenue by region",
    x_title="Region",
    y_title="Revenue",
    labels=("EMEA", "APAC"),
    series=(Series("Revenue", (2.0, 1.0)),),
    alt_text="",
)

PARENT = textwrap.dedent("""
    import asyncio, os, time
    from bot.offload.executor import Executor

    async def main():
        executor = Executor()
        print(await executor.run(os.getpid), await executor.run(os.getppid), flush=True)
        await executor.run(time.sleep, 60)

    asyncio.run(main())
""")


@pytest.fixture
async def executor() -> AsyncIterator[Executor]:
    async with Executor() as ready:
        yield ready


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def quote(row: str) -> None:
    raise ValueError(row)


def caches() -> tuple[str | None, bool]:
    return os.environ.get("MPLCONFIGDIR"), "render.figure.draw" in sys.modules


def ignores(number: int) -> bool:
    return signal.getsignal(number) is signal.SIG_IGN


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/stat").read_text() if Path("/proc/self/stat").exists() else ") S"
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in {"Z", "X"}


async def until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 (what is awaited happens in another process)
            await asyncio.sleep(0.01)


async def test_work_is_done_in_another_process_which_loads_matplotlib_when_asked() -> None:
    """Work runs elsewhere, matplotlib comes on request, and its caches have a folder that stays."""
    code = textwrap.dedent(f"""
        import asyncio, json, os
        from {__name__} import Executor, caches

        async def main():
            async with Executor() as executor:
                elsewhere = await executor.run(os.getpid) != os.getpid()
                before = await executor.run(caches)
                await executor.warm()
                print(json.dumps([elsewhere, before, await executor.run(caches)]))

        asyncio.run(main())
    """)
    # In a process of its own: the fork server of this one may have loaded it for the stories.
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()
    elsewhere, (_, early), (folder, loaded) = json.loads(printed)
    assert (elsewhere, early, loaded) == (True, False, True)
    assert folder == os.environ.get("MPLCONFIGDIR", folder)
    assert Path(folder).is_absolute()


async def test_a_chart_comes_back_as_png(executor: Executor) -> None:
    """A chart is drawn into a PNG."""
    assert (await executor.draw(CHART)).startswith(b"\x89PNG")


async def test_keyword_arguments_reach_the_work(executor: Executor) -> None:
    """Work is called with its positional and keyword arguments."""
    assert await executor.run(int, "ff", base=16) == 255


async def test_work_that_takes_too_long_is_killed_and_the_next_succeeds() -> None:
    """A time-out is an ExecutorError that comes in time, and a new process takes over."""
    async with Executor() as executor:
        before = await executor.run(os.getpid)
        executor._timeout = 0.2
        began = time.monotonic()
        with pytest.raises(ExecutorError, match=r"sleep took more than 0\.2 s"):
            await executor.run(time.sleep, 60)
        assert time.monotonic() - began < 5
        assert not is_alive(before)
        executor._timeout = TIMEOUT_SECONDS
        assert await executor.run(os.getpid) != before


async def test_work_that_hangs_costs_no_other() -> None:
    """Work that waits behind a hanging piece has its whole time and its result."""
    async with Executor() as executor:
        await executor.warm()
        executor._timeout = 0.5
        hangs = asyncio.create_task(executor.run(time.sleep, 60))
        await until(executor._turn.locked)
        executor._timeout = TIMEOUT_SECONDS
        hanging, *others = await asyncio.gather(
            hangs, *(executor.run(abs, -at) for at in range(3)), return_exceptions=True
        )
        assert isinstance(hanging, ExecutorError)
        assert others == [0, 1, 2]


async def test_a_process_that_dies_at_work_is_replaced(executor: Executor) -> None:
    """A crash is an ExecutorError for the work that was being done, and the next work succeeds."""
    with pytest.raises(ExecutorError, match="die lost its process"):
        await executor.run(die)
    assert await executor.run(abs, -1) == 1


async def test_a_process_that_died_while_idle_costs_nothing(executor: Executor) -> None:
    """Work that finds its process dead gets a new one and succeeds."""
    pid = await executor.run(os.getpid)
    os.kill(pid, signal.SIGKILL)
    pool = executor._pool
    assert pool is not None
    await until(lambda: bool(pool._broken))
    assert await executor.run(os.getpid) != pid


async def test_an_error_says_what_failed_and_where_but_nothing_of_the_data(executor: Executor) -> None:
    """An exception's text, which may quote rows, stays in the process; its type and place come back."""
    with pytest.raises(ExecutorError) as failed:
        await executor.run(quote, "salary of Alice: 1,000,000")
    assert "quote failed with ValueError at test_executor.py:" in str(failed.value)
    assert "Alice" not in f"{failed.value!r} {failed.value.__cause__} {failed.value.__context__}"


async def test_the_process_survives_an_error_in_the_work(executor: Executor) -> None:
    """Work that merely raises does not cost the process."""
    before = await executor.run(os.getpid)
    with pytest.raises(ExecutorError):
        await executor.run(quote, "row")
    assert await executor.run(os.getpid) == before


async def test_work_that_is_cancelled_holds_up_nobody(executor: Executor) -> None:
    """Cancelling the caller ends the work itself, and the next work need not wait for it."""
    await executor.warm()
    hanging = asyncio.create_task(executor.run(time.sleep, 60))
    await until(executor._turn.locked)
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    async with asyncio.timeout(5):
        assert await executor.run(abs, -1) == 1


async def test_the_loop_runs_on_while_the_process_starts_and_works() -> None:
    """Starting and using the process never holds the event loop up for long."""
    worst, last = 0.0, time.perf_counter()

    async def watch() -> None:
        nonlocal worst, last
        while True:
            await asyncio.sleep(0.005)
            worst, last = max(worst, time.perf_counter() - last), time.perf_counter()

    watching = asyncio.create_task(watch())
    async with Executor() as executor:
        await executor.run(time.sleep, 1.0)
    watching.cancel()
    assert worst < 0.5


async def test_signals_for_the_bot_do_not_end_the_process(executor: Executor) -> None:
    """Ctrl-C and SIGTERM reach every process of a group; only the bot decides when this one ends."""
    assert await executor.run(ignores, signal.SIGINT)
    assert await executor.run(ignores, signal.SIGTERM)


async def test_leaving_ends_the_process_at_once() -> None:
    """Closing does not wait for work that is being done, and leaves no process."""
    async with Executor() as executor:
        pid = await executor.run(os.getpid)
        hanging = asyncio.create_task(executor.run(time.sleep, 60))
        await until(executor._turn.locked)
        began = time.monotonic()
    assert time.monotonic() - began < 2
    assert not is_alive(pid)
    with pytest.raises(ExecutorError):
        await hanging


async def test_a_killed_bot_leaves_no_process() -> None:
    """After kill -9 of the bot, neither the drawing process nor its fork server lives on."""
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE)
    assert bot.stdout is not None
    pids = [int(pid) for pid in (await bot.stdout.readline()).split()]
    assert len(pids) == 2
    assert all(is_alive(pid) for pid in pids)
    bot.kill()
    await bot.wait()
    await until(lambda: not any(is_alive(pid) for pid in pids))


async def test_the_process_yields_to_the_bot(executor: Executor) -> None:
    """It has a lower priority, so that Slack's events do not wait behind charts and files."""
    assert await executor.run(os.nice, 0) == min(os.nice(0) + NICENESS, 19)


async def test_what_somebody_waits_for_goes_before_what_is_in_line(executor: Executor) -> None:
    """A query is read after the chart that is being drawn and at most one more, not after all of them."""
    done: list[str] = []

    async def note(name: str, work: Callable[..., Awaitable[object]]) -> None:
        await work(os.getpid)
        done.append(name)

    await executor.run(os.getpid)
    async with asyncio.TaskGroup() as group:
        for at in range(5):
            group.create_task(note(f"chart {at}", executor.run))
        await asyncio.sleep(0)
        group.create_task(note("query", executor.run_next))
    assert done.index("query") <= 2
    assert [name for name in done if name != "query"] == [f"chart {at}" for at in range(5)]
