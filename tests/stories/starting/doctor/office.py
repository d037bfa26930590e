"""An installation to look at: a Slack, a Databricks, a Redis, and no bot unless a set-up says so."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from redis.asyncio import Redis

from bot.doctor.examine import LOOK_SECONDS, examine
from bot.doctor.model import Finding, Level
from bot.store.keys import HEARD_LIFETIME, Keys
from bot.store.oversight.heard import KINDS
from bot.store.processes import Connections, ProcessStore
from sandbox.slack.state.settings import Settings
from tests.stories.world import PATIENT_SLACK, World, company

Breaks = Callable[[World, "Redis"], Awaitable[object]]


async def leave_whole(_world: World, _redis: "Redis") -> None:
    """Change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What is wrong, and what is to be said about it."""

    name: str
    check: str
    level: Level = Level.RED
    says: tuple[str, ...]
    """Words of the fault and of the cure, in one sentence."""
    environment: Mapping[str, str] = field(default_factory=dict)
    slack: Settings = PATIENT_SLACK
    databricks: Mapping[str, Any] = field(default_factory=dict)
    breaks: Breaks = leave_whole
    clock_off: float = 0.0
    """Seconds by which this machine's clock is ahead."""
    seconds: float = LOOK_SECONDS
    """For each look."""


@asynccontextmanager
async def office(redis_url: str, redis: "Redis", set_up: SetUp | None = None) -> AsyncIterator[World]:
    """Open an installation as after a day of use, with what is wrong in it."""
    set_up = set_up or SetUp(name="", check="", says=())
    async with company(
        redis_url, slack=set_up.slack, mode=set_up.slack.mode, databricks=dict(set_up.databricks)
    ) as world:
        identity = set_up.environment.get("IDENTITY", "app")
        await was_used(redis, Keys(world.environment["REDIS_PREFIX"]), identity)
        await set_up.breaks(world, redis)
        world.environment |= set_up.environment
        yield world


async def was_used(redis: "Redis", keys: Keys, identity: str) -> None:
    """Leave in Redis what a bot leaves that runs, and that people have used."""
    for kind in KINDS:
        await redis.set(keys.heard(kind), 1, px=HEARD_LIFETIME)
    processes = ProcessStore(redis, keys, "bot", identity)
    await processes.beat()
    await processes.note_connections(Connections(1, 1, strangers=False))


def named(findings: list[Finding], check: str) -> list[Finding]:
    """Return what was found about one thing."""
    return [each for each in findings if each.check == check]


async def looked_at(world: World, **options: Any) -> list[Finding]:
    """Look as the command does."""
    return await examine(world.environment, None, **options)
