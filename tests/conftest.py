"""What tests of several folders share: a real Redis server, an empty client of it, and a browser."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings
from playwright.async_api import Browser
from redis.asyncio import Redis

from bot.startup.embedded_redis import server_binary
from tests.chromium import open_browser

settings.register_profile("quick", max_examples=25, derandomize=True)
settings.register_profile("many", max_examples=100_000, deadline=None, database=None, print_blob=True)
# Few examples in `make test`, the same ones each time, so that it fails for a change and not by chance;
# hypothesis's 100, others each time, in `make test-all`; very many in `make laws`.


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Run one server for the whole run, on a socket: this machine's own if it has one, else the bot's."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server") or server_binary()
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        address = Path(folder) / "socket"
        options = (
            "--port",
            "0",
            "--unixsocket",
            str(address),
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder,
        )
        with subprocess.Popen(  # noqa: S603 - the program and its options are ours
            [binary, *options], stdout=subprocess.DEVNULL, process_group=0
        ) as server:
            try:
                _wait_for(address, server)
                yield f"unix://{address}"
            finally:
                server.terminate()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator["Redis"]:
    """Return a client of the server, which holds nothing yet, and fail a test that leaves a key for ever.

    Keys without a lifetime pile up in somebody's Redis.
    """
    async with Redis.from_url(redis_url, decode_responses=True) as client:
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


def _wait_for(address: Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        assert server.poll() is None, "the Redis server for the tests did not start"
        with socket.socket(socket.AF_UNIX) as connection:
            if connection.connect_ex(str(address)) == 0:
                return
        time.sleep(0.01)
    pytest.fail("the Redis server for the tests does not answer")
