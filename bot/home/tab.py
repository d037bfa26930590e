"""Publishes a person's Home tab when it is opened, and again while it is open and something changes.

Nothing is asked of Slack or Genie before, but who a person is whom the bot has not met within a day. One
process at a time publishes for a person, at most once a second, so that no older view overtakes a newer one.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
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
"""After Slack has not said who a person is, before it is asked again."""
MOST = 500
"""People for whom one process publishes at a time; others see what is new when they open the tab again."""


@dataclass(kw_only=True)
class HomeTab:
    """Shows each person their own."""

    slack: AsyncWebClient
    turns: HomeTurns
    contents: HomeContents
    users: Users
    guard: AskerGuard
    _wanted: set[SlackUser] = field(default_factory=set, init=False)
    _tasks: dict[SlackUser, asyncio.Task[None]] = field(default_factory=dict, init=False)

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
        """Show a person how things are, from now on; NotStored."""
        await in_time(self.turns.opened(user))
        self.changed(user)

    def changed(self, user: SlackUser) -> None:
        """Show a person that something has changed, if the tab is open."""
        if user in self._tasks:
            self._wanted.add(user)
        elif len(self._tasks) < MOST:
            self._wanted.add(user)
            self._tasks[user] = asyncio.create_task(self._follow(user))

    async def _follow(self, user: SlackUser) -> None:
        """Publish until nothing is new; a failure is logged."""
        known, again = False, True
        try:
            while user in self._wanted:
                self._wanted.discard(user)  # first, so that what changes from here on is not missed
                if not await self.turns.is_open(user):
                    continue
                if wait := await self.turns.take(user):
                    self._wanted.add(user)
                    await asyncio.sleep(wait)
                else:
                    known = known or await self._remembers(user)
                    shown = await self._take_turn(user, self._publish if known else self._show_loading)
                    if not shown and again:  # once: what was shown last may be that the tab loads
                        again = False
                        self._wanted.add(user)
                    if not known:
                        self._wanted.add(user)
                        known = await self._ask(user)
        except (RedisError, OSError, NotStored) as error:
            log.info("home.not_published", extra={"error": type(error).__name__})
        finally:
            self._wanted.discard(user)
            del self._tasks[user]

    async def _take_turn(self, user: SlackUser, publish: Callable[[SlackUser], Awaitable[None]]) -> bool:
        """Tell whether that was published, or will be when Slack takes more calls."""
        began = time.monotonic()
        try:
            try:
                async with asyncio.timeout(TIMEOUT_SECONDS):
                    await publish(user)
            finally:  # before any pause, after which the turn may be that of another process
                await self.turns.end(user, time.monotonic() - began)
        except SlackBusy as busy:
            self._wanted.add(user)
            await asyncio.sleep(busy.retry_after)
        except (SlackError, TimeoutError) as error:
            log.info("home.not_published", extra={"error": str(error) or type(error).__name__})
            return False
        return True

    async def _remembers(self, user: SlackUser) -> bool:
        met = await self.users.remembered(user.team, [user.id])
        return user.id in met and met[user.id].known

    async def _ask(self, user: SlackUser) -> bool:
        """Ask Slack who a person is, while nobody waits; tell whether it need not be asked again."""
        try:
            await ask_for_person(self.users, user.team, user.id)
        except SlackError as error:
            log.info("home.person_not_known", extra={"error": str(error)})
            await asyncio.sleep(PAUSE_SECONDS)
            return False
        return True

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
