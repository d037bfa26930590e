"""Looks at Redis, and at what the running bot keeps there of Slack's events and connections."""

import time
from collections.abc import AsyncGenerator, Mapping
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.config.errors import StartupError
from bot.doctor.model import Finding, green, red, yellow
from bot.doctor.surroundings import Surroundings
from bot.startup.clients import open_store
from bot.startup.redis_client import write_probe
from bot.store.availability.processes import ProcessStore
from bot.store.availability.replication import node_of
from bot.store.keys import Keys
from bot.store.oversight.heard import KINDS, HeardStore
from bot.store.questions import NotStored
from render.words.operator import check_redis as words

OLDEST = 7
"""The first version of Redis with which the bot is tested; Valkey says that it is one."""
PROBES, SLOW_SECONDS = 5, 0.05
FULL = 0.9
"""Of its memory, from which on it is worth telling."""

Info = Mapping[str, Any]


async def look_at_redis(around: Surroundings) -> AsyncGenerator[Finding, None]:
    """Open it as the bot does, then look at its settings, and at what the bot keeps of Slack."""
    settings = around.settings
    keys = Keys(settings.redis_prefix)
    try:
        async with open_store(settings, keys) as redis:
            own = settings.redis_url is None
            yield green("redis", words.OWN if own else words.WRITES)
            yield await _latency(redis, keys)
            for finding in await _server(redis, keys, own=own):
                yield finding
            async for finding in _heard(redis, keys):
                yield finding
            processes = ProcessStore(redis, keys, "check", settings.identity)
            if settings.slack_app_token:
                yield await _connections(processes)
            if others := await processes.others():
                yield red("identity", words.mixed(others))
    except StartupError as problem:
        yield red("redis", str(problem))
    except (RedisError, NotStored):
        yield red("redis", words.WENT_AWAY)


async def _latency(redis: "Redis", keys: Keys) -> Finding:
    """Measure how long Redis takes for what each step of a question does several times: a script."""
    took = []
    for _ in range(PROBES):
        began = time.monotonic()
        await write_probe(redis, keys)
        took.append(time.monotonic() - began)
    usual = sorted(took)[PROBES // 2]
    return (yellow if usual > SLOW_SECONDS else green)("redis.latency", words.latency(usual, SLOW_SECONDS))


async def _server(redis: "Redis", keys: Keys, *, own: bool) -> list[Finding]:
    """Look at the server that has our keys."""
    try:
        info = await redis.info(**node_of(redis, keys.probe))
    except RedisError:
        return [yellow("redis.server", words.INFO_REFUSED)]
    findings = [_version(info), _eviction(info)]
    return findings if own else [*findings, await _persistence(redis, info)]


def _version(info: Info) -> Finding:
    version = str(info.get("redis_version", ""))
    known, shown = version.partition(".")[0], words.server(version, str(info.get("valkey_version", "")))
    if known.isdecimal() and int(known) < OLDEST:
        return yellow("redis.version", words.too_old(shown))
    return green("redis.version", words.version(shown))


def _eviction(info: Info) -> Finding:
    policy, most = str(info.get("maxmemory_policy", "")), int(info.get("maxmemory") or 0)
    if policy not in {"", "noeviction"}:
        return (red if most else yellow)("redis.memory", words.evicts(policy))
    if most and int(info.get("used_memory") or 0) > FULL * most:
        return yellow("redis.memory", words.ALMOST_FULL)
    return green("redis.memory", words.KEEPS_ALL)


async def _persistence(redis: "Redis", info: Info) -> Finding:
    """Look whether a restart of Redis keeps what is in it."""
    if "err" in {info.get("aof_last_write_status"), info.get("rdb_last_bgsave_status")}:
        return red("redis.persistence", words.SAVING_FAILED)
    if info.get("aof_enabled"):
        return green("redis.persistence", words.SAVES)
    try:
        snapshots = (await redis.config_get("save")).get("save")
    except (RedisError, AttributeError):
        return yellow("redis.persistence", words.SAVING_NOT_SEEN)
    return yellow("redis.persistence", words.SNAPSHOTS if snapshots else words.SAVES_NOTHING)


async def _heard(redis: "Redis", keys: Keys) -> AsyncGenerator[Finding, None]:
    """Look which kinds of requests have come, as subscriptions cannot be read."""
    ages = await HeardStore(redis, keys).ages()
    if not ages:
        yield yellow("slack.events", words.NOTHING_HEARD)
        return
    if came := [kind for kind in KINDS if kind in ages]:
        yield green("slack.events", words.heard(came, min(ages.values())))
    if missing := [kind for kind in KINDS if kind not in ages]:
        yield yellow("slack.events", words.not_heard(missing))


async def _connections(processes: ProcessStore) -> Finding:
    """Compare what the running bot kept of Slack's count of connections with its own processes."""
    name, living, seen = "slack.connections", await processes.living(), await processes.connections()
    if not living:
        return yellow(name, words.NO_PROCESS)
    if seen is None:
        return yellow(name, words.NOT_CONNECTED)
    if seen.strangers:
        return red(name, words.strangers(seen.connections, seen.processes))
    if seen.connections > seen.processes:
        return yellow(name, words.maybe_strangers(seen.connections, seen.processes))
    return green(name, words.connections(living))
