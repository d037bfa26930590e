"""Each way in which Redis can be wrong is named with what to do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.doctor.model import Level
from tests.redis_servers import PLAIN, Server, cluster, running
from tests.stories.starting.doctor.office import Said, looked_at, named, office, red, yellow
from tests.stories.starting.doctor.old_redis import old_redis
from tests.stories.world import company

pytestmark = pytest.mark.redis


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """Run a server that a test may spoil."""
    spoilt = Server(tmp_path / "redis", *PLAIN)
    async with running(spoilt):
        yield spoilt


async def lock_out(server: Server) -> None:
    """Demand another password."""
    await server.command("CONFIG", "SET", "requirepass", "another")


async def demote(server: Server) -> None:
    """Make it a replica, which takes no writes."""
    await server.command("REPLICAOF", "127.0.0.1", 9)


def configured(**settings: str | int) -> Callable[[Server], Awaitable[object]]:
    """Set options of the server."""

    async def configure(server: Server) -> None:
        for name, value in settings.items():
            await server.command("CONFIG", "SET", name.replace("_", "-"), value)

    return configure


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (lock_out, red("redis", "refuses the name or password", "check REDIS_URL")),
        (demote, red("redis", "is a replica", "put its primary into REDIS_URL")),
        (
            configured(maxmemory="100mb", maxmemory_policy="volatile-lru"),
            red("redis.memory", "maxmemory-policy volatile-lru", "set noeviction"),
        ),
        (
            configured(maxmemory_policy="allkeys-lru"),
            yellow("redis.memory", "maxmemory-policy allkeys-lru", "set noeviction"),
        ),
        (configured(maxmemory=1), red("redis", "out of memory", "maxmemory")),
        (configured(save=""), yellow("redis.persistence", "saves nothing to its disk", "appendonly yes")),
        (configured(save="3600 1"), yellow("redis.persistence", "now and then", "appendonly yes")),
    ],
)
async def test_a_broken_redis_is_named(
    breaks: Callable[[Server], Awaitable[object]], said: Said, server: Server
) -> None:
    """One sentence has what is wrong and what to do."""
    await breaks(server)
    async with company(f"redis://:geheim@{server.address}" if breaks is lock_out else url(server)) as world:
        findings = await looked_at(world)
    (found,) = named(findings, said.check)
    assert said.fits(found), found
    assert "geheim" not in str(findings)


def url(server: Server) -> str:
    """Return the address of a server as a setting has it."""
    return f"redis://{server.address}"


async def test_a_redis_that_is_down_is_named(redis_url: str, redis: "Redis") -> None:
    """Its address is told, and what to check; what needs no Redis is looked at."""
    async with office(redis_url, redis) as world:
        world.environment["REDIS_URL"] = "redis://:geheim@127.0.0.1:9/0"
        findings = await looked_at(world)
    (found,) = named(findings, "redis")
    assert found.level is Level.RED
    assert "Redis at 127.0.0.1:9 does not answer: check REDIS_URL" in found.text
    assert named(findings, "space")[0].level is Level.GREEN
    assert "geheim" not in str(findings)


async def test_an_old_redis_is_named(redis_url: str, redis: "Redis") -> None:
    """It may do, but the bot is not tested with it."""
    async with (
        old_redis(redis_url.removeprefix("unix://")) as address,
        office(redis_url, redis) as world,
    ):
        world.environment["REDIS_URL"] = address
        (found,) = named(await looked_at(world), "redis.version")
    assert found.level is Level.YELLOW
    assert "Redis 5.0" in found.text
    assert "upgrade to Redis 7" in found.text


@pytest.mark.slow
async def test_a_cluster_is_looked_at(tmp_path: Path) -> None:
    """Of its servers the one that has the bot's keys counts."""
    async with cluster(tmp_path) as nodes, company(f"redis+cluster://{nodes[0].address}") as world:
        findings = await looked_at(world)
    for name in ("redis", "redis.version", "redis.memory"):
        assert [each.level for each in named(findings, name)] == [Level.GREEN], findings
    assert named(findings, "redis.persistence")[0].level is Level.YELLOW


async def test_the_bots_own_store_is_looked_at(tmp_path: Path) -> None:
    """Without REDIS_URL it is started for the look, and ended with it."""
    async with company(None, data_dir=tmp_path / "data") as world:
        findings = await looked_at(world)
        assert named(findings, "redis")[0].level is Level.GREEN
        assert "REDIS_URL for several machines" in named(findings, "redis")[0].text
        assert named(findings, "redis.persistence") == []
        world.environment["DATA_DIR"] = "/proc/none"
        (found,) = named(await looked_at(world), "redis")
        assert found.level is Level.RED
        assert "/proc/none/store cannot be used" in found.text
        assert "set DATA_DIR or REDIS_URL" in found.text
