"""A company whose processes die where they shall, each followed by another."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from bot.records.watch import kind_of
from bot.store.keys import Keys
from render.blockkit.buttons import OVERFLOW_MENU
from sandbox.databricks import THREE_SPACES
from sandbox.environment import three_spaces
from sandbox.slack.errors import SlackError
from sandbox.slack.state.rate_limits import Limits
from sandbox.slack.state.records import Message, View
from tests.crash.end_state import EndState, end_state, unfinished
from tests.crash.entry import Orders, Point
from tests.crash.sign_ins import follow_links
from tests.stories.bot_process import FORKSERVER
from tests.stories.identity.people import let_people_sign_in
from tests.stories.watches.watching import Watching
from tests.stories.world import ADA, BEN, GENIE, QUICK, SALES, World, company

QUESTION, FOLLOW_UP = f"{GENIE} revenue by region last year", "units by region last year"
SETTLING_SECONDS = 60.0
"""At most, on a busy machine, until everything has come to rest."""
LAST_DEATH_SECONDS = 1.0
NOT_TAKEN = frozenset({"operation_timeout", "dispatch_failed"})
"""What Slack tells a person whose click or command was not acknowledged."""
GONE = frozenset({"no_such_action", "message_not_found"})
"""What becomes of a button that was pressed before and is no longer there."""


class Stage:
    """A company, the processes in it one after the other, and the moves of its people."""

    def __init__(self, world: World, redis: "Redis", log: Path, points: tuple[Point, ...]) -> None:
        """Let the n-th process die at the n-th point; the one after them lives."""
        self.world, self._redis, self._log = world, redis, log
        self._left, self._deaths_wanted = list(points), len(points)
        self._over = False
        self._begun = FORKSERVER.Event()
        self.deaths = 0

    @property
    def watching(self) -> Watching:
        """Return the watches of this company."""
        return Watching(self.world, self._redis)

    async def start_bot(self) -> None:
        """Start the next process; it may die at its point before it says that it has started."""
        dies_at = self._left.pop(0) if self._left else None
        await self.world.until(self._port_is_free)  # the executor of a dead process holds it for a moment
        orders = Orders(self._log, self._begun, dies_at)
        await self.world.start_bot(prepare=orders, may_die=dies_at is not None)

    def _port_is_free(self) -> bool:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(self.world.environment["PORT"])))
            except OSError:
                return False
        return True

    def begin(self) -> None:
        """From now on calls are recorded, and processes die."""
        self._begun.set()

    async def replace_the_dead(self) -> None:
        """Start a process for each that died, until the end."""
        while True:
            await self.world.bots[-1].process.wait()
            if self._over:
                return
            self.deaths += 1
            await self.start_bot()

    async def end(self, replacing: "asyncio.Task[None]") -> None:
        """Kill the last process, also one that is just being started."""
        self._over = True
        while not replacing.done():
            await self.world.bots[-1].end(signal.SIGKILL)
            await asyncio.wait({replacing}, timeout=0.05)

    async def settled(self) -> list[str]:
        """Wait until nothing is left to do; return what is left all the same."""
        end = time.monotonic() + SETTLING_SECONDS
        while (left := await unfinished(self.world, self._redis)) and time.monotonic() < end:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.1)
        return left

    async def end_state(self) -> EndState:
        """Return what everybody has now."""
        return await end_state(self.world, self._redis)

    async def last_death(self) -> None:
        """Give a process a moment that is to die just as everything is done."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_DEATH_SECONDS):
                while self.deaths < self._deaths_wanted:
                    await self.world.bots[-1].process.wait()
                    await asyncio.sleep(0.01)  # the next one is starting

    async def insist(self, move: Callable[[], Awaitable[None]], *, always: bool = True) -> None:
        """Do once more what Slack says has failed, `always` or only when nothing came of it."""
        before = await self._records()
        while True:
            try:
                await move()
            except SlackError as refused:
                if refused.error in GONE:
                    return
                if refused.error not in NOT_TAKEN:
                    raise
                if not always and await self._records() > before:
                    return
            else:
                return

    async def _records(self) -> int:
        pattern = f"*{self.world.environment['REDIS_PREFIX']}*:question:*"
        return len([key async for key in self._redis.scan_iter(match=pattern)])

    async def answered(self, question: str, number: int = 1, **place: str) -> Message:
        """Ask and wait until everything about the answer is in Slack."""
        thread = await self.world.ask(question, **place)
        answer = await self.world.answer(place.get("thread", thread), number)
        assert await self.settled() == []
        return self.world.slack.workspace.message(SALES, answer.ts)

    async def command(self, text: str) -> None:
        """Use the slash command."""
        await self.insist(lambda: self.world.slack.command(ADA, SALES, "/genie", text), always=False)

    async def press(self, message: Message, action: str, user: str = ADA, **fields: Any) -> None:
        """Press a button, or choose from a menu, whose action id begins with `action`."""
        [name] = [
            each["action_id"]
            for block in message.blocks
            for each in [*block.get("elements", ()), block.get("accessory") or {}]
            if str(each.get("action_id")).startswith(action)
        ][:1]
        click = self.world.slack.click
        await self.insist(lambda: click(user, message.channel, message.ts, name, **fields))

    async def choose(self, message: Message, choice: str, menu: str = OVERFLOW_MENU) -> None:
        """Choose the option of a menu whose value begins with `choice`."""
        elements = [each for block in message.blocks for each in block.get("elements", ())]
        [(name, value)] = [
            (each["action_id"], option["value"])
            for each in elements
            if str(each.get("action_id")).startswith(menu)
            for option in each["options"]
            if option["value"].startswith(choice)
        ]
        await self.press(message, name, selected_option=value)

    async def recur(self, name: str) -> None:
        """Let work that recurs be due, and wait until it was begun."""
        keys, now = Keys(self.world.environment["REDIS_PREFIX"]), round(time.time() * 1000)
        due_key = keys.watches_due(kind_of(name))
        await self._redis.zadd(due_key, {name: now})
        while await self._redis.zscore(due_key, name) == now:  # noqa: ASYNC110 - Redis tells nobody
            await asyncio.sleep(0.1)

    async def modal(self) -> View:
        """Wait for the modal on the person's screen."""
        views = self.world.slack.workspace.views
        return await self.world.slack.until(lambda: next(iter(views.values()), None))

    async def submit(self, view: View, values: dict[str, Any]) -> None:
        """Submit a modal."""

        async def move() -> None:
            await self.world.slack.submit_view(ADA, view.id, values)

        await self.insist(move)


@asynccontextmanager
async def open_stage(
    redis_url: str, log: Path, points: tuple[Point, ...], settings: dict[str, Any]
) -> AsyncIterator[Stage]:
    """Open a company with its first process.

    Its people sign in if `settings` have `as_themselves`; it asks three Genie spaces if they have `spaces`.
    """
    options: dict[str, Any] = {"timing": QUICK, "limits": Limits.none(), "PORT": "0"} | settings
    spaces = options.pop("spaces", False)
    if spaces:
        options["databricks"] = {"spaces": THREE_SPACES}
    as_themselves = options.pop("as_themselves", False)
    if as_themselves:
        del options["PORT"]  # a browser has to find it
    async with (
        Redis.from_url(redis_url, decode_responses=True, socket_timeout=SETTLING_SECONDS) as redis,
        company(redis_url, **options) as world,
    ):
        if as_themselves:
            let_people_sign_in(world)
        if spaces:
            world.environment |= three_spaces(world.databricks)
        stage = Stage(world, redis, log, points)
        await stage.start_bot()
        signing_in = [asyncio.create_task(follow_links(world, user)) for user in (ADA, BEN) if as_themselves]
        try:
            yield stage
        finally:
            for each in signing_in:
                each.cancel()
            await asyncio.gather(*signing_in, return_exceptions=True)
