"""What it costs the bot to be watched: its processor time for a question, with metrics and without.

    python -m bench.metrics

Forty questions a round, ten rounds, every other one with metrics and a scrape each second; then a hundred
scrapes. Time of the bot's own process, not of those that render. Loopback only; ends within six minutes.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

from bot.startup.embedded_redis import embedded_store
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.rate_limits import Limits
from tests.stories.world import GENIE, World, company

QUESTIONS, ROUNDS, SCRAPES = 40, 10, 100
WARM_UP = 5
TOKEN = "a-token-for-the-bench"  # noqa: S105 - of no use elsewhere
TICKS = os.sysconf("SC_CLK_TCK")


async def main() -> None:
    """Measure, and print each figure when it is there."""
    print(f"load average at the start: {os.getloadavg()[0]:.1f}", flush=True)
    spent: dict[bool, list[float]] = {False: [], True: []}
    for number in range(ROUNDS):
        watched = bool(number % 2)
        async with opened(watched=watched) as world:
            spent[watched].append(await question_milliseconds(world, watched=watched))
            if number == ROUNDS - 1:
                await scrapes(world)
    off, on = statistics.median(spent[False]), statistics.median(spent[True])
    print(f"ms of processor a question, off, on, ratio           {off:.1f}  {on:.1f}  {on / off:.3f}")
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


@asynccontextmanager
async def opened(*, watched: bool) -> AsyncIterator[World]:
    """Start a bot with a Redis of its own, with metrics or without."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with (
            embedded_store(Path(folder)) as url,
            company(
                url,
                timing=Timing(total=lambda _: 1.0),
                limits=Limits.none(),
                databricks={"question_limit": 10_000, "window": 60.0},
                QUESTIONS_PER_MINUTE="10000",
            ) as world,
        ):
            world.environment |= {"METRICS_TOKEN": TOKEN} if watched else {}
            await world.start_command()
            yield world


async def question_milliseconds(world: World, *, watched: bool) -> float:
    """Return the processor time of the bot for a question, from its event to its answer."""
    await answered(world, WARM_UP)
    scraping = asyncio.create_task(scrape_on(world)) if watched else None
    before = processor_seconds(world)
    await answered(world, QUESTIONS)
    spent = processor_seconds(world) - before
    if scraping:
        scraping.cancel()
    return spent / QUESTIONS * 1000


async def answered(world: World, questions: int) -> None:
    """Ask, a few at a time, and wait for all answers."""
    log = world.bots[-1].log
    goal = sum("question.ended" in line for line in log) + questions
    for number in range(questions):
        await world.ask(f"{GENIE} revenue by region last year, take {number}")
        await asyncio.sleep(0.2)
    await world.until(lambda: sum("question.ended" in line for line in log) >= goal, within=300)


async def scrape_on(world: World) -> None:
    """Read the metrics each second, thirty times as often as a Prometheus does."""
    async with aiohttp.ClientSession() as http:
        while True:
            await scrape(world, http)
            await asyncio.sleep(1)


async def scrape(world: World, http: aiohttp.ClientSession) -> int:
    """Read the metrics once; return their bytes."""
    url = f"http://127.0.0.1:{world.environment['PORT']}/metrics"
    async with http.get(url, headers={"Authorization": f"Bearer {TOKEN}"}) as told:
        assert told.ok
        return len(await told.read())


async def scrapes(world: World) -> None:
    """Read the metrics many times, and print how long that takes."""
    times, size = [], 0
    before = processor_seconds(world)
    async with aiohttp.ClientSession() as http:
        for _ in range(SCRAPES):
            began = time.monotonic()
            with suppress(aiohttp.ClientError):
                size = await scrape(world, http)
            times.append((time.monotonic() - began) * 1000)
    spent = (processor_seconds(world) - before) / SCRAPES * 1000
    p99 = statistics.quantiles(times, n=100)[98]
    print(f"a scrape: bytes, ms p50, ms p99, ms of processor     {size}  ", end="")
    print(f"{statistics.median(times):.1f}  {p99:.1f}  {spent:.1f}")


def processor_seconds(world: World) -> float:
    """Return the processor time of the bot's process until now."""
    stat = Path(f"/proc/{world.bots[-1].process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / TICKS


if __name__ == "__main__":
    asyncio.run(main())
