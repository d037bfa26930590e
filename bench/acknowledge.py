"""How fast an event is acknowledged to Slack: when the bot is idle, and while it draws twenty charts.

    python -m bench.acknowledge

The real bot over Socket Mode with the embedded store; half of the events are questions, half are chatter.
Loopback only; ends within a minute.
"""

import asyncio
import statistics
import tempfile
from pathlib import Path

from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.transport.outbox import Delivery
from tests.stories.world import ADA, BEN, GENIE, World, company

CHARTS = 20
EVENTS = 400
WARM_UP = 2.0
"""Seconds in which a new bot starts its drawing process."""
GAP = 0.01
"""Seconds between two events."""


async def main() -> None:
    """Measure both and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        async with company(
            None,
            timing=Timing(total=lambda _: 3.0),
            limits=Limits.none(),
            data_dir=Path(folder),
            databricks={"question_limit": 10_000},
            QUESTIONS_PER_MINUTE="10000",
            PORT="0",
        ) as world:
            await world.start_command()
            await asyncio.sleep(WARM_UP)
            idle = await _events(world, "idle")
            busy, charts = await _while_drawing(world)
    print("acknowledged after (ms)                  p50     p99     max   events")
    _row("idle", idle)
    _row(f"while {charts} charts are drawn", busy)
    ratio = _at(busy, 0.99) / _at(idle, 0.99)
    print(f"ratio of the p99s: {ratio:.1f}")


async def _while_drawing(world: World) -> tuple[list[float], int]:
    """Let twenty answers come due together, and send events until their charts are in Slack."""
    for _ in range(CHARTS):
        await world.ask(f"{GENIE} revenue by region last year", ADA)
    await world.until(lambda: len(world.databricks.finished) >= CHARTS, within=30)
    drawn = asyncio.create_task(world.until(lambda: _charts(world) >= CHARTS, within=60))
    times = await _events(world, "busy", until=drawn)
    await drawn
    return times, _charts(world)


def _charts(world: World) -> int:
    return sum(file.name == "chart.png" and file.completed for file in world.slack.workspace.files.values())


async def _events(world: World, name: str, until: "asyncio.Task[None] | None" = None) -> list[float]:
    before = len(world.slack.deliveries)
    # All in one thread, where one question at a time is asked: their cost is to be stored.
    thread = await world.ask(f"{GENIE} {name}", BEN)
    for number in range(EVENTS):
        if until and until.done():
            break
        text = f"chatter {name} {number}"
        await world.ask(text if number % 2 else f"{GENIE} {text}", BEN, thread=None if number % 2 else thread)
        await asyncio.sleep(GAP)
    await world.slack.until(lambda: all(each.acked_at for each in world.slack.deliveries))
    return [_milliseconds(each) for each in world.slack.deliveries[before:]]


def _milliseconds(delivery: Delivery) -> float:
    assert delivery.acked_at
    return (delivery.acked_at - delivery.sent_at) * 1000


def _at(times: list[float], share: float) -> float:
    return sorted(times)[int(len(times) * share)]


def _row(name: str, times: list[float]) -> None:
    print(
        f"{name:<36} {statistics.median(times):7.1f} {_at(times, 0.99):7.1f} {max(times):7.1f}   {len(times)}"
    )


if __name__ == "__main__":
    asyncio.run(main())
