"""The bot's own store, with real servers and real processes that die."""

import asyncio
import contextlib
import os
import resource
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.config.paths import StoreError
from bot.config.redis_address import parse
from bot.startup import embedded_redis
from bot.startup.embedded_redis import embedded_store, server_binary
from bot.startup.redis_client import open_redis
from bot.store.availability.outage import Reason, reason_of
from bot.store.keys import Keys

pytestmark = pytest.mark.redis

ROOT = Path(__file__).parents[3]

PARENT = """
import asyncio, sys
from pathlib import Path
from bot.startup.embedded_redis import embedded_store, server_binary

async def main():
    async with embedded_store(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@contextlib.asynccontextmanager
async def client(url: str) -> AsyncIterator[Redis]:
    """Yield a client of the store at `url`."""
    redis = Redis.from_url(url, decode_responses=True)
    try:
        yield redis
    finally:
        await redis.aclose()


async def server_pid(url: str) -> int:
    """Ask the server for its process id."""
    async with client(url) as redis:
        return int((await redis.info("server"))["process_id"])


def children() -> set[int]:
    """Return the ids of the processes that this one has started and that run."""
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def runs(pid: int) -> bool:
    """Tell whether a process runs, of which more is left than the remains that wait for their parent."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


async def gone(pid: int) -> None:
    """Return when the process has ended."""
    while runs(pid):  # noqa: ASYNC110 - another process's end gives no event
        await asyncio.sleep(0.01)


async def another_than(pid: int, url: str) -> int:
    """Return the id of the server that took the place of `pid`."""
    while True:
        with contextlib.suppress(RedisError, OSError):
            if (now := await server_pid(url)) != pid:
                return now
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def other_process(data_dir: Path) -> AsyncIterator[tuple[Process, str]]:
    """Run another process with the store over the same folder."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, str(data_dir), cwd=ROOT, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        yield process, (await process.stdout.readline()).decode().strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def test_data_outlive_a_clean_stop_in_a_folder_with_a_space(tmp_path: Path) -> None:
    """What was written is there after a stop and a start, also when the folder's name has a space."""
    folder = tmp_path / "a folder"
    async with embedded_store(folder) as url, client(url) as redis:
        await redis.set("question", "kept", ex=60)
    async with embedded_store(folder) as url, client(url) as redis:
        assert await redis.get("question") == "kept"


async def test_a_clean_stop_leaves_no_server(tmp_path: Path) -> None:
    """The server ends with the context that started it."""
    async with embedded_store(tmp_path) as url:
        pid = await server_pid(url)
    assert not runs(pid)


async def test_a_killed_server_comes_back_with_its_data(tmp_path: Path) -> None:
    """A kill -9 of the server loses nothing that was written and the bot goes on with a new one."""
    async with embedded_store(tmp_path) as url:
        async with client(url) as redis:
            for number in range(200):
                await redis.set(f"question:{number}", number, ex=60)
        pid = await server_pid(url)
        os.kill(pid, signal.SIGKILL)
        await another_than(pid, url)
        async with client(url) as redis:
            assert await redis.dbsize() == 200


async def test_no_server_outlives_a_killed_bot(tmp_path: Path) -> None:
    """A kill -9 of the bot ends its server too, and the next bot starts over the same data."""
    async with other_process(tmp_path) as (process, url):
        pid = await server_pid(url)
        async with client(url) as redis:
            await redis.set("question", "kept", ex=60)
        process.kill()
        await gone(pid)
    async with embedded_store(tmp_path) as url, client(url) as redis:
        assert await redis.get("question") == "kept"


async def test_two_processes_share_one_server_and_the_second_inherits_it(tmp_path: Path) -> None:
    """The second process uses the first one's server, and starts its own when the first is killed."""
    async with other_process(tmp_path) as (first, _), embedded_store(tmp_path) as url:
        pid = await server_pid(url)
        async with client(url) as redis:
            await redis.set("question", "kept", ex=60)
        first.kill()
        await another_than(pid, url)
        async with client(url) as redis:
            assert await redis.get("question") == "kept"


async def test_a_start_goes_on_while_the_server_of_a_killed_process_ends(tmp_path: Path) -> None:
    """It answered a moment ago, and ends with its process: a server of one's own takes its place."""
    async with other_process(tmp_path) as (process, url), embedded_store(tmp_path) as same:
        pid = await server_pid(url)
        process.kill()
        await gone(pid)
        async with open_redis(parse(same), Keys("test"), verify_tls=True, own=True):
            assert await server_pid(same) != pid


async def test_the_second_process_leaves_the_first_ones_server_alone(tmp_path: Path) -> None:
    """Leaving a store that somebody else started does not stop it."""
    async with other_process(tmp_path) as (_, url):
        async with embedded_store(tmp_path) as same:
            assert same == url
        assert await server_pid(url)


async def test_a_ctrl_c_for_the_bot_does_not_end_its_store(tmp_path: Path) -> None:
    """The server is outside of the bot's process group, so the bot can still save on Ctrl-C."""
    async with embedded_store(tmp_path) as url:
        assert os.getpgid(await server_pid(url)) != os.getpgrp()


async def test_a_long_path_still_gets_a_short_socket(tmp_path: Path) -> None:
    """A folder whose path is too long for a socket works, with the socket in a folder of ours alone."""
    async with embedded_store(tmp_path / ("long" * 30)) as url:
        socket = Path(url.removeprefix("unix://"))
        assert len(str(socket)) < 104
        assert socket.parent.stat().st_mode & 0o077 == 0
        assert await server_pid(url)


async def test_a_start_at_one_moment_starts_one_server(tmp_path: Path) -> None:
    """Of several that find no server only one starts it: two over the same files would ruin them."""
    before = children()
    async with contextlib.AsyncExitStack() as stack:
        stores = [stack.enter_async_context(embedded_store(tmp_path)) for _ in range(5)]
        (url,) = set(await asyncio.gather(*stores))
        assert children() - before == {await server_pid(url)}


async def test_secrets_do_not_reach_the_servers_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server does not inherit the bot's environment, where the tokens are."""
    spy = tmp_path / "server"
    spy.write_text(f'#!/bin/sh\nenv > "{tmp_path}/seen"\nexec "{server_binary()}" "$@"\n')
    spy.chmod(0o700)
    monkeypatch.setattr(embedded_redis, "server_binary", lambda: str(spy))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-invented")
    async with embedded_store(tmp_path):
        assert "xoxb-invented" not in (tmp_path / "seen").read_text()


@pytest.mark.parametrize("binary", ["/bin/false", "/bin/cat"])
async def test_a_server_that_fails_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, binary: str
) -> None:
    """A server that ends or refuses its options stops the start with a sentence that names the way out."""
    monkeypatch.setattr(embedded_redis, "server_binary", lambda: binary)
    with pytest.raises(StoreError, match="REDIS_URL"):
        async with embedded_store(tmp_path):
            pass


async def test_a_folder_that_cannot_be_used_is_reported(tmp_path: Path) -> None:
    """A folder that cannot be made stops the start with a sentence that names the setting."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="DATA_DIR"):
        async with embedded_store(tmp_path / "file"):
            pass


async def test_a_full_disk_is_told_apart_and_gets_over(tmp_path: Path) -> None:
    """Writes are refused as long as the server cannot save them, and taken again when there is room."""
    async with embedded_store(tmp_path) as url, client(url) as redis:
        await redis.set("question", "kept", ex=60)
        pid = await server_pid(url)
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))  # as on a disk without room
        refused = await until_refused(redis)
        assert reason_of(refused) is Reason.DISK
        assert await redis.get("question") == "kept"
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
        async with asyncio.timeout(10):
            while True:
                with contextlib.suppress(RedisError):
                    await redis.set("question", "again", ex=60)
                    break
                await asyncio.sleep(0.05)


async def until_refused(redis: "Redis") -> RedisError:
    """Write until the server cannot save that."""
    async with asyncio.timeout(10):
        while True:
            try:
                await redis.set("question", "kept", ex=60)
            except RedisError as error:
                return error
            await asyncio.sleep(0.02)
