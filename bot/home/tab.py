"""Publishes a person's Home tab when it is opened, and again while it is open and something changes.

Nothing is asked of Slack or Genie before, but who a person is whom the bot has not met within a day. One
process at a time publishes for a person, so that no older view overtakes a newer one. All processes share
what Slack allows the workspace; refreshes come once a second at most, and wait for what openings leave.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from redis.exceptions import RedisError
from slack_sdk.web.async_client import AsyncWebClient

from bot.home.content import HomeContents
from bot.identity.model import SlackUser
from bot.replies.asker_guard import AskerGuard, ask_for_person
from bot.slack.api import SlackBusy, SlackError, ask_slack
from bot.slack.users import Users
from bot.store.people import HomeTurns
from bot.store.questions import NotStored, in_time
from render import words
from render.blockkit.blocks import Block
from render.home.view import home_view, sentence_view

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 1.5
"""For one publication; with what is read before, less than a turn lasts."""
PAUSE_SECONDS = 5.0
"""Before Slack is asked again who a person is, or Redis what there is to see."""
MOST = 500
"""Tabs that wait in one process for a refresh, as many as there are refreshes while a tab counts as open.

Others are right when they are opened again.
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """A person's tab is to be published: because it was opened, or because something has changed."""

    user: SlackUser
    opened: bool


@dataclass(kw_only=True)
class HomeTab:
    """Shows each person their own."""

    slack: AsyncWebClient
    turns: HomeTurns
    contents: HomeContents
    users: Users
    guard: AskerGuard
    _wanted: dict[Wish, float] = field(default_factory=dict, init=False)
    """What is to be published, by when it changed last."""
    _tasks: dict[Wish, asyncio.Task[None]] = field(default_factory=dict, init=False)
    _lines: dict[bool, asyncio.Lock] = field(
        default_factory=lambda: {opened: asyncio.Lock() for opened in (True, False)}, init=False
    )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop: the tab is shown anew when it is opened again."""
        ending = [*self._tasks.values()]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def opened(self, user: SlackUser) -> None:
        """Show a person who looks at the tab, or presses a button there, how things are; NotStored."""
        await in_time(self.turns.opened(user))
        self._want(Wish(user, opened=True))

    def changed(self, user: SlackUser) -> None:
        """Show a person that something has changed, if the tab is open and when no opened tab waits."""
        self._want(Wish(user, opened=False))

    def _want(self, wish: Wish) -> None:
        if wish not in self._tasks:
            if not wish.opened and len(self._tasks) >= MOST:
                return
            self._tasks[wish] = asyncio.create_task(self._follow(wish))
        self._wanted[wish] = time.monotonic()

    async def _follow(self, wish: Wish) -> None:
        """Publish until nothing is new, or nobody looks any more."""
        known, again = False, True
        try:
            while wish in self._wanted:
                try:
                    if not await self._take_turn(wish):
                        continue
                    known = known or await self._remembers(wish.user)
                    shown = await self._use_turn(wish, self._publish if known else self._show_loading)
                    if not shown and again:  # once: what was shown last may be that the tab loads
                        again = False
                        self._want(wish)
                    if not known:
                        known = await self._ask_while_open(wish.user)
                        self._want(wish)
                except (RedisError, OSError, NotStored) as error:
                    log.info("home.not_published", extra={"error": type(error).__name__})
                    self._want(wish)
                    await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._wanted.pop(wish, None)
            del self._tasks[wish]

    async def _take_turn(self, wish: Wish) -> bool:
        """Wait for the turn and for a token; False if nobody looks, or it is published meanwhile."""
        async with AsyncExitStack() as stack:
            waits_in_line = False
            while True:
                changed_at = self._wanted.pop(wish)  # first, so that what changes from here on is not missed
                turn = await self.turns.take(wish.user, opened=wish.opened, changed_at=changed_at)
                if not turn.wait:
                    return turn.taken
                self._wanted.setdefault(wish, changed_at)
                if turn.token_wait and not waits_in_line:
                    await stack.enter_async_context(self._lines[wish.opened])
                    waits_in_line = True
                else:
                    await asyncio.sleep(turn.wait)

    async def _use_turn(self, wish: Wish, publish: Callable[[SlackUser], Awaitable[None]]) -> bool:
        """Tell whether that was published, or will be when Slack takes more calls."""
        try:
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    await publish(wish.user)
            finally:
                with suppress(RedisError):  # it ends by itself; this may be the end of the process
                    await self.turns.end(wish.user)
        except SlackBusy as busy:
            self._want(wish)
            await self.turns.pause(busy.retry_after)
        except (SlackError, TimeoutError) as error:
            log.info("home.not_published", extra={"error": str(error) or type(error).__name__})
            return False
        return True

    async def _remembers(self, user: SlackUser) -> bool:
        met = await self.users.remembered(user.team, [user.id])
        return user.id in met and met[user.id].known

    async def _ask_while_open(self, user: SlackUser) -> bool:
        """Ask Slack who a person is, while nobody waits; tell whether it need not be asked again."""
        while await self.turns.is_open(user):
            try:
                await ask_for_person(self.users, user.team, user.id)
            except SlackError as error:
                log.info("home.person_not_known", extra={"error": str(error)})
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return True
        return False

    async def _show_loading(self, user: SlackUser) -> None:
        """Show nothing of the spaces while Slack has not said who this is: it may be a guest."""
        await self._show(user, sentence_view(words.home.LOADING))

    async def _publish(self, user: SlackUser) -> None:
        if rejection := await self.guard.rejection(user.team, user.id, "", external=False):
            await self._show(user, sentence_view(rejection.sentence))
        else:
            await self._show(user, home_view(await self.contents.of(user)))

    async def _show(self, user: SlackUser, view: Block) -> None:
        await ask_slack(self.slack.views_publish(user_id=user.id, view=view))
