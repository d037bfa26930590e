"""What very many questions cost: acknowledgements, Redis memory and round trips, and the end under load.

    python -m bench.load [questions that wait] [events]

5,000 questions wait, or as many as given, and 300 are with Genie, in one process; then come a storm of 30,000
events, or as many as given, and SIGTERM in the middle of new questions. After that sixty questions are
answered, and sixty more when Redis remembers 100,000 others. Loopback only; ends within fifteen minutes on
two cores.
"""

import asyncio
import json
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from redis.asyncio import Redis

from bench.priority import signed
from bot.slack.users import Person, to_json
from bot.startup.embedded_redis import embedded_store
from bot.store.keys import PERSON_LIFETIME, Keys
from sandbox.databricks.genie.timing import Timing
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Channel, User
from sandbox.slack.state.seed_data import BOT
from sandbox.slack.transport.outbox import Delivery
from tests.stories.world import GENIE, World, company

WAITING, IN_FLIGHT, BY_PERSON, IN_CHANNEL = 5_000, 300, 10, 50
PROBES, GAP_SECONDS = 400, 0.05
STORM, AT_ONCE, EVERY = 30_000, 32, 30
"""Events, how many of them are on their way at a time, and which are questions of one person."""
ANSWERED, REMEMBERED = 60, 100_000
PEOPLE = 5_000
LONGEST_SECONDS = 400.0
MINUTE_OF_EDITS = 60.0
"""In which the bot sends Slack so many edits: both counts of answers would not fit into one."""
FILL = """
local record = redis.call('HGETALL', KEYS[1])
for at = tonumber(ARGV[1]), tonumber(ARGV[2]) do
    redis.call('HSET', KEYS[1] .. '.' .. at, unpack(record))
    redis.call('PEXPIRE', KEYS[1] .. '.' .. at, 3600000)
    redis.call('HSET', KEYS[2] .. '.' .. at, 'question:' .. at, '', 'asker:' .. at, '', 'opened_at', at)
    redis.call('PEXPIRE', KEYS[2] .. '.' .. at, 3600000)
end
"""


async def main() -> None:
    """Measure, and print each figure when it is there."""
    waiting, events = [*map(int, sys.argv[1:]), *(WAITING, STORM)[len(sys.argv) - 1 :]]
    print(f"load average at the start: {os.getloadavg()[0]:.1f}", flush=True)
    async with opened(900.0, IN_FLIGHT) as (world, redis):
        await crowd(world, redis, waiting)
        await acknowledgements(world)
        await storm(world, redis, events)
        await ending(world)
    async with opened(3.0, 10_000) as (world, redis):
        first = await cost(world, redis)
        await remember(redis)
        await asyncio.sleep(MINUTE_OF_EDITS)
        later = await cost(world, redis)
    say(f"a question, with {REMEMBERED:,} others remembered", "")
    for name, before, after in zip(
        ("round trips", "ms in scripts of Redis", "seconds"), first, later, strict=True
    ):
        say(f"  {name}: before, after, ratio", f"{before:.2f}  {after:.2f}  {after / before:.2f}")
    print(f"load average at the end: {os.getloadavg()[0]:.1f}")


@asynccontextmanager
async def opened(seconds: float, an_hour: int) -> AsyncIterator[tuple[World, "Redis"]]:
    """Start a bot with a Redis of its own, a limit, and a Genie that takes so long for a question."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with (
            embedded_store(Path(folder)) as url,
            Redis.from_url(url, decode_responses=True) as redis,
            company(
                url,
                mode="http",
                timing=Timing(total=lambda _: seconds),
                limits=Limits.none(),
                databricks={"question_limit": 10_000, "window": 60.0},
                WAITING_PER_PERSON=str(BY_PERSON),
                WAITING_PER_CHANNEL=str(IN_CHANNEL),
                QUESTIONS_PER_MINUTE=str(an_hour),
                QUESTION_WINDOW_SECONDS="3600",
            ) as world,
        ):
            await meet(world, redis)
            await world.start_command()
            yield world, redis


async def meet(world: World, redis: "Redis") -> None:
    """Have the bot know everybody who will ask, as from earlier questions: it reads one person a second."""
    keys, team = Keys(world.environment["REDIS_PREFIX"]), world.slack.workspace.team_id
    async with redis.pipeline(transaction=False) as pipe:
        for at in range(PEOPLE):
            user = asker(at * BY_PERSON)
            pipe.set(keys.person(team, user), to_json(Person(name=user)), px=PERSON_LIFETIME)
        await pipe.execute()


async def crowd(world: World, redis: "Redis", waiting: int) -> None:
    """Let people ask until so many questions wait and 300 are with Genie; print the memory of each."""
    before, began = await memory(redis), time.monotonic()
    for number in range(waiting + IN_FLIGHT):
        await ask(world, number, f"revenue by region, {'in detail ' * 30}"[:188])
        await asyncio.sleep(0)
    line = Keys(world.environment["REDIS_PREFIX"]).line
    async with asyncio.timeout(LONGEST_SECONDS):
        while posted(world) < waiting + IN_FLIGHT or await redis.zcard(line) > waiting:  # noqa: ASYNC110
            await asyncio.sleep(0.2)  # Redis tells nobody
    each = (await memory(redis) - before) / (waiting + IN_FLIGHT)
    say(
        "questions in line, and with Genie", f"{await redis.zcard(line)}  {len(world.databricks.questions())}"
    )
    say("seconds until each had its first word", f"{time.monotonic() - began:.0f}")
    say("Redis memory of a question of 200 characters", f"{each:.0f} bytes")


async def ask(world: World, number: int, text: str) -> str:
    """Ask as one of very many people in one of many channels."""
    channel = f"C0LOAD{number // IN_CHANNEL:05}"
    if channel not in world.slack.workspace.channels:
        open_channel(world, channel, number // IN_CHANNEL * IN_CHANNEL)
    return await world.ask(f"{GENIE} {text}", asker(number), channel)


def asker(number: int) -> str:
    """Return the id of the person who asks a question."""
    return f"U0LOAD{number // BY_PERSON:05}"


def open_channel(world: World, channel: str, first: int) -> None:
    """Have everybody who asks in a channel there before the first of them does: no guest joins it."""
    workspace = world.slack.workspace
    people = {asker(number) for number in range(first, first + IN_CHANNEL)}
    workspace.users |= {user: User(user, user.lower(), user) for user in people}
    workspace.channels[channel] = Channel(channel, channel.lower(), {BOT.id, *people})
    workspace.messages[channel] = {}


def posted(world: World) -> int:
    """Count the messages that the bot posted."""
    return sum(call.method == "chat.postMessage" for call in world.slack.request_log)


async def memory(redis: "Redis") -> int:
    """Return what Redis uses for its data."""
    return int((await redis.info("memory"))["used_memory"])


async def acknowledgements(world: World) -> None:
    """Send questions and other messages while all those wait; print when they were acknowledged."""
    before = len(world.slack.deliveries)
    for number in range(PROBES):
        await ask(world, 2 * WAITING + number, "revenue by region")
        await asyncio.sleep(GAP_SECONDS)
    await world.slack.until(lambda: all(each.acked_at for each in world.slack.deliveries), 60)
    times = [milliseconds(each) for each in world.slack.deliveries[before:]]
    p99 = statistics.quantiles(times, n=100)[98]
    say("acknowledged after, p50, p99", f"{statistics.median(times):.1f} ms  {p99:.1f} ms")


def milliseconds(delivery: Delivery) -> float:
    """Return the time to an acknowledgement."""
    assert delivery.acked_at
    return (delivery.acked_at - delivery.sent_at) * 1000


async def storm(world: World, redis: "Redis", events: int) -> None:
    """Send messages that are for others, and now and then a question of one person who has enough."""
    template = next(each.payload for each in world.slack.deliveries if each.payload.get("event"))
    process = world.bots[0].process
    keys, resident, began = await redis.dbsize(), resident_megabytes(process.pid), time.monotonic()
    numbers, url = iter(range(events)), f"http://127.0.0.1:{world.environment['PORT']}/slack/events"
    async with aiohttp.ClientSession() as http, asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(send(http, url, world.slack.settings.signing_secret, template, numbers))
    seconds = time.monotonic() - began
    say(f"{events:,} events: a second", f"{events / seconds:.0f}")
    say("  Redis keys before, after", f"{keys}  {await redis.dbsize()}")
    say("  MB of the bot before, after", f"{resident:.0f}  {resident_megabytes(process.pid):.0f}")


async def send(
    http: aiohttp.ClientSession, url: str, secret: str, template: Any, numbers: Iterator[int]
) -> None:
    """Send events until there are no more."""
    for number in numbers:
        ts = f"{time.time():.4f}{number % 100:02}"
        event = template["event"] | {"ts": ts, "event_ts": ts, "user": "U0LOAD00000"}
        if number % EVERY:
            event |= {"type": "message", "text": "see you at lunch", "channel_type": "channel"}
        body = json.dumps({**template, "event": event, "event_id": f"EvSTORM{number}"})
        async with http.post(url, data=body, headers=signed(secret, body)) as response:
            assert response.ok, response.status


def resident_megabytes(pid: int | None) -> float:
    """Return the memory that a process has."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def ending(world: World) -> None:
    """Stop the bot while questions come in."""
    asking = asyncio.create_task(last_questions(world))
    await asyncio.sleep(0.5)
    began = time.monotonic()
    code = await world.bots.pop().end(signal.SIGTERM)
    say("SIGTERM under load: seconds, exit code", f"{time.monotonic() - began:.1f}  {code}")
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)


async def last_questions(world: World) -> None:
    """Ask until the bot is gone."""
    for number in range(10_000):
        await ask(world, 3 * WAITING + number, "revenue by region")
        await asyncio.sleep(GAP_SECONDS / 4)


async def cost(world: World, redis: "Redis") -> Sequence[float]:
    """Have questions answered; return round trips (but one a poll), ms in scripts, and seconds for each."""
    polls = sum(each.kind == "poll" for each in world.databricks.request_log)
    busy, began, seen = await script_milliseconds(redis), time.monotonic(), [0]
    watching = asyncio.create_task(count_round_trips(redis, seen))
    done = sum(call.method == "chat.update" for call in world.slack.request_log)
    goal = len(world.databricks.questions()) + ANSWERED
    for number in range(ANSWERED):
        await ask(world, done * 100 + number * BY_PERSON, f"revenue by region last year, take {number}")
        await asyncio.sleep(0.1)
    await world.until(lambda: len(world.databricks.finished) >= goal, within=120)
    async with asyncio.timeout(60):
        while await redis.zcard(Keys(world.environment["REDIS_PREFIX"]).due):
            seen[0] -= 1  # this one is ours
            await asyncio.sleep(0.1)
    watching.cancel()
    polls = sum(each.kind == "poll" for each in world.databricks.request_log) - polls
    spent = (seen[0] - polls, await script_milliseconds(redis) - busy, time.monotonic() - began)
    return [each / ANSWERED for each in spent]


async def count_round_trips(redis: "Redis", seen: list[int]) -> None:
    """Count commands that the bot sends; those of scripts are no round trips."""
    async with redis.monitor() as monitor:
        async for command in monitor.listen():
            seen[0] += command["client_type"] != "lua"


async def script_milliseconds(redis: "Redis") -> float:
    """Return the time that Redis has spent in scripts."""
    return float((await redis.info("commandstats"))["cmdstat_evalsha"]["usec"]) / 1000


async def remember(redis: "Redis") -> None:
    """Let Redis remember very many finished questions and their threads."""
    question, thread = await first_key(redis, "*:question:*"), await first_key(redis, "*:thread:*")
    for first in range(0, REMEMBERED, 1000):
        await redis.eval(FILL, 2, question, thread, first + 1, first + 1000)


async def first_key(redis: "Redis", pattern: str) -> str:
    """Return any hash of these."""
    async for key in redis.scan_iter(pattern, _type="hash"):
        return str(key)
    raise LookupError(pattern)


def say(name: str, value: str) -> None:
    """Print a figure."""
    print(f"{name:<52} {value}", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
