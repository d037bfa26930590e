"""An installation to look at: a Slack, a Databricks, a Redis, and no bot unless a set-up says so."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from redis.asyncio import Redis

from bot.doctor.examine import LOOK_SECONDS, examine
from bot.doctor.model import Finding, Level
from bot.store.availability.processes import Connections, ProcessStore
from bot.store.keys import HEARD_LIFETIME, Keys
from bot.store.oversight.heard import KINDS
from sandbox.slack.state.settings import Settings
from tests.stories.world import PATIENT_SLACK, World, company

Breaks = Callable[[World, "Redis"], Awaitable[object]]
"""Makes something wrong before the look."""


async def leave_whole(_world: World, _redis: "Redis") -> None:
    """Change nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be found."""

    check: str
    level: Level
    words: tuple[str, ...]
    """Of the fault and of the cure, in one sentence."""

    def fits(self, finding: Finding) -> bool:
        """Whether a finding has it all."""
        same = (finding.check, finding.level) == (self.check, self.level)
        return same and all(words in finding.text for words in self.words)


def red(check: str, *words: str) -> Said:
    """Let it be said that something does not work."""
    return Said(check, Level.RED, words)


def yellow(check: str, *words: str) -> Said:
    """Let it be said that something could be better."""
    return Said(check, Level.YELLOW, words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """How an installation differs from one that is whole."""

    environment: Mapping[str, str] = field(default_factory=dict)
    slack: Settings = PATIENT_SLACK
    databricks: Mapping[str, Any] = field(default_factory=dict)
    breaks: Breaks = leave_whole


WHOLE = Installation()


@dataclass(frozen=True, slots=True)
class SetUp(Installation):
    """An installation with something wrong, and what is to be said about it."""

    name: str
    said: Said
    _: KW_ONLY
    clock_off: float = 0.0
    """Seconds by which this machine's clock is ahead."""
    seconds: float = LOOK_SECONDS
    """For each look."""


@asynccontextmanager
async def office(redis_url: str, redis: "Redis", installation: Installation = WHOLE) -> AsyncIterator[World]:
    """Open an installation as after a day of use, with what is wrong in it."""
    settings = installation.slack
    async with company(
        redis_url, slack=settings, mode=settings.mode, databricks=dict(installation.databricks)
    ) as world:
        await was_used(world, redis, installation.environment.get("IDENTITY", "app"))
        await installation.breaks(world, redis)
        world.environment |= installation.environment
        yield world


async def was_used(world: World, redis: "Redis", identity: str) -> None:
    """Leave in Redis what a bot leaves that runs, and that people have used."""
    for kind in KINDS:
        await redis.set(keys(world).heard(kind), 1, px=HEARD_LIFETIME)
    processes = ProcessStore(redis, keys(world), "bot", identity)
    await processes.beat()
    await processes.note_connections(Connections(1, 1, strangers=False))


def keys(world: World) -> Keys:
    """Return the names of what an installation keeps in Redis."""
    return Keys(world.environment["REDIS_PREFIX"])


def named(findings: list[Finding], check: str) -> list[Finding]:
    """Return what was found about one thing."""
    return [each for each in findings if each.check == check]


async def looked_at(world: World, **options: Any) -> list[Finding]:
    """Look as the command does."""
    return await examine(world.environment, None, **options)
