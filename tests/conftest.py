"""What tests of several folders share: a real Redis server, an empty client of it, and a browser."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings
from playwright.async_api import Browser
from redis.asyncio import Redis

from bot.config.redis_address import parse
from bot.startup.redis_client import open_redis
from bot.store.keys import Keys
from tests.chromium import open_browser
from tests.redis_server import redis_server

# A busy machine draws and decides slowly, which is no fault of a law.
settings.register_profile("all", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("all"), max_examples=25, derandomize=True)
settings.register_profile(
    "many", settings.get_profile("all"), max_examples=100_000, database=None, print_blob=True
)
settings.load_profile("all")
# Few examples in `make test`, the same ones each time, so that it fails for a change and not by chance;
# hypothesis's 100, others each time, in `make test-all`; very many in `make laws`.


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Run one server for the whole run."""
    with redis_server() as address:
        yield address


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator["Redis"]:
    """Return the bot's client of the server, which holds nothing yet; fail a test that leaves a key for ever.

    Keys without a lifetime pile up in somebody's Redis.
    """
    async with open_redis(parse(redis_url), Keys("test"), verify_tls=True) as client:
        await client.flushall()
        yield client
        for_ever = [key async for key in client.scan_iter() if await client.ttl(key) == -1]
        assert not for_ever, f"keys without a lifetime: {for_ever}"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start one Chromium for all tests of this process; its tests run in the loop of the session."""
    try:
        async with open_browser() as started:
            yield started
    except LookupError as missing:
        pytest.skip(str(missing))


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the variables of whoever runs the tests out of them; real tokens would do real things."""
    for name in os.environ:
        if name.startswith(("SLACK_", "DATABRICKS_", "ARM_", "GENIE_", "REDIS_")):
            monkeypatch.delenv(name)
