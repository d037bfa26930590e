"""What five thousand watches cost while none is due, and how many are started in a second when all are.

    python -m bench.watches

A real Redis, the bot's own clock as it runs in each process. Loopback only; ends within two minutes.
"""

import asyncio
import os
import time

from redis.asyncio import Redis

from bot.identity.model import SlackUser
from bot.jobs.watch.clock import WatchClock
from bot.records.job import Stage
from bot.records.question import Place
from bot.records.watch import Rhythm, Watch, WatchKind, run_of, watch_id
from bot.store.keys import Keys
from bot.store.limiter import Rate
from bot.store.queue import Queue
from bot.store.watches import WatchStore
from render.watch.model import Baseline, Condition, Sum, When
from tests.redis_server import redis_server

WATCHES, PER_PERSON = 5_000, 10
IDLE_SECONDS = 60.0
DAY = 24 * 3_600_000
KEYS, MARK = Keys("genie"), "0123abcd"
KEPT = Baseline(
    rows="q83kW0mZt4hVx1n7Yc5LpA",
    order="Zt4hVx1n7Yc5LpAq83kW0m",
    count=1_234,
    sums=tuple(Sum(f"mark{number}xyz", "123456789.12") for number in range(4)),
    at=1_795_324_546_000,
)


async def main() -> None:
    """Measure, and print each figure when it is there."""
    with redis_server() as address:
        async with Redis.from_url(address, decode_responses=True) as redis:
            store = WatchStore(redis, KEYS)
            now = await store.now()
            await memory(redis, store, now)
            await idle(redis, store)
            await rush(redis, store, now + DAY)


def watch(number: int) -> Watch:
    """Return a watch as people set them, with a question of usual length."""
    owner = SlackUser("T0123456789", f"U{number // PER_PERSON:09}A")
    genie = "01f0c4a2b3d5e6f708192a3b4c5d"
    return Watch(
        id=watch_id(owner, f"V0{number:09}"),
        owner=owner,
        place=Place("T0123456789", "C0123456789", f"1795324546.{number:06}"),
        kind=WatchKind.ANSWER,
        rhythm=Rhythm.MORNINGS,
        time_zone="Europe/Amsterdam",
        text="What was the revenue by region and product line in the last full quarter, in euros?",
        condition=Condition(When.CROSSES, "revenue_eur", above=True, value="1000000"),
        about=f"T0123456789.C0123456789.1795324546.{number:06}",
        space=f"{genie}{number:04}",
        conversation=f"{genie}{number:04}",
        message=f"{genie}{number:04}",
        attachment=f"{genie}{number:04}",
        asked_as=owner.queue_name,
        created_at=1_795_324_546_000,
    )


async def memory(redis: "Redis", store: WatchStore, now: int) -> None:
    """Keep watches, each with the result of a run, and print their share of Redis's memory."""
    before = int((await redis.info("memory"))["used_memory"])
    for number in range(WATCHES):
        each = watch(number)
        await store.add(each, now + DAY)
        kept = [
            *("run", str(now), "done", str(now), "failures", "0"),
            "baseline",
            KEPT.to_json(),
            "key",
            MARK,
        ]
        await redis.hset(KEYS.watch(each.id), items=kept)
    used = int((await redis.info("memory"))["used_memory"]) - before
    print(f"bytes of Redis for a watch, of {WATCHES}                {used / WATCHES:.0f}", flush=True)


async def idle(redis: "Redis", store: WatchStore) -> None:
    """Let a clock run while nothing is due, and print what that takes of a core, here and in Redis."""
    clock = WatchClock(store, lambda: None)
    began, here, there = time.monotonic(), time.process_time(), await redis_seconds(redis)
    async with clock.running():
        await asyncio.sleep(IDLE_SECONDS)
    seconds = time.monotonic() - began
    ours, theirs = time.process_time() - here, await redis_seconds(redis) - there
    print(f"% of a core while none is due: the bot, Redis      {ours / seconds:.3%}  {theirs / seconds:.3%}")
    print(f"load average                                       {os.getloadavg()[0]:.1f}", flush=True)


async def rush(redis: "Redis", store: WatchStore, now: int) -> None:
    """Start all that is due at the same time, as quickly as runs end, and print how many a second."""
    clock, queue = WatchClock(store, lambda: None), Queue(redis, KEYS, Rate(20, 60), "bench")
    began, ended, started = time.monotonic(), 0, time.process_time()
    while ended < WATCHES // 5:
        await clock.tick(now)
        for lease in (await queue.claim(64)).leases:
            name, due = run_of(lease.record.id)
            job = lease.record
            await store.end_run(job, due, watch_id=name)  # type: ignore[arg-type]
            await queue.finish(lease, Stage.DONE)
            ended += 1
    seconds, cpu = time.monotonic() - began, time.process_time() - started
    print(
        f"runs started and ended in a second, ms of core each {ended / seconds:.0f}  {cpu / ended * 1000:.1f}"
    )


async def redis_seconds(redis: "Redis") -> float:
    """Return the processor time of Redis until now."""
    told = await redis.info("cpu")
    return float(told["used_cpu_user"]) + float(told["used_cpu_sys"])


if __name__ == "__main__":
    asyncio.run(main())
