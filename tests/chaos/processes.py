"""The bot's processes: killed and started again; what a dead one leaves is followed until another has it."""

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

import bot.slack.messages
from bot.store.keys import Keys
from bot.store.limiter import Rate
from tests.chaos.plan import EDITS_EACH_MINUTE
from tests.stories.world import Bot, World

LOOK_SECONDS = 0.1


def lift_the_limit_of_edits() -> None:
    """Prepare a process."""
    vars(bot.slack.messages).update(EDITS=Rate(EDITS_EACH_MINUTE, 60.0))


@dataclass
class Processes:
    """Keeps a number of processes running."""

    world: World
    redis: "Redis"
    kills: int = 0
    takeovers: list[float] = field(default_factory=list)
    """Seconds after a kill until another process had a question of the dead one, or it had ended."""
    running: dict[int, Bot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with none."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._over = False

    async def start(self, number: int) -> None:
        """Start so many, and from now on another for each that ends."""
        await asyncio.gather(*(self._start(place) for place in range(number)))
        for place in range(number):
            self._spawn(self._keep(place))

    async def kill(self, place: int) -> None:
        """Kill one as a machine that fails does."""
        victim = self.running[place]
        held = await self._held_by(victim.process.pid)
        with contextlib.suppress(ProcessLookupError):
            victim.process.send_signal(signal.SIGKILL)
        self.kills += 1
        for key, owner in held.items():
            self._spawn(self._taken_over(key, owner))

    async def end(self) -> None:
        """Kill all, and start no other."""
        self._over = True
        while any(not task.done() for task in self._tasks):
            for each in self.world.bots:
                await each.end(signal.SIGKILL)
            await asyncio.wait(self._tasks, timeout=0.1)

    def memory(self) -> int:
        """Return the largest memory of a process, in megabytes."""
        return max(_megabytes(each.process.pid) for each in self.running.values())

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self._tasks.add(asyncio.create_task(work))

    async def _keep(self, place: int) -> None:
        while True:
            await self.running[place].process.wait()
            if self._over:
                return
            await self._start(place)

    async def _start(self, place: int) -> None:
        """Start a process as a supervisor does: again, if it ends before it works."""
        while not self._over:
            with contextlib.suppress(AssertionError):
                self.running[place] = await self.world.start_bot(prepare=lift_the_limit_of_edits, PORT="0")
                return

    async def _held_by(self, pid: int) -> dict[str, str]:
        """Return the records that a process has leased, with the name of the lease."""
        keys, mine = Keys(self.world.environment["REDIS_PREFIX"]), f"{socket.gethostname()}:{pid}:"
        held: dict[str, str] = {}
        with contextlib.suppress(RedisError):
            for each in await self.redis.zrange(keys.due, 0, -1):
                owner = await self.redis.hget(keys.question(str(each)), "owner")
                if owner and str(owner).startswith(mine):
                    held[keys.question(str(each))] = str(owner)
        return held

    async def _taken_over(self, key: str, owner: str) -> None:
        """Measure a takeover; while Redis itself is away nobody can take anything over."""
        waited, before = 0.0, time.monotonic()
        while not self._over:
            await asyncio.sleep(LOOK_SECONDS)
            now = time.monotonic()
            with contextlib.suppress(RedisError):
                taken = await self.redis.hget(key, "owner") != owner
                waited += now - before
                if taken:
                    self.takeovers.append(waited)
                    return
            before = time.monotonic()


def _megabytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0  # it ended meanwhile
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024
