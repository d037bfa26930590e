"""One run, from the start of all servers to the verdict."""

import asyncio
import contextlib
import tempfile
import time
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.config.redis_address import parse
from bot.startup.redis_client import open_redis
from bot.store.keys import Keys
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.settings import Settings
from tests.chaos.people import People
from tests.chaos.plan import (
    ACK_SECONDS,
    GUARD_SECONDS,
    QUESTIONS,
    RETRY_SECONDS,
    WINDOW_SECONDS,
    Plan,
)
from tests.chaos.processes import Processes
from tests.chaos.redis import ReplicatedRedis, replicated_redis
from tests.chaos.troubles import Troubles
from tests.chaos.verdict import Verdict, figures
from tests.stories.world import World, company

SLACK = Settings(limits=Limits.none(), retry_delays=RETRY_SECONDS, ack_timeout=ACK_SECONDS)


async def chaos(plan: Plan) -> Verdict:
    """Run a plan."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        async with (
            replicated_redis(Path(folder)) as servers,
            company(
                servers.url,
                slack=SLACK,
                databricks={"question_limit": QUESTIONS, "window": WINDOW_SECONDS},
                QUESTIONS_PER_MINUTE=str(QUESTIONS),
                QUESTION_WINDOW_SECONDS=str(WINDOW_SECONDS),
                QUESTION_GUARD_SECONDS=str(GUARD_SECONDS),
                CHARTS="off",
            ) as world,
            open_redis(parse(servers.url), Keys("chaos"), verify_tls=True) as redis,
        ):
            return await _run(plan, world, servers, redis)


async def _run(plan: Plan, world: World, servers: ReplicatedRedis, redis: "Redis") -> Verdict:
    processes, people = Processes(world, redis), People(world, plan)
    since = time.monotonic()
    try:
        await processes.start(plan.processes)
        at_start = await _memory(processes, servers)
        troubles = Troubles(world, plan, processes, servers)
        await asyncio.gather(people.act(), troubles.act())
        left = await _rest(plan, people, redis)
        at_end = await _memory(processes, servers)
    finally:
        await processes.end()
    return Verdict(
        **figures(people),
        slowest_takeover=max(processes.takeovers, default=0.0),
        kills=processes.kills,
        left_in_queue=left,
        memory_at_start=at_start,
        memory_at_end=at_end,
        seconds=time.monotonic() - since,
    )


async def _rest(plan: Plan, people: People, redis: "Redis") -> int:
    """Wait until nothing is left to do; return the number of what is left all the same."""
    keys, slack = Keys(people.world.environment["REDIS_PREFIX"]), people.world.slack
    end, left = time.monotonic() + plan.end_seconds, -1
    while left and time.monotonic() < end:
        await asyncio.sleep(0.2)
        with contextlib.suppress(RedisError):  # the processes may still be on their way to another primary
            left = int(await redis.zcard(keys.due))
            left += sum(each.acked_at is None and not each.given_up for each in slack.deliveries)
    return left


async def _memory(processes: Processes, servers: ReplicatedRedis) -> str:
    return f"{processes.memory()} MB a process, {await servers.memory()} KB in Redis"
