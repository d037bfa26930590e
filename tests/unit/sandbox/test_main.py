"""`python -m sandbox` as a process: it comes up, and ends with all it started."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[3]
Starter = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Starter]:
    """Start the sandbox in an empty folder; kill what is left of it."""
    started: list[Process] = []

    async def begin(*options: str, **environment: str) -> Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "sandbox", *options),
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), **environment},
            cwd=tmp_path,
            stdout=PIPE,
            stderr=STDOUT,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()  # reads to the end, so that the pipe is closed


async def read_until(process: Process, words: str) -> str:
    assert process.stdout is not None
    text = ""
    async with asyncio.timeout(40):
        while words not in text:
            line = (await process.stdout.readline()).decode()
            assert line, f"ended before it said {words!r}:\n{text}"
            text += line
    return text


async def ended(process: Process) -> int:
    async with asyncio.timeout(10):
        return await process.wait()


async def children(process: Process) -> list[int]:
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in (await asyncio.to_thread(path.read_text)).split()]


async def gone(pid: int) -> None:
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(descriptor, over.set)
    async with asyncio.timeout(15):
        await over.wait()
    asyncio.get_running_loop().remove_reader(descriptor)
    os.close(descriptor)


@pytest.mark.parametrize("name", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
async def test_it_comes_up_with_the_bot_and_ends_with_it(start: Starter, name: signal.Signals) -> None:
    """The address and what to type appear once the bot is connected; a signal ends everything at once."""
    process = await start()
    text = await read_until(process, "Ctrl-C")
    found = re.search(r"http://127\.0\.0\.1:\d+", text)
    assert found is not None
    assert "@Genie" in text
    async with aiohttp.ClientSession() as session, session.get(found[0]) as response:
        assert response.status == 200
    bot = (await children(process))[0]
    process.send_signal(name)
    assert await ended(process) == 0
    await gone(bot)


@pytest.mark.slow
async def test_the_bot_does_not_outlive_a_killed_sandbox(start: Starter) -> None:
    """Kill -9 of the sandbox ends the bot too."""
    process = await start()
    await read_until(process, "Ctrl-C")
    bot = (await children(process))[0]
    process.kill()
    await gone(bot)


@pytest.mark.slow
async def test_a_bot_that_dies_ends_the_sandbox_with_a_sentence(start: Starter) -> None:
    """When the bot ends by itself, so does the sandbox, saying so."""
    process = await start()
    await read_until(process, "Ctrl-C")
    os.kill((await children(process))[0], signal.SIGKILL)
    assert "ended by itself" in await read_until(process, "ended by itself")
    assert await ended(process) == 1


async def test_without_the_bot_it_says_what_to_set(start: Starter) -> None:
    """`--no-bot` prints the environment that a bot needs; `AGENT_MODE=off` leaves Genie its chat mode.

    People live in the time zone of the machine, as times on the page are its own.
    """
    process = await start("--no-bot", AGENT_MODE="off", TZ="Asia/Tokyo")
    text = await read_until(process, "LOG_LEVEL")
    for name in ("SLACK_API_URL", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "DATABRICKS_HOST", "GENIE_SPACE"):
        assert f"export {name}=" in text
    assert "export STARTER_QUESTIONS='" in text  # a shell takes it as it is
    assert await children(process) == []
    settings = dict(re.findall(r"export (\w+)=(\S+)", text))
    url = f"{settings['DATABRICKS_HOST']}/api/2.0/genie/agents/{settings['GENIE_SPACE']}/responses"
    headers = {"Authorization": f"Bearer {settings['DATABRICKS_TOKEN']}"}
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers, json={}) as response:
        assert (await response.json())["error_code"] == "FEATURE_DISABLED"
        headers = {"Authorization": f"Bearer {settings['SLACK_BOT_TOKEN']}"}
        about = {"user": settings["ADMINS"]}
        async with session.post(
            f"{settings['SLACK_API_URL']}users.info", headers=headers, data=about
        ) as person:
            assert (await person.json())["user"]["tz"] == "Asia/Tokyo"
    process.terminate()
    assert await ended(process) == 0


async def test_with_several_spaces(start: Starter) -> None:
    """`SPACES=3` has three Genie spaces, which the bot is told by a setting of several lines."""
    process = await start("--no-bot", SPACES="3")
    text = await read_until(process, "LOG_LEVEL")
    assert "supply-chain: stock" in text
    text += await read_until(process, "supply-chain = ")
    assert re.search(r"export GENIE_SPACES='sales = \w+ \| .*\nfinance = \w+ \| .*\nsupply-chain = ", text)
    process.terminate()
    assert await ended(process) == 0


async def test_with_peoples_own_rights(start: Starter) -> None:
    """`IDENTITY=user` asks the bot to let people sign in, and says who sees what."""
    process = await start("--no-bot", IDENTITY="user")
    text = await read_until(process, "TOKEN_ENCRYPTION_KEYS")
    assert "As Ben" in text
    assert "export IDENTITY=user\n" in text
    port = re.search(r"export PORT=(\d+)\n", text)
    assert port is not None
    assert f"export PUBLIC_URL=http://127.0.0.1:{port[1]}\n" in text
    process.terminate()
    assert await ended(process) == 0


async def test_a_port_that_is_taken(start: Starter) -> None:
    """A port that was asked for and is taken is told in one sentence."""
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await start("--no-bot", "--port", str(port))
    assert f"port {port}" in await read_until(process, "could not start")
    assert await ended(process) == 1
    server.close()
    await server.wait_closed()
