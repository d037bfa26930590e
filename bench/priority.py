"""How fast an event is acknowledged on a busy machine while charts are drawn and files written.

    python -m bench.priority

20 charts, an Excel file of 5,000 x 20 and a CSV at the same time, beside a busy loop for each of two cores:
with their processes at the bot's own priority and below it, as they are, in turn, four rounds each.
The events come over HTTP from a process that only waits, so that the local Slack's own work is not measured.
Loopback only; ends within four minutes, and its busy loops by themselves.
"""

import asyncio
import hashlib
import hmac
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import aiohttp

from bot.offload.executor import NICENESS
from sandbox.databricks.genie.timing import Timing, Turn
from sandbox.slack.state.rate_limits import Limits
from tests.stories.exports import download, excel, files
from tests.stories.world import ADA, BEN, GENIE, ROOT, World, company

CORES, CHARTS, ROUNDS = 2, 20, 4
BUSY_SECONDS, LONGEST_SECONDS = 240.0, 100.0
GAP = 0.02
"""Seconds between two events."""
QUESTION = f"{GENIE} revenue by region last year"
COLUMNS = ", ".join(f"id * {at} AS c{at}" for at in range(1, 21))
WIDE = f"SELECT {COLUMNS} FROM range(5000) AS t(id)"  # noqa: S608 - numbers of ours
BOT = """
import sys
from bot import __main__
from bot.offload import executor
executor.NICENESS = int(sys.argv[1])
sys.exit(__main__.main())
"""
SPAWN = multiprocessing.get_context("spawn")


async def main() -> None:
    """Measure both and print a table."""
    same, lower = Measured(), Measured()
    with busy_loops():
        for _ in range(ROUNDS):
            await measure(0, same)
            await measure(NICENESS, lower)
    print("acknowledged after (ms)                  p50     p99     max   events   work (s)")
    row("processes at the bot's priority", same)
    row("processes below it", lower)
    print(f"ratio of the p99s: {late(lower.times) / late(same.times):.2f}")


@dataclass
class Measured:
    """How long acknowledgements took, in milliseconds, and the seconds that the work of all rounds took."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0


async def measure(niceness: int, measured: Measured) -> None:
    """Add one round: the times of acknowledgements while the work is done."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            company(
                None,
                mode="http",
                timing=Timing(total=lambda _: 3.0),
                limits=Limits.none(),
                data_dir=Path(folder),
                databricks={"question_limit": 10_000},
                QUESTIONS_PER_MINUTE="10000",
            ) as world,
            bot(world, niceness),
        ):
            world.databricks.turns.add(Turn(sql=WIDE))
            wide = await world.answer(await world.ask(QUESTION), within=60)
            chatter = await world.ask("chatter", BEN)
            payloads = [each.payload for each in world.slack.deliveries if each.payload.get("event")]
            async with probe(world, payloads[0], payloads[-1], chatter) as times:
                for _ in range(CHARTS):
                    await world.ask(QUESTION, ADA)
                await world.until(lambda: len(world.databricks.finished) > CHARTS, within=LONGEST_SECONDS)
                began = time.monotonic()
                await excel(world, wide)
                await download(world, wide)
                await world.until(lambda: finished(world), within=LONGEST_SECONDS)
                measured.seconds += time.monotonic() - began
    measured.times += times


def finished(world: World) -> bool:
    """Whether all charts and both files are in Slack."""
    drawn = sum(file.name == "chart.png" and file.completed for file in world.slack.workspace.files.values())
    return drawn > CHARTS and bool(files(world, ".xlsx")) and bool(files(world, ".csv"))


@asynccontextmanager
async def bot(world: World, niceness: int) -> AsyncIterator[None]:
    """Run the bot, with its processes so much nicer than itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BOT, str(niceness), cwd=ROOT, env=world.environment, stderr=PIPE
    )
    started = asyncio.Event()
    reading = asyncio.create_task(read(process, started))
    try:
        async with asyncio.timeout(60):
            await started.wait()
        yield
    finally:
        process.kill()
        await process.wait()
        await reading


async def read(process: Process, started: asyncio.Event) -> None:
    """Read the bot's log, as a full pipe would stop it."""
    assert process.stderr
    async for line in process.stderr:
        if b"bot.started" in line:
            started.set()


@asynccontextmanager
async def probe(
    world: World, question: Mapping[str, Any], message: Mapping[str, Any], thread: str
) -> AsyncIterator[list[float]]:
    """Send events from a process of its own; the list has their times at the end."""
    url, secret = (
        f"http://127.0.0.1:{world.environment['PORT']}/slack/events",
        world.slack.settings.signing_secret,
    )
    ours, theirs = SPAWN.Pipe()
    templates = [dict(question), dict(message)]
    process = SPAWN.Process(target=send_all, args=(theirs, url, secret, templates, thread), daemon=True)
    await asyncio.to_thread(process.start)
    theirs.close()  # so that the end of the process is seen here
    times: list[float] = []
    try:
        assert await asyncio.to_thread(ours.recv) == "ready"
        yield times
        ours.send("end")
        times += await asyncio.to_thread(ours.recv)
    finally:
        process.kill()
        process.join()


def send_all(
    connection: Connection, url: str, secret: str, templates: list[dict[str, Any]], thread: str
) -> None:
    """Send questions and chatter in turn until told to end; then give the times."""

    async def run() -> list[float]:
        times: list[float] = []
        async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
            connection.send("ready")
            number = 0
            while not connection.poll():
                number += 1
                group.create_task(send(http, number, times))
                await asyncio.sleep(GAP)
        return times

    async def send(http: aiohttp.ClientSession, number: int, times: list[float]) -> None:
        # All questions in one thread, where one at a time is asked: their cost is to be stored.
        ts = f"{time.time():.6f}"
        payload = templates[number % 2]
        event = payload["event"] | {"ts": ts, "event_ts": ts, "user": BEN}
        event |= {"thread_ts": thread} if event["type"] == "app_mention" else {}
        body = json.dumps(payload | {"event": event, "event_id": f"EvPROBE{number}"})
        began = time.perf_counter()
        async with http.post(url, data=body, headers=signed(secret, body)) as response:
            assert response.ok, response.status
        times.append((time.perf_counter() - began) * 1000)

    connection.send(asyncio.run(run()))


def signed(secret: str, body: str) -> dict[str, str]:
    """Return the headers of a request of Slack's."""
    at = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={digest}",
    }


@contextmanager
def busy_loops() -> Iterator[None]:
    """Keep each core busy."""
    loops = [SPAWN.Process(target=spin, args=(BUSY_SECONDS,), daemon=True) for _ in range(CORES)]
    for loop in loops:
        loop.start()
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()


def spin(seconds: float) -> None:
    """Compute for so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def late(times: list[float]) -> float:
    """Return the time that 99 of 100 events do not exceed."""
    return statistics.quantiles(times, n=100)[98]


def row(name: str, measured: Measured) -> None:
    """Print one row of the table."""
    times = measured.times
    middle = statistics.median(times)
    shown = f"{middle:7.1f} {late(times):7.1f} {max(times):7.1f}   {len(times):6}   {measured.seconds:8.1f}"
    print(f"{name:<36} {shown}")


if __name__ == "__main__":
    asyncio.run(main())
