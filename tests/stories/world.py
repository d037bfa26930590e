"""A small company for stories: a Slack, a Databricks, a Redis, and the bot as a process of its own."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
import uuid
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import Any

from render import words
from sandbox.databricks.genie.timing import Timing
from sandbox.databricks.server import Databricks
from sandbox.slack.server import Slack
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Message
from sandbox.slack.state.settings import Settings
from tests.stories.bot_process import BotProcess, Prepare

ROOT = Path(__file__).parents[2]
SALES, RANDOM = "C0SALES001", "C0RANDOM03"
ADA, BEN, CHLOE = "U0ADA00001", "U0BEN00002", "U0CHLOE003"
GENIE = "<@U0GENIEBOT>"
OWN_CHARTS = {"visualization": "ignored"}
"""A Databricks that draws no charts, so that the bot draws its own."""
STARTING_SECONDS, REFUSING_SECONDS = 60.0, 60.0
"""On a busy machine."""
ANSWER_SECONDS = 40.0
"""How long a story waits for what takes a second or two when the machine is idle."""
PATIENT_SLACK = Settings(retry_delays=(0.2, 0.5, 1.0), ack_timeout=15.0, trigger_life=15.0)
"""A Slack whose 3 seconds for an acknowledgement are longer, so that a busy machine fails no story."""
QUICK = Timing(total=lambda _: 0.4)
"""Genie's answers come after 0.4 s."""


@dataclass(frozen=True)
class Launch:
    """How a platform starts the bot: its command, in which folder, and as which user if not as ours."""

    command: tuple[str, ...] = (sys.executable, "-m", "bot")
    folder: Path = ROOT
    user: int | None = None


PLAINLY = Launch()


class Bot:
    """One replica, as an operator starts it."""

    def __init__(self, environment: dict[str, str], *, warm: bool, prepare: Prepare | None = None) -> None:
        """Run with `environment` and nothing else of ours; `warm` starts the executor before it is needed.

        `prepare` is done in its process before.
        """
        self.environment, self._warm, self._prepare = environment, warm, prepare
        self.log: list[str] = []
        self._started = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None
        self.process: BotProcess | Process

    async def start(self, *, may_die: bool = False) -> "Bot":
        """Start it and wait until it listens to Slack, or is dead if it `may_die` before."""
        process = BotProcess(self.environment, warm=self._warm, prepare=self._prepare)
        await process.stdout()
        return await self._follow(process, await process.stderr(), may_die=may_die)

    async def start_command(self, launch: Launch) -> "Bot":
        """Start it as a program, with nothing imported before."""
        process = await asyncio.create_subprocess_exec(
            *launch.command,
            cwd=launch.folder,
            user=launch.user,
            group=launch.user,
            extra_groups=None if launch.user is None else [],
            env=self.environment,
            stderr=PIPE,
        )
        assert process.stderr
        return await self._follow(process, process.stderr)

    async def _follow(
        self, process: "BotProcess | Process", stderr: asyncio.StreamReader, *, may_die: bool = False
    ) -> "Bot":
        self.process = process
        self._started.clear()
        self._reading = asyncio.create_task(self._read(stderr))
        async with asyncio.timeout(STARTING_SECONDS):
            await self._started.wait()
        assert may_die or any("bot.started" in line for line in self.log), "\n".join(self.log)
        return self

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; return the exit code."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)
        if self._reading:
            await self._reading
        return await self.process.wait()

    async def _read(self, stderr: asyncio.StreamReader) -> None:
        async for line in stderr:
            self.log.append(line.decode())
            if b"bot.started" in line:
                self._started.set()
        self._started.set()


class World:
    """Everything a story needs, with the moves of the people in it."""

    def __init__(self, slack: Slack, databricks: Databricks, environment: dict[str, str]) -> None:
        """Give each replica `environment`."""
        self.slack, self.databricks, self.environment = slack, databricks, environment
        self.bots: list[Bot] = []

    async def start_bot(
        self, *, warm: bool = False, prepare: Prepare | None = None, may_die: bool = False, **environment: str
    ) -> Bot:
        """Start one more replica; `warm` for one whose first chart may not wait for its process."""
        bot = Bot(self.environment | environment, warm=warm, prepare=prepare)
        await bot.start(may_die=may_die)
        self.bots.append(bot)
        return bot

    async def start_command(self, launch: Launch = PLAINLY, /, **environment: str) -> Bot:
        """Start one more replica as `python -m bot`, or as a platform does."""
        bot = await Bot(self.environment | environment, warm=True).start_command(launch)
        self.bots.append(bot)
        return bot

    async def refused_start(self, **environment: str) -> str:
        """Start a replica that cannot run; return all that it says about it."""
        process = BotProcess(self.environment | environment, warm=False)
        stdout, stderr = await process.stdout(), await process.stderr()
        try:
            async with asyncio.timeout(REFUSING_SECONDS):
                printed, logged = await asyncio.gather(stdout.read(), stderr.read())
                code = await process.wait()
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
        assert (code, printed) == (1, b"")
        return logged.decode()

    async def ask(self, text: str, user: str = ADA, channel: str = SALES, thread: str | None = None) -> str:
        """Write something; return its `ts`."""
        return await self.slack.say(user, channel, text, thread)

    async def until(self, condition: Callable[[], object], within: float = ANSWER_SECONDS) -> None:
        """Wait for something that Genie, and not Slack, can see."""
        async with asyncio.timeout(within):
            while not condition():  # noqa: ASYNC110 - Genie's server tells nobody what it got
                await asyncio.sleep(0.005)

    async def asked(self, number: int = 1) -> None:
        """Wait until Genie has got so many questions."""
        await self.until(lambda: len(self.databricks.questions()) >= number)

    def ours(self, thread: str, channel: str = SALES) -> list[Message]:
        """Return the bot's messages in a thread."""
        return [each for each in self.slack.thread(channel, thread)[1:] if each.bot_id]

    async def answer(
        self, thread: str, number: int = 1, channel: str = SALES, within: float = ANSWER_SECONDS
    ) -> Message:
        """Wait for the bot's n-th finished message of a thread."""
        return await self.slack.until(lambda: self._finished(thread, number, channel), within)

    def _finished(self, thread: str, number: int, channel: str) -> Message | None:
        finished = [each for each in self.ours(thread, channel) if not each.files and not waiting(each)]
        return finished[number - 1] if len(finished) >= number else None

    async def chart(self, message: Message, within: float = ANSWER_SECONDS) -> dict[str, Any]:
        """Wait for the picture in an answer."""

        def image() -> dict[str, Any] | None:
            now = self.slack.workspace.message(message.channel, message.ts)
            return next((dict(block) for block in now.blocks if block["type"] == "image"), None)

        return await self.slack.until(image, within)


def waiting(message: Message) -> bool:
    """Whether a message of the bot only says that an answer will come."""
    text = words_of(message)
    return (
        any(
            known in text
            for known in (
                words.progress.WORKING,
                words.progress.BEHIND_PREVIOUS,
                words.changes.BEHIND_OLD_WORDS,
                words.progress.STILL_RUNNING,
                words.spaces.WHICH,
            )
        )
        or re.match(r"Number \d+ in line", text) is not None
    )


def words_of(message: Message) -> str:
    """Return all that a person can read in a message."""
    return "\n".join([*texts(message.blocks)]) or message.text


def texts(part: Any) -> Iterator[str]:
    """Yield the texts in blocks, in their order."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for key, value in part.items():
            if key not in {"text", "value"} or not isinstance(value, str):
                yield from texts(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from texts(each)


def kinds(message: Message) -> list[str]:
    """Return the types of a message's blocks."""
    return [block["type"] for block in message.blocks]


@contextlib.asynccontextmanager
async def company(
    redis_url: str | None,
    *,
    mode: str = "socket",
    timing: Timing = QUICK,
    limits: Limits | None = None,
    data_dir: Path | None = None,
    slack: Settings | None = None,
    databricks: dict[str, Any] | None = None,
    **environment: str,
) -> AsyncIterator[World]:
    """Open the company without a bot; at the end no process of it is left."""
    settings = slack or replace(PATIENT_SLACK, mode=mode, limits=limits or Limits())
    port = free_port()
    request_url = f"http://127.0.0.1:{port}/slack/events"
    async with (
        Slack(settings, request_url=request_url) as chat,
        Databricks(timing=timing, **databricks or {}) as data,
    ):
        env = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ["HOME"],
            "SLACK_API_URL": chat.api_url,
            "SLACK_BOT_TOKEN": chat.bot_token,
            "DATABRICKS_HOST": data.url,
            "DATABRICKS_TOKEN": data.token,
            "GENIE_SPACE": data.space_id,
            "PORT": str(port),
            "REDIS_PREFIX": uuid.uuid4().hex,
            "LOG_FORMAT": "json",
            "WAITING_PER_PERSON": "1000",  # few people stand for many, who ask the same all day
            "WAITING_PER_CHANNEL": "1000",
            "REUSE_MINUTES": "0",
        }
        env |= (
            {"SLACK_APP_TOKEN": chat.app_token}
            if mode == "socket"
            else {"SLACK_SIGNING_SECRET": settings.signing_secret}
        )
        env |= {"REDIS_URL": redis_url} if redis_url else {"DATA_DIR": str(data_dir)}
        world = World(chat, data, env | environment)
        try:
            yield world
        finally:
            for bot in world.bots:
                await bot.end(signal.SIGKILL)


def _own_ports() -> Iterator[int]:
    """Yield in turn the ports of this process of tests, which holds the first one: others take none of them.

    They are below those of outgoing connections, as a bot may start again on its own.
    """
    for first in range(10_000, 32_000, 500):
        with socket.socket() as held, contextlib.suppress(OSError):
            held.bind(("127.0.0.1", first))
            yield from cycle(range(first + 1, first + 500))


_PORTS = _own_ports()


def free_port() -> int:
    for port in _PORTS:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError
