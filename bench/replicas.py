"""How far one process goes, and several on one Redis: questions in flight, events, processor and memory.

    python -m bench.replicas [replicas ...]

For one replica and for two, or as many as given: 300 questions are with Genie, and 2,000 events come in;
then replicas that have just started answer 40 questions with charts. Slack and Databricks are the sandbox's,
over Socket Mode, and share the processors with the bot. Loopback only; ends within four minutes on two cores.
"""

import asyncio
import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from bench.load import ask
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.rate_limits import Limits
from tests.redis_server import redis_server
from tests.stories.world import BEN, World, company, free_port

REPLICAS = (1, 2)
IN_FLIGHT, EVENTS, AT_ONCE, ANSWERS = 300, 2_000, 16, 40
WARM_UP_SECONDS, LONGEST_SECONDS = 4.0, 180.0
HEAD = (
    "| Replicas | Questions with Genie at once | Events a second | Processor for an event"
    " | Processor for an answer with a chart | Memory of each |\n|---|---|---|---|---|---|"
)


async def main() -> None:
    """Measure each number of replicas, and print a row when it is there."""
    print(f"load average at the start: {os.getloadavg()[0]:.1f}, processors: {os.cpu_count()}\n\n{HEAD}")
    for number in map(int, sys.argv[1:] or REPLICAS):
        with redis_server() as url:
            row = [str(number), *await events(url, number), *await answers(url, number)]
        print(f"| {' | '.join(row)} |", flush=True)
    print(f"\nload average at the end: {os.getloadavg()[0]:.1f}")


async def started(world: World, number: int) -> None:
    """Start the replicas, with their processes for charts."""
    for _ in range(number):
        await world.start_command(PORT=str(free_port()))
    await asyncio.sleep(WARM_UP_SECONDS)


async def events(url: str, number: int) -> list[str]:
    """Let Genie have many questions; return how many, and the rate and the price of events meanwhile."""
    async with opened(url, 900.0) as world:
        await started(world, number)
        for each in range(IN_FLIGHT):
            await ask(world, each, "revenue by region")
        await world.until(lambda: len(world.databricks.questions()) >= IN_FLIGHT, within=LONGEST_SECONDS)
        await world.slack.until(
            lambda: all(each.acked_at for each in world.slack.deliveries), LONGEST_SECONDS
        )
        used, began = processor(world), time.monotonic()
        talk = iter(range(EVENTS))
        await asyncio.gather(*(chatter(world, talk) for _ in range(AT_ONCE)))
        await world.slack.until(
            lambda: all(each.acked_at for each in world.slack.deliveries), LONGEST_SECONDS
        )
        seconds, spent = time.monotonic() - began, processor(world) - used
    return [str(IN_FLIGHT), f"{EVENTS / seconds:.0f}", f"{spent / EVENTS * 1000:.1f} ms"]


async def chatter(world: World, numbers: Iterator[int]) -> None:
    """Write what is for others, one message after the other."""
    for number in numbers:
        await world.ask(f"see you at lunch {number}", BEN)


async def answers(url: str, number: int) -> list[str]:
    """Have questions answered; return what a chart costs with its answer, and each replica's memory then."""
    async with opened(url, 3.0) as world:
        await started(world, number)
        used = processor(world)
        for each in range(ANSWERS):
            await ask(world, each, "revenue by region last year")
        await world.slack.until(lambda: charts(world) >= ANSWERS, LONGEST_SECONDS)
        spent = processor(world) - used
        memory = sum(proportional_set(pid) for pid in processes(world)) / number
    return [f"{spent / ANSWERS:.2f} s", f"{memory / 1e6:.0f} MB"]


def charts(world: World) -> int:
    """Count the charts that Slack has; its share of edits decides when the last one is shown."""
    return sum(each.name == "chart.png" and each.completed for each in world.slack.workspace.files.values())


def opened(url: str, seconds: float) -> AbstractAsyncContextManager[World]:
    """Open the company around a Genie that takes so long, with no limit that stands in the way."""
    return company(
        url,
        timing=Timing(total=lambda _: seconds),
        limits=Limits.none(),
        databricks={"question_limit": 10_000, "visualization": "ignored"},
        QUESTIONS_PER_MINUTE="10000",
    )


def processes(world: World) -> list[int]:
    """Return the processes of all replicas."""
    found = [bot.process.pid for bot in world.bots]
    for pid in found:  # which grows meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def processor(world: World) -> float:
    """Return the seconds of a processor that the replicas have used, with their processes that have ended."""
    stats = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in processes(world)]
    return sum(sum(map(int, each[11:15])) for each in stats) / os.sysconf("SC_CLK_TCK")


def proportional_set(pid: int) -> int:
    """Return the memory of a process in bytes, with its share of what it shares."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.partition("\nPss:")[2].split()[0]) * 1024


if __name__ == "__main__":
    asyncio.run(main())
